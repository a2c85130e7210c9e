"""Answers read off the register of duties: who owes what to whom by when, as far as the question says it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.analyze import fold
from indexer.types import Document, Duty
from search.compose import one_line
from search.extract import Asked, context_of
from search.findings import Finding, Material
from search.match import Wanted, Words
from search.types import QuestionKind

_OWED = re.compile(r"\b(?:bao cao|gui|nop|trinh|quyet toan|dang ky|tong hop)\b")
_TO = re.compile(r"\b(?:bao cao|gui|nop|trinh|ve|cho|toi|len|den)\b")
_ASKS_RHYTHM = re.compile(r"bao lau|dinh ky nhu the nao|may lan")
_ROWS_WITHIN = 0.35
_MAX_ROWS = 5


def duty_findings(asked: Asked, material: Material) -> Iterator[Finding]:
    """For each document in sight the rows that carry the question best; those of a named document alone, if any do.

    Only for questions about what is owed: "ai … báo cáo …", "gửi … trước ngày nào".
    """
    if asked.kind in (QuestionKind.DUTY, QuestionKind.WHEN, QuestionKind.WHO) and _OWED.search(asked.folded):
        yield from list(_rows(asked, material.named)) or _rows(asked, material.documents)


def _rows(asked: Asked, documents: Sequence[Document]) -> Iterator[Finding]:
    for document in documents:
        able = (duty for duty in document.duties if _can_answer(duty, asked.kind))
        weighed = [(_support(duty, document, asked), duty) for duty in able]
        weighed.sort(key=lambda pair: (-pair[0][1], -pair[1].confidence, pair[1].spans[0]))
        if weighed and weighed[0][0][0] > 0:
            yield _finding(document, weighed)


def _finding(document: Document, weighed: Sequence[tuple[tuple[float, float], Duty]]) -> Finding:
    (support, best), _ = weighed[0]
    rows = tuple(duty for (own, score), duty in weighed[:_MAX_ROWS] if score >= best - _ROWS_WITHIN and own > 0)
    spans = tuple(dict.fromkeys(span for duty in rows for span in duty.spans))
    return Finding("", document, spans, support, duties=rows, score=best)


def _can_answer(duty: Duty, kind: QuestionKind) -> bool:
    """Whether a duty is one of reporting or sending, with what the kind of question asks for."""
    if not duty.recipients and not _OWED.search(fold(duty.action)):
        return False
    if kind is QuestionKind.WHEN:
        return duty.deadline is not None
    return bool(duty.bearers) and bool(duty.recipients)


def _support(duty: Duty, document: Document, asked: Asked) -> tuple[float, float]:
    """(share of the question carried, score for ranking); (0, 0) where a name of the question is not in the duty."""
    wanted, given = asked.wanted, asked.given if document.id in asked.named else frozenset[str]()
    rhythm = bool(_ASKS_RHYTHM.search(asked.folded))
    row = wanted.words(_as_text(duty))
    quote = wanted.words(" ".join(span.of(document.text) for span in duty.spans))
    heading = wanted.words(" ".join(document.heading(duty.spans[0].start)))
    about = wanted.words(context_of(document))
    if wanted.lacks_name((row, quote, heading, about), document.text) or _wrong_way_round(duty, wanted):
        return 0.0, 0.0
    support = wanted.coverage(((row.all, 1.0), (quote.all, 0.9), (heading.all, 0.85), (about.all, 0.75)), given)
    own = wanted.coverage(((row.all, 1.0),), given)
    subject = 0.3 * max((_share(wanted.words(bearer), Words(wanted.sequence)) for bearer in duty.bearers), default=0.0)
    towards = 0.3 * _share(wanted.words(" ".join(duty.recipients)), _towards(wanted))
    told = 0.5 * own + 0.8 * wanted.pair_coverage(row.pairs | quote.pairs)
    return support, support + told + _dated(duty, document, rhythm) + 0.3 * duty.confidence + towards + subject


def _dated(duty: Duty, document: Document, rhythm: bool) -> float:
    """How far a duty says by when: a day counts most, unless the `rhythm` is asked for; more in its own words."""
    deadline = duty.deadline
    if deadline is None:
        return 0.0
    own_words = 0.3 if deadline.written in one_line(duty.spans[0].of(document.text)) else 0.0
    if rhythm:
        return 0.5 + own_words if deadline.recurrence and not deadline.names_day else 0.1
    if deadline.names_day:
        return 0.5 + own_words
    return 0.35 + own_words if deadline.dates else 0.1


def _as_text(duty: Duty) -> str:
    deadline = duty.deadline.written if duty.deadline else ""
    return " . ".join((*duty.bearers, duty.action, duty.product or "", *duty.recipients, duty.via or "", deadline))


def _towards(wanted: Wanted) -> Words:
    """The words of the question after its verb of reporting: where the one it goes to is named."""
    plain = tuple(wanted.reader(" ".join(wanted.sequence), True).sequence)
    starts = [n for n, word in enumerate(plain) if word in ("cao", "gui", "nop", "trinh")]
    return Words(wanted.sequence[starts[0] + 1 :] if starts else ())


def _wrong_way_round(duty: Duty, wanted: Wanted) -> bool:
    """Whether the question names the bearer as the one who receives, and someone else receives."""
    towards = _towards(wanted)
    names = [pairs for name in wanted.names if (pairs := Words(name).pairs) and pairs <= towards.pairs]

    def is_meant(body: str) -> float:
        """A body may be named in short: "Ban Kinh tế" for Ban Kinh tế Trung ương."""
        words = wanted.words(body)
        return 1.0 if any(pairs <= words.pairs for pairs in names) else _share(words, towards)

    received = max(map(is_meant, duty.recipients), default=0.0)
    return bool(duty.bearers) and received < 0.5 and max(map(is_meant, duty.bearers)) > 0.6


def _share(name: Words, within: Words) -> float:
    """Share of a name's neighbouring words that are neighbours within other words."""
    return len(name.pairs & within.pairs) / len(name.pairs) if name.pairs else 0.0
