"""Gold questions: what is asked, where the evidence stands, which answers are accepted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.errors import ProjectError
from search.types import QuestionKind

UNANSWERABLE = "unanswerable"
KINDS = (*(kind.value for kind in QuestionKind), UNANSWERABLE)
_FIELDS = {"id", "question", "after", "kind", "doc", "evidence", "answers", "slots"}


class GoldError(ProjectError):
    """A gold file can't be used: one line for each line of it that is wrong."""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """`kind` is None and `files` is empty where the right answer is a refusal.

    after: the question asked before, which this one leans on.
    """

    id: str
    question: str
    kind: QuestionKind | None
    files: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    slots: Mapping[str, object] = field(default_factory=dict)
    after: str | None = None

    @property
    def kind_name(self) -> str:
        return self.kind.value if self.kind else UNANSWERABLE


def load(paths: Sequence[Path]) -> tuple[GoldQuestion, ...]:
    """The questions of all files, in order. Raises GoldError with every bad line, ids used twice among them."""
    numbered = [(f"{path}:{number}", line) for path in paths for number, line in _lines(path)]
    questions: list[GoldQuestion] = []
    problems: list[str] = []
    for place, line in numbered:
        try:
            questions.append(parse(line))
        except ValueError as error:
            problems.append(f"{place}: {error}")
    problems += [f'the id "{name}" is used {times} times' for name, times in _repeated(questions)]
    if problems:
        raise GoldError("\n".join(problems))
    if not questions:
        raise GoldError(f"{', '.join(map(str, paths))}: no gold question in it; write one JSON object per line")
    return tuple(questions)


def _lines(path: Path) -> Iterable[tuple[int, str]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise GoldError(f"{path}: not UTF-8 text at byte {error.start}; save the gold file as UTF-8") from error
    except OSError as error:
        raise GoldError(
            f"{path}: can't be read ({error.strerror}); name a gold file, one JSON object per line"
        ) from error
    return [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _repeated(questions: Sequence[GoldQuestion]) -> list[tuple[str, int]]:
    counts = Counter(question.id for question in questions)
    return [(name, times) for name, times in counts.items() if times > 1]


def parse(line: str) -> GoldQuestion:
    """Raises ValueError that says which field is wrong and what it must be."""
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg} at column {error.colno})") from error
    if not isinstance(fields, dict):
        raise ValueError("not a JSON object")
    if unknown := sorted(set(fields) - _FIELDS):
        raise ValueError(f"unknown field {', '.join(unknown)}; known are {', '.join(sorted(_FIELDS))}")
    kind = _text(fields, "kind")
    if kind not in KINDS:
        raise ValueError(f'kind "{kind}" is none of {", ".join(KINDS)}')
    question = GoldQuestion(
        id=_text(fields, "id"),
        question=_text(fields, "question"),
        kind=None if kind == UNANSWERABLE else QuestionKind(kind),
        files=_files(fields),
        evidence=_texts(fields, "evidence"),
        answers=_texts(fields, "answers"),
        slots=_slots(fields),
        after=_text(fields, "after") if "after" in fields else None,
    )
    _check(question)
    return question


def _check(question: GoldQuestion) -> None:
    if question.kind is None:
        for name, given in (("doc", question.files), ("evidence", question.evidence), ("answers", question.answers)):
            if given:
                raise ValueError(f"an unanswerable question has no {name}")
        return
    if not question.files:
        raise ValueError(f"doc is null, so kind must be {UNANSWERABLE}, not {question.kind.value}")
    for name, given in (("evidence", question.evidence), ("answers", question.answers)):
        if not given:
            raise ValueError(f"{name} is empty; a question with a doc needs at least one")


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} must be a text that is not empty")
    return value


def _texts(fields: Mapping[str, object], name: str) -> tuple[str, ...]:
    values = fields.get(name)
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise ValueError(f"{name} must be a list of texts, none of them empty")
    return tuple(values)


def _files(fields: Mapping[str, object]) -> tuple[str, ...]:
    if "doc" not in fields:
        raise ValueError("doc is missing; it is a file, a list of files, or null where the right answer is a refusal")
    value = fields["doc"]
    if value is None:
        return ()
    return (_text(fields, "doc"),) if isinstance(value, str) else _texts(fields, "doc")


def _slots(fields: Mapping[str, object]) -> Mapping[str, object]:
    slots = fields.get("slots", {})
    if not isinstance(slots, dict):
        raise ValueError("slots must be an object")
    return slots
