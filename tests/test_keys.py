"""Answer keys of the understanding: their format, that they stand in the documents, and how they judge."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.counts import Found, Share
from eval.judge import judge
from eval.judge_duties import atoms
from eval.key_format import Key, KeyFileError, is_for_tuning, load, parse, places
from eval.keys import by_file, file_defects, main
from eval.text import squeeze
from indexer.types import Deadline, Document, Duty, Form, Reference, Relation, Section, Signer, Span, Target, Trigger

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
DEV, TEST = ROOT / "eval" / "gold" / "understanding_dev.jsonl", ROOT / "eval" / "gold" / "understanding_test.jsonl"
TEXT = (
    "Căn cứ Chỉ thị số 27-CT/TU, ngày 22/11/2024.\n\n1. Chỉ tiêu\n\nPhấn đấu ít nhất 90% đơn vị đạt.\n\n"
    "2. Báo cáo\n\nCác huyện ủy, thành ủy báo cáo Tỉnh ủy (qua Văn phòng) trước ngày\n15/11/2024.\n\nSở Y tế họp."
)


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


DUTY = Duty(
    ("Các huyện ủy", "thành ủy"),
    "báo cáo",
    None,
    ("Tỉnh ủy",),
    "Văn phòng",
    Deadline("trước ngày 15/11/2024", Trigger.FIXED, (date(2024, 11, 15),)),
    (span("Các huyện ủy"),),
    0.9,
)
DOCUMENT = Document(
    id="d",
    file="a.txt",
    sha256="0",
    text=TEXT,
    form=Form(number="1-KH/TU", kind="kế hoạch", signer=Signer("An Mẫu", "T/M", "Bí thư", Span(0, 1))),
    sections=(
        Section("1", "Chỉ tiêu", 1, Span(span("1. Chỉ tiêu").start, span("2. Báo cáo").start - 2)),
        Section("2", "Báo cáo", 1, Span(span("2. Báo cáo").start, len(TEXT))),
    ),
    references=(Reference("27-CT/TU", Relation.BASED_ON, span("27-CT/TU"), date(2024, 11, 22)),),
    duties=(DUTY,),
    targets=(Target("đơn vị đạt", "90", "%", "at least", None, span("90%")),),
)
FULL: dict[str, Any] = {
    "file": "a.txt",
    "position": 0,
    "fields": {"number": "1-KH/TU", "kind": "kế hoạch", "signer": ["An Mẫu", "T/M | TM.", "Bí thư"]},
    "sections": [["1", "1. Chỉ tiêu"], ["2", "2. Báo cáo"]],
    "references": [{"number": "27-CT/TU", "relation": "căn cứ", "issued_on": "2024-11-22"}],
    "duties": [
        {
            "quotes": ["Các huyện ủy … trước ngày 15/11/2024"],
            "bearers": ["Các huyện ủy, thành ủy"],
            "recipients": ["Ban Thường vụ | Tỉnh ủy"],
            "via": "Văn phòng",
            "deadline": "trước ngày 15/11/2024",
            "dates": ["2024-11-15"],
            "trigger": "fixed",
        }
    ],
    "targets": [{"quote": "ít nhất 90%", "subject": "đơn vị", "figure": "90", "unit": "%", "comparison": "at least"}],
}


def key(**changed: object) -> Key:
    return parse(json.dumps(FULL | changed))


def test_what_is_understood_as_the_key_has_it_gives_no_miss() -> None:
    judged = judge(key(), DOCUMENT, None)
    assert judged.misses == ()
    assert all(share.right == share.all for name, share in judged.shares.items() if name != "duty.no_duty")
    assert judged.founds["sections"] == Found(2, 2, 2)
    assert judged.founds["duty.bearers"] == Found(2, 2, 2)
    assert judged.founds["duty.deadline"] == Found(1, 1, 1)
    assert judged.shares["duty.dates"] == Share(1, 1)
    assert judged.shares["duty.no_duty"] == Share(0, 1)


def test_a_document_that_was_not_split_off_is_all_wrong() -> None:
    judged = judge(key(), None, None)
    assert judged.shares["number"] == Share(0, 1)
    assert judged.shares["secrecy"] == Share(0, 1)
    assert judged.founds["sections"] == Found(0, 2, 0)
    assert judged.founds["duty.bearers"] == Found(0, 2, 0)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("bearers", replace(DUTY, bearers=("Văn phòng",))),
        ("recipients", replace(DUTY, recipients=())),
        ("via", replace(DUTY, via="Ban Tổ chức")),
        ("deadline", replace(DUTY, deadline=Deadline("trước ngày 16/11/2024", Trigger.FIXED))),
    ],
)
def test_a_wrong_slot_of_a_duty_is_a_miss_of_that_slot(name: str, wrong: Duty) -> None:
    judged = judge(key(), replace(DOCUMENT, duties=(wrong,)), None)
    slot = judged.founds[f"duty.{name}"]
    assert slot.right < slot.key
    assert judged.founds["duties"] == Found(1, 1, 1)
    assert any(f" {name}: " in miss for miss in judged.misses)


def test_a_wrong_day_is_wrong_though_the_words_of_the_deadline_are_right() -> None:
    late = replace(DUTY, deadline=Deadline("trước ngày 15/11/2024", Trigger.FIXED, (date(2025, 11, 15),)))
    judged = judge(key(), replace(DOCUMENT, duties=(late,)), None)
    assert judged.shares["duty.dates"] == Share(0, 1)
    assert judged.founds["duty.deadline"] == Found(1, 1, 1)


def test_of_a_recurring_deadline_the_rule_must_be_equal_and_the_keys_days_among_those_found() -> None:
    rule = "RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15"
    days = (date(2024, 11, 15), date(2025, 11, 15))
    yearly = replace(DUTY, deadline=Deadline("trước ngày 15/11/2024", Trigger.YEARLY, days, rule))
    duty = FULL["duties"][0] | {"recurrence": "RRULE:FREQ=YEARLY;BYMONTHDAY=15;BYMONTH=11"}
    document = replace(DOCUMENT, duties=(yearly,))
    assert judge(key(duties=[duty]), document, None).shares["duty.dates"] == Share(1, 1)
    other = duty | {"recurrence": "RRULE:FREQ=MONTHLY;BYMONTHDAY=15"}
    assert judge(key(duties=[other]), document, None).shares["duty.dates"] == Share(0, 1)


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=30", "RRULE:FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=-1", True),
        ("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=29", "RRULE:FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=-1", False),
        ("FREQ=MONTHLY", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1", False),
        ("FREQ=MONTHLY;BYDAY=1SA", "RRULE:FREQ=MONTHLY;BYDAY=SA;BYSETPOS=1", True),
        ("FREQ=MONTHLY;BYDAY=1SA", "RRULE:FREQ=MONTHLY;BYDAY=SA", False),
        ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20250124", "RRULE:FREQ=WEEKLY;BYDAY=FR;UNTIL=20250124T235959Z", True),
        ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20250124", "RRULE:FREQ=WEEKLY;BYDAY=FR", False),
    ],
)
def test_one_recurrence_may_be_written_in_several_ways(wanted: str, found: str, same: bool) -> None:
    row = replace(DUTY, deadline=Deadline("trước ngày 15/11/2024", Trigger.PERIODIC, (), found))
    duty = FULL["duties"][0] | {"recurrence": wanted, "dates": None}
    judged = judge(key(duties=[duty]), replace(DOCUMENT, duties=(row,)), None)
    assert judged.shares["duty.dates"] == Share(int(same), 1)


def test_a_row_that_overlaps_no_duty_is_no_duty_unless_its_place_is_tolerated() -> None:
    idle = replace(DUTY, bearers=("Sở Y tế",), spans=(span("Sở Y tế họp"),))
    document = replace(DOCUMENT, duties=(DUTY, idle))
    judged = judge(key(), document, None)
    assert judged.shares["duty.no_duty"] == Share(1, 2)
    assert judged.founds["duty.bearers"] == Found(2, 2, 3)
    tolerant = judge(key(tolerated={"duties": ["Sở Y tế họp"]}), document, None)
    assert tolerant.shares["duty.no_duty"] == Share(0, 2)
    assert tolerant.founds["duty.bearers"] == Found(2, 2, 2)


def test_a_duty_said_twice_is_merged_when_its_row_holds_both_places() -> None:
    twice = [FULL["duties"][0] | {"quotes": ["Các huyện ủy … Tỉnh ủy", "Sở Y tế họp"]}]
    assert judge(key(duties=twice), DOCUMENT, None).shares["duty.merged"] == Share(0, 1)
    both = replace(DUTY, spans=(span("Các huyện ủy"), span("Sở Y tế")))
    assert judge(key(duties=twice), replace(DOCUMENT, duties=(both,)), None).shares["duty.merged"] == Share(1, 1)


def test_two_duties_of_one_sentence_are_told_apart_by_their_deadlines() -> None:
    early = replace(DUTY, deadline=Deadline("trước ngày 01/7", Trigger.YEARLY), spans=DUTY.spans)
    wanted = [FULL["duties"][0], FULL["duties"][0] | {"deadline": "trước ngày 01/7", "dates": None}]
    judged = judge(key(duties=wanted), replace(DOCUMENT, duties=(early, DUTY)), None)
    assert judged.founds["duty.deadline"] == Found(2, 2, 2)


def test_sections_must_start_where_the_key_says_and_bear_its_label() -> None:
    first, second = DOCUMENT.sections
    moved = replace(first, span=Span(first.span.start + 3, first.span.end))
    named = replace(second, label="3")
    assert judge(key(), replace(DOCUMENT, sections=(moved, second)), None).founds["sections"] == Found(1, 2, 2)
    assert judge(key(), replace(DOCUMENT, sections=(first, named)), None).founds["sections"] == Found(1, 2, 2)


def test_a_section_without_a_label_is_wrong_only_where_the_key_has_no_labels() -> None:
    plain = replace(DOCUMENT.sections[0], label="")
    document = replace(DOCUMENT, sections=(*DOCUMENT.sections, plain))
    assert judge(key(), document, None).founds["sections"] == Found(2, 2, 2)
    assert judge(key(sections=[["", "2. Báo cáo"]]), document, None).founds["sections"] == Found(0, 1, 3)


def test_a_reference_with_another_relation_is_found_but_not_right() -> None:
    other = replace(DOCUMENT.references[0], relation=Relation.REPLACES, issued_on=None)
    judged = judge(key(), replace(DOCUMENT, references=(other,)), None)
    assert judged.founds["references"] == Found(0, 1, 1)
    assert judged.shares["reference.issued_on"] == Share(0, 1)


def test_a_target_with_another_figure_is_missed_and_found_too_much() -> None:
    wrong = replace(DOCUMENT.targets[0], figure="9")
    assert judge(key(), replace(DOCUMENT, targets=(wrong,)), None).founds["targets"] == Found(0, 1, 1)
    most = replace(DOCUMENT.targets[0], comparison="at most")
    judged = judge(key(), replace(DOCUMENT, targets=(most,)), None)
    assert judged.shares["target.comparison"] == Share(0, 1)


def test_names_are_compared_one_by_one_however_they_are_grouped() -> None:
    assert atoms(["Các huyện ủy, thành ủy", "đảng đoàn"]) == atoms(["huyện uỷ", "thành uỷ và đảng đoàn"])
    assert atoms(["Ban Tổ chức"]) != atoms(["Ban Tổ chức Tỉnh ủy"])


def test_a_quote_with_a_gap_reaches_to_the_next_place_of_its_end() -> None:
    text = "một hai ba hai"
    assert [one.of(text) for one in places("một … hai", squeeze(text))] == ["một hai"]
    assert places("ba … một", squeeze(text)) == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"fields": {"nummer": "1"}}, "unknown field nummer"),
        ({"extra": 1}, "unknown part extra"),
        ({"position": "0"}, "position must be a int"),
        ({"duties": [{"quotes": [], "bearers": ["A"]}]}, "a duty needs quotes and bearers"),
        ({"duties": [{"quotes": ["x"], "bearers": ["A"], "trigger": "soon"}]}, "unknown trigger soon"),
        ({"references": [{"number": "1", "relation": "theo"}]}, "unknown relation theo"),
        ({"targets": [FULL["targets"][0] | {"comparison": "over"}]}, "unknown comparison over"),
    ],
)
def test_a_wrong_key_says_what_is_wrong(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        key(**changed)


def test_every_bad_line_is_named_and_a_document_keyed_twice(tmp_path: Path) -> None:
    path = tmp_path / "k.jsonl"
    path.write_text(f"{json.dumps(FULL)}\n\n{{}}\nx\n{json.dumps(FULL)}\n", encoding="utf-8")
    with pytest.raises(KeyFileError) as raised:
        load([path])
    assert [line.split(":")[1] for line in str(raised.value).splitlines()[:2]] == ["3", "4"]
    assert "a.txt#0 has 2 keys" in str(raised.value)


def test_quotes_that_stand_nowhere_or_twice_are_defects(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    wrong = FULL["targets"][0]
    lines = json.dumps(
        FULL | {"targets": [wrong | {"quote": "91%"}, wrong | {"quote": "huyện"}, wrong | {"quote": "ủy"}]}
    )
    (tmp_path / "k.jsonl").write_text(lines, encoding="utf-8")
    assert main([str(tmp_path / "k.jsonl"), "--corpus", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert '"91%" stands 0 times' in printed.err
    assert '"ủy" stands 3 times' in printed.err
    assert '"huyện"' not in printed.err


def test_the_command_prints_figures_as_table_and_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "k.jsonl").write_text(json.dumps(FULL), encoding="utf-8")
    command = [str(tmp_path / "k.jsonl"), "--corpus", str(tmp_path)]
    assert main(command) == 0
    assert "duty.bearers" in capsys.readouterr().out
    assert main([*command, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["documents"] == 1
    assert report["found"]["references"] == {"right": 1, "key": 1, "found": 1, "f1": 1.0}
    assert main([*command, "--misses"]) == 0
    assert "a.txt#0 signer.name" in capsys.readouterr().out
    assert main([command[0], "--corpus", str(tmp_path / "none")]) == 1
    assert "not there" in capsys.readouterr().err


@pytest.mark.parametrize("path", [DEV, TEST], ids=lambda path: path.stem)
def test_own_keys_stand_in_their_documents_and_on_their_side(path: Path) -> None:
    keys = load([path])
    assert [one for file, group in by_file(keys) for one in file_defects(CORPUS / file, group)] == []
    assert {one.file for one in keys if is_for_tuning(one.file) is not (path == DEV)} == set()
