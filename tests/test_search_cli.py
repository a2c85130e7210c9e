"""python -m search: what it prints, and the code it exits with."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from indexer.build import build
from office.database import Database
from office.status import Change, DutyRecords, Status
from search.__main__ import main
from search.engine import open_engine

ROOT = Path(__file__).parents[1]
ANSWER_KEYS = {"id", "question", "status", "kind", "answer", "reason", "facts", "citations", "hits", "seconds"}
FACT_KEYS = {"who", "what", "to", "via", "by_when", "dates", "recurrence", "citations"}
CITATION_KEYS = {"n", "file", "document", "title", "issued_on", "page", "heading", "start", "end", "quote"}
HIT_KEYS = {"rank", "file", "document", "start", "end", "text", "score", "evidence"}
DUTY_KEYS = {
    "who", "what", "product", "to", "via", "by_when", "dates", "recurrence", "trigger", "trace", "document", "file",
    "quotes", "confidence", "cooperating", "assigned_by", "condition", "key", "role", "why", "status",
}  # fmt: skip
DUTY = "Chi bộ thôn báo cáo Đảng ủy xã trước ngày nào?"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(corpus_index: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs a command over the sample documents: (exit code, what it printed, what it said of errors)."""

    def call(*arguments: str, index: Path = corpus_index) -> tuple[int, str, str]:
        try:
            code = main([*arguments, "--index", str(index)])
        except SystemExit as left:
            code = int(left.code or 0)
        sys.stdout.flush()
        out, error = capfdbinary.readouterr()
        return code, out.decode("utf-8", errors="replace"), error.decode("utf-8")

    return call


def printed(run: Run, *arguments: str) -> Any:
    code, out, error = run(*arguments)
    assert (code, error) == (0, "")
    assert out.endswith("\n")
    return json.loads(out)


# ask


def test_an_answer_has_exactly_the_documented_keys(run: Run) -> None:
    answer = printed(run, "ask", DUTY, "--json")
    assert set(answer) == ANSWER_KEYS
    assert (answer["id"], answer["question"], answer["status"], answer["reason"]) == (None, DUTY, "answered", None)
    assert "15 hằng tháng" in answer["answer"]
    assert answer["facts"]
    assert answer["citations"]
    assert answer["hits"]
    assert {frozenset(fact) for fact in answer["facts"]} == {frozenset(FACT_KEYS)}
    assert {frozenset(citation) for citation in answer["citations"]} == {frozenset(CITATION_KEYS)}
    assert {frozenset(hit) for hit in answer["hits"]} == {frozenset(HIT_KEYS)}
    for day in answer["facts"][0]["dates"]:
        date.fromisoformat(day)
    assert 0 < answer["seconds"] < 5


def test_files_are_named_by_their_path_in_the_indexed_folder(run: Run) -> None:
    answer = printed(run, "ask", DUTY, "--json")
    names = {part["file"] for part in (*answer["citations"], *answer["hits"])}
    assert names <= {path.name for path in (ROOT / "corpus").iterdir()}


def test_a_refusal_has_the_same_keys_and_is_no_failure(run: Run) -> None:
    answer = printed(run, "ask", "Ai ký Kế hoạch 999-KH/TU?", "--json")
    assert set(answer) == ANSWER_KEYS
    assert (answer["status"], answer["answer"], answer["facts"], answer["citations"]) == ("not_found", None, [], [])
    assert "999-KH/TU" in answer["reason"]
    assert answer["hits"]


def test_vietnamese_is_printed_as_it_is(run: Run) -> None:
    _, out, _ = run("ask", DUTY, "--json")
    assert "Đảng ủy xã" in out
    assert "\\u" not in out


def test_an_answer_for_reading_gives_the_sources_with_their_quotes(run: Run) -> None:
    code, out, _ = run("ask", "Ai ký Kế hoạch số 71-KH/BKTTW?")
    assert code == 0
    assert out.startswith("Đoàn Minh Trực")
    assert "[1] 71-KH/BKTTW (tinh-uy-ninh-thuan_cv-2917_va_kh-71-bkttw.txt" in out


def test_a_refusal_for_reading_gives_its_reason_first(run: Run) -> None:
    code, out, _ = run("ask", "Ai ký Kế hoạch 999-KH/TU?")
    assert code == 0
    assert out.startswith("Kho văn bản không có văn bản số 999-KH/TU")


@pytest.mark.parametrize("question", ["", "   ", "?", "😀", "' OR 1=1 --"])
def test_a_question_that_says_nothing_is_answered_politely(run: Run, question: str) -> None:
    answer = printed(run, "ask", question, "--json")
    assert answer["status"] == "not_found"
    assert answer["reason"]


def test_a_question_may_lean_on_one_asked_before(run: Run) -> None:
    answer = printed(run, "ask", "còn Kế hoạch 53/KH-LĐLĐ?", "--after", "Ai ký Kế hoạch 61/KH-LĐLĐ?", "--json")
    assert answer["question"] == "còn Kế hoạch 53/KH-LĐLĐ?"
    assert "Đặng Hữu Phước" in answer["answer"]


def test_an_earlier_question_goes_with_one_question_only(run: Run) -> None:
    code, _, error = run("ask", "--questions", "q.jsonl", "--after", "Ai ký?")
    assert code == 2
    assert "--after" in error


# Files of questions


def questions(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "câu hỏi.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def line(question_id: object, question: str) -> str:
    return json.dumps({"id": question_id, "question": question, "kind": "duty"}, ensure_ascii=False)


def test_a_file_of_questions_gives_one_object_a_line_with_its_id(run: Run, tmp_path: Path) -> None:
    path = questions(tmp_path, line("a", DUTY), "", line(7, "giá vàng hôm nay"), line("c", ""))
    code, out, error = run("ask", "--questions", str(path), "--json")
    assert (code, error) == (0, "")
    answers = [json.loads(row) for row in out.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "7", "c"]
    assert [answer["status"] for answer in answers] == ["answered", "not_found", "not_found"]
    assert all(set(answer) == ANSWER_KEYS for answer in answers)


def test_a_file_of_questions_answers_as_one_question_does(run: Run, tmp_path: Path) -> None:
    alone = printed(run, "ask", DUTY, "--json")
    [together] = [
        json.loads(row) for row in run("ask", "--questions", str(questions(tmp_path, line("a", DUTY))))[1].splitlines()
    ]
    assert together | {"id": None, "seconds": 0} == alone | {"seconds": 0}


def test_an_empty_file_of_questions_gives_nothing(run: Run, tmp_path: Path) -> None:
    assert run("ask", "--questions", str(questions(tmp_path, "")), "--json") == (0, "", "")


@pytest.mark.parametrize("command", [("ask", "--questions"), ("run",)])
@pytest.mark.parametrize("bad", ["{", "[1, 2]", '"text"', "7", "null", '{"id": "b"}', "{'id': 1}"])
def test_a_bad_line_is_named_by_file_and_number(run: Run, tmp_path: Path, command: tuple[str, ...], bad: str) -> None:
    path = questions(tmp_path, line("a", DUTY), "", bad)
    code, out, error = run(*command, str(path))
    assert code == 1
    assert f"{path}:3:" in error
    assert bad[:60] in error
    assert len(error.splitlines()) == 1
    assert all(row.split()[0] != "b" for row in out.splitlines())


@pytest.mark.parametrize("command", [("ask", "--questions"), ("run",)])
def test_a_file_that_is_no_text_or_not_there_is_named(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(b"\xff\xfe\x00")
    for path in (binary, tmp_path / "missing.jsonl", tmp_path):
        code, out, error = run(*command, str(path))
        assert (code, out) == (1, "")
        assert str(path) in error
        assert "Traceback" not in error


@pytest.mark.parametrize("question", [None, [1], {"a": 1}])
def test_a_question_that_is_no_text_is_a_bad_line(run: Run, tmp_path: Path, question: object) -> None:
    path = questions(tmp_path, json.dumps({"id": "a", "question": question}))
    assert run("ask", "--questions", str(path), "--json")[0] == 1


def test_a_file_of_questions_saved_on_windows_is_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + line("a", DUTY).encode("utf-8") + b"\r\n")
    assert run("ask", "--questions", str(path), "--json")[0] == 0


# Wrong use


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("no-such-command",),
        ("find",),
        ("run",),
        ("lineage",),
        ("find", "báo cáo", "-k", "mười"),
        ("duties", "--from", "2025-13-01"),
        ("duties", "--to", "31/12/2025"),
        ("duties", "--format", "pdf"),
        ("ask", DUTY, "--no-such-option"),
    ],
)
def test_wrong_use_exits_with_two_and_prints_nothing(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, error = run(*arguments)
    assert (code, out) == (2, "")
    assert "usage:" in error


def test_a_command_without_index_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["ask", DUTY])
    assert left.value.code == 2
    assert "--index" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [("ask",), ("ask", DUTY, "--questions", "questions.jsonl")])
def test_no_question_and_two_questions_are_wrong_use(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, _ = run(*arguments)
    assert (code, out) == (2, "")


@pytest.mark.parametrize("command", ["find", "run"])
def test_a_count_below_zero_is_wrong_use(run: Run, tmp_path: Path, command: str) -> None:
    asked = DUTY if command == "find" else str(questions(tmp_path, line("a", DUTY)))
    assert run(command, asked, "-k", "-3")[0] == 2


def test_a_missing_index_exits_with_one_sentence(run: Run, tmp_path: Path) -> None:
    for arguments in (("ask", DUTY), ("find", DUTY), ("duties",), ("lineage", "88/QĐ-LĐLĐ")):
        code, out, error = run(*arguments, index=tmp_path / "none")
        assert (code, out) == (1, "")
        assert "there is no index here" in error
        assert len(error.splitlines()) == 1


# find


def test_find_gives_as_many_hits_as_asked_with_the_documented_keys(run: Run) -> None:
    hits = printed(run, "find", "báo cáo an toàn lao động", "-k", "7", "--json")
    assert len(hits) == 7
    assert [hit["rank"] for hit in hits] == list(range(1, 8))
    assert {frozenset(hit) for hit in hits} == {frozenset(HIT_KEYS)}
    assert all(first["score"] >= second["score"] for first, second in pairwise(hits))
    assert len(printed(run, "find", "báo cáo an toàn lao động", "--json")) == 10
    assert printed(run, "find", "báo cáo", "-k", "0", "--json") == []


def test_find_for_reading_prints_a_line_a_hit_and_its_evidence_when_asked(run: Run) -> None:
    plain, explained = run("find", "31 ct/tw", "-k", "3")[1], run("find", "31 ct/tw", "-k", "3", "--explain")[1]
    assert len(plain.splitlines()) == 3
    assert explained.splitlines()[0] == "searched: 31-CT/TW"
    assert len(explained.splitlines()) == 1 + 3 * 3
    assert "dense" in explained


def test_find_explains_what_was_restored_and_spelled_out_and_which_words_were_found(run: Run) -> None:
    explained = run("find", "ldld nop bao cao an toan lao dong", "-k", "1", "--explain")[1]
    assert "searched: lđlđ nộp báo cáo an toàn lao động" in explained
    assert "ldld -> lđlđ" in explained
    assert "lđlđ = Liên đoàn Lao động" in explained
    assert "found: " in explained.splitlines()[-1]
    assert "báo cáo" in explained.splitlines()[-1]


# run


def test_a_run_is_read_by_trec_tools(run: Run, tmp_path: Path) -> None:
    path = questions(tmp_path, line("q1", "báo cáo an toàn lao động"), line("q2", "Quỹ Xã hội Công đoàn"))
    code, out, error = run("run", str(path), "-k", "5")
    assert (code, error) == (0, "")
    rows = [row.split(" ") for row in out.splitlines()]
    assert {len(row) for row in rows} == {6}
    for question_id in ("q1", "q2"):
        own = [row for row in rows if row[0] == question_id]
        assert [int(row[3]) for row in own] == list(range(1, 6))
        assert {row[1] for row in own} == {"Q0"}
        assert len({row[2] for row in own}) == 5
        scores = [float(row[4]) for row in own]
        assert scores == sorted(scores, reverse=True)
        assert len({row[5] for row in own}) == 1


def test_a_run_ranks_files_by_their_best_passage(run: Run, tmp_path: Path) -> None:
    question = "báo cáo an toàn lao động"
    hits = printed(run, "find", question, "-k", "200", "--json")
    expected = list(dict.fromkeys(hit["file"] for hit in hits))
    rows = run("run", str(questions(tmp_path, line("q", question))), "-k", "6")[1].splitlines()
    assert [row.split(" ")[2] for row in rows] == expected[:6]
    best = {hit["file"]: hit["score"] for hit in reversed(hits)}
    assert [float(row.split(" ")[4]) for row in rows] == pytest.approx([best[file] for file in expected[:6]], abs=1e-3)


def test_a_run_reaches_every_file_that_matches(run: Run, tmp_path: Path) -> None:
    rows = run("run", str(questions(tmp_path, line("q", "báo cáo"))), "-k", "1000")[1].splitlines()
    texts = {path.name: path.read_text(encoding="utf-8").lower() for path in (ROOT / "corpus").glob("[!R]*.*")}
    found = [row.split(" ")[2] for row in rows]
    assert {name for name, text in texts.items() if "báo cáo" in text} <= set(found)
    assert len(found) == len(set(found))


def test_the_scores_of_a_run_do_not_rise_where_a_document_is_named(run: Run, tmp_path: Path) -> None:
    asked = (
        "Quyết định nào thay thế QĐ 88/QĐ-LĐLĐ năm 2019?",
        "Ai gửi số liệu phục vụ tổng kết NQ 14-NQ/TU, hạn chót mấy giờ?",
    )
    out = run("run", str(questions(tmp_path, *(line(f"q{n}", q) for n, q in enumerate(asked)))))[1]
    rows = [row.split(" ") for row in out.splitlines()]
    for question_id in ("q0", "q1"):
        scores = [float(row[4]) for row in rows if row[0] == question_id]
        assert scores == sorted(scores, reverse=True)


def test_blanks_in_a_file_name_do_not_break_a_run(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    (folder / "thư mục").mkdir(parents=True)
    (folder / "thư mục" / "kế hoạch số 1.txt").write_text("Kế hoạch an toàn lao động của tỉnh.", encoding="utf-8")
    build([folder], tmp_path / "index")
    path = questions(tmp_path, line("q", "an toàn lao động"))
    [row] = run("run", str(path), index=tmp_path / "index")[1].splitlines()
    assert len(row.split()) == 6
    assert "thư%20mục/kế%20hoạch%20số%201.txt" in row


def test_a_run_needs_an_id_for_each_question(run: Run, tmp_path: Path) -> None:
    path = questions(tmp_path, json.dumps({"question": "báo cáo"}))
    code, _, error = run("run", str(path))
    assert code == 1
    assert f"{path}:1:" in error


# duties


def test_duties_as_json_have_exactly_the_documented_keys(run: Run) -> None:
    rows = printed(run, "duties", "--format", "json")
    assert len(rows) > 50
    assert {frozenset(row) for row in rows} == {frozenset(DUTY_KEYS)}


def test_duties_of_a_unit_and_a_period(run: Run) -> None:
    everything = printed(run, "duties", "--format", "json")
    own = printed(run, "duties", "--unit", "Đảng ủy xã", "--format", "json")
    assert 0 < len(own) < len(everything)
    due = printed(
        run, "duties", "--unit", "Đảng ủy xã", "--from", "2031-01-01", "--to", "2031-12-31", "--format", "json"
    )
    monthly = next(row for row in due if row["recurrence"] == "RRULE:FREQ=MONTHLY;BYMONTHDAY=15")
    assert monthly["dates"] == [f"2031-{month:02}-15" for month in range(1, 13)]
    assert all(row["dates"] for row in due)
    assert all("2031-01-01" <= day <= "2031-12-31" for row in due for day in row["dates"])


def raw(corpus_index: Path, capture: pytest.CaptureFixture[bytes], *arguments: str) -> bytes:
    assert main([*arguments, "--index", str(corpus_index)]) == 0
    sys.stdout.flush()
    return capture.readouterr().out


def test_csv_and_excel_on_standard_output_hold_the_same_register(
    corpus_index: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    text = raw(corpus_index, capfdbinary, "duties", "--format", "csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    sheet = load_workbook(io.BytesIO(raw(corpus_index, capfdbinary, "duties", "--format", "xlsx"))).active
    read = [
        [cell.strftime("%d/%m/%Y") if isinstance(cell, datetime) else cell or "" for cell in row]
        for row in sheet.iter_rows(values_only=True)
    ]
    assert read == rows
    assert len(rows) > 50


def test_a_calendar_on_standard_output_holds_the_days_with_their_rules(
    corpus_index: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    made = raw(corpus_index, capfdbinary, "duties", "--unit", "Chi bộ thôn", "--format", "ics")
    rules = [event["rrule"].to_ical() for event in Calendar.from_ical(made).walk("VEVENT") if "rrule" in event]
    assert b"FREQ=MONTHLY;BYMONTHDAY=15" in rules


def test_the_whole_register_is_a_calendar(corpus_index: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert Calendar.from_ical(raw(corpus_index, capfdbinary, "duties", "--format", "ics")).walk("VEVENT")


def test_duties_for_reading_name_bearer_day_and_document(run: Run) -> None:
    code, out, _ = run("duties", "--unit", "Chi bộ thôn")
    assert code == 0
    for part in ("Chi bộ thôn", "Đảng ủy xã", "trước ngày 15 hằng tháng", "01-QC/ĐU"):
        assert part in out


def test_duties_of_a_unit_say_what_it_has_to_do_with_each_and_why(run: Run) -> None:
    rows = printed(run, "duties", "--unit", "LĐLĐ huyện Na Hang", "--format", "json")
    assert {"owes"} <= {row["role"] for row in rows}
    assert any("thuộc nhóm" in row["why"] and "huyện, thành phố" in row["why"] for row in rows)
    assert "vì sao: thực hiện" in run("duties", "--unit", "LĐLĐ huyện Na Hang")[1]


def test_duties_by_bearer_recipient_and_document(run: Run) -> None:
    rows = printed(run, "duties", "--recipient", "LĐLĐ tỉnh", "--format", "json")
    assert rows
    assert all(any("tỉnh" in name for name in row["to"]) for row in rows)
    assert {row["document"] for row in printed(run, "duties", "--document", "01-QC/DU", "--format", "json")} == {
        "01-QC/ĐU"
    }
    owed = printed(run, "duties", "--bearer", "chi bo", "--format", "json")
    assert all("chi bộ" in " ".join(row["who"]).lower() for row in owed)


def test_what_is_overdue_leaves_out_what_was_sent(run: Run, corpus_index: Path, tmp_path: Path) -> None:
    records = tmp_path / "office.sqlite"
    arguments = ("duties", "--overdue", "2024-12-31", "--records", str(records), "--format", "json")
    late = printed(run, *arguments)
    assert late
    assert all(day < "2024-12-31" for row in late for day in row["dates"])
    [row] = [row for row in open_engine(corpus_index).register.rows if row.key == late[0]["key"]]
    day = date.fromisoformat(late[0]["dates"][0])
    change = Change(Status.SENT, "Mai", datetime(2025, 1, 2, tzinfo=UTC), due_on=day, sent_on=day)
    DutyRecords(Database(records)).record(row.names[0], change)
    assert [row["key"] for row in printed(run, *arguments)] == [row["key"] for row in late[1:]]


def test_a_letter_of_reminder_is_written(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "don-doc.docx"
    arguments = ("--unit", "LĐLĐ tỉnh Tuyên Quang", "--from", "2024-01-01", "--to", "2030-12-31")
    code, said, _ = run("remind", *arguments, "--out", str(out))
    assert (code, out.read_bytes()[:2]) == (0, b"PK")
    assert "nhiệm vụ" in said


@pytest.mark.parametrize(
    ("arguments", "lacking"),
    [
        (("--unit", "LĐLĐ tỉnh Tuyên Quang", "--out", "a.pdf"), ".docx or .txt"),
        (("--out", "a.docx"), "who sends it"),
        (("--unit", "LĐLĐ tỉnh Tuyên Quang", "--to", "1990-01-01", "--out", "a.docx"), "nothing to remind of"),
    ],
)
def test_a_letter_that_can_not_be_written_says_why(run: Run, arguments: tuple[str, ...], lacking: str) -> None:
    code, _, error = run("remind", *arguments)
    assert code == 1
    assert lacking in error


# lineage


def test_lineage_as_json_leads_both_ways(run: Run) -> None:
    new, old = printed(run, "lineage", "205/QD-LDLD", "--json"), printed(run, "lineage", "88/QĐ-LĐLĐ", "--json")
    assert set(new) == {"number", "issued_on", "issuer", "held", "outgoing", "incoming", "followers"}
    replaced = next(link for link in new["outgoing"] if link["relation"] == "thay thế")
    assert (replaced["number"], replaced["held"]) == ("88/QĐ-LĐLĐ", True)
    assert replaced["file"] == old["held"][0]["file"] == "ldld-tuyen-quang_qd-88-2019.txt"
    replacing = next(link for link in old["incoming"] if link["relation"] == "thay thế")
    assert replacing["number"] == "205/QĐ-LĐLĐ"
    assert any(not link["held"] and link["file"] is None for link in old["outgoing"])


def test_lineage_for_reading_says_what_is_not_held(run: Run) -> None:
    code, out, _ = run("lineage", "88/QĐ-LĐLĐ")
    assert code == 0
    assert "<- thay thế 205/QĐ-LĐLĐ" in out
    assert "(not held)" in out
    assert (
        "31-CT/TW (not held, 2024-03-19, Ban Bí thư) <- thực hiện 71-KH/BKTTW <- sao gửi 2917-CV/TU"
        in (run("lineage", "31-CT/TW")[1])
    )


def test_what_is_missing_is_listed_for_people_and_as_json(run: Run) -> None:
    code, out, _ = run("lineage", "--missing")
    assert code == 0
    assert "  31-CT/TW (2024-03-19, Ban Bí thư) <- " in out
    found = printed(run, "lineage", "--missing", "--json")
    assert {"number", "issued_on", "issuer", "by"} == set(found["not_held"][0])
    assert "02-NQ/TW" in [one["number"] for one in found["without_own_plan"]]


@pytest.mark.parametrize("number", ["999-KH/TU", "hello", "", "' OR 1=1 --"])
def test_an_unknown_number_exits_with_one_and_says_so(run: Run, number: str) -> None:
    code, out, error = run("lineage", number)
    assert (code, out) == (1, "")
    assert "no document of this number is held" in error


def test_an_unknown_number_exits_with_one_as_json_too(run: Run) -> None:
    assert run("lineage", "999-KH/TU", "--json")[0] == 1


# The console


def test_a_reader_may_stop_early(corpus_index: Path) -> None:
    command = [sys.executable, "-m", "search", "duties", "--format", "json", "--index", str(corpus_index)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_a_console_without_vietnamese_still_prints_it(corpus_index: Path) -> None:
    command = [sys.executable, "-m", "search", "ask", "Ai ký Kế hoạch số 71-KH/BKTTW?", "--index", str(corpus_index)]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, env=environment)
    assert "Đoàn Minh Trực" in done.stdout.decode("utf-8")
