"""The values of a search: a question in, hits and a cited answer out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from indexer.types import Document, Failure, Passage


class Language(StrEnum):
    VIETNAMESE = "vi"
    ENGLISH = "en"


class Retriever(StrEnum):
    """Where candidates come from."""

    LEXICAL = "lexical"
    DENSE = "dense"


class QuestionKind(StrEnum):
    """What a question asks for."""

    DUTY = "duty"
    WHO = "who"
    WHEN = "when"
    HOW_MANY = "how_many"
    WHICH_DOCUMENT = "which_document"
    WHAT = "what"
    LIST = "list"
    WHERE = "where"
    YES_NO = "yes_no"
    COMPARE = "compare"
    COUNT = "count"


class Level(StrEnum):
    """How high the body stands that issued a document."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    GRASSROOTS = "grassroots"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents may answer. An empty field lets everything pass; values compare folded.

    Both days are inside; a recipient or addressee counts where its name holds one of `recipients`.
    """

    kinds: frozenset[str] = frozenset()
    issuers: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    levels: frozenset[Level] = frozenset()
    issued_from: date | None = None
    issued_to: date | None = None
    recipients: frozenset[str] = frozenset()
    secrecy: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ShortNumber:
    """A document named by type and serial alone: "Kế hoạch 284". `kind` is folded."""

    kind: str
    serial: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question as typed and as understood. `text` is what is searched: the question in Vietnamese.

    completed: the question in full, where what was typed leans on the one before it.
    """

    typed: str
    text: str
    language: Language
    kind: QuestionKind
    numbers: tuple[str, ...] = ()
    short_numbers: tuple[ShortNumber, ...] = ()
    years: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    completed: str | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage's position in the index and its score; higher is better."""

    position: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `evidence` holds each retriever's share: lexical, dense, number …"""

    rank: int
    document: Document
    passage: Passage
    score: float
    evidence: Mapping[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.passage.span.of(self.document.text)


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote: document.text[start:end] == quote, checked on construction by `cite`."""

    n: int
    file: str
    document: str | None
    document_id: str
    title: str
    issued_on: date | None
    page: int | None
    heading: tuple[str, ...]
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of an answer's table; citations are numbers of Answer.citations."""

    who: tuple[str, ...]
    what: str | None
    to: tuple[str, ...]
    via: str | None
    by_when: str | None
    dates: tuple[date, ...]
    recurrence: str | None
    citations: tuple[int, ...]
    trace: str | None = None


class Way(StrEnum):
    """How an answer was found."""

    FORM = "form"
    COUNT = "count"
    REFERENCE = "reference"
    DUTY = "duty"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class Answer:
    """A direct answer. It can't be built without a citation.

    lead: the figure, day, person … alone, where the question asks for one. confidence: how likely it is right, 0..1,
    as measured on the development questions; of several parts the least.
    """

    query: Query
    text: str
    facts: tuple[Fact, ...]
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    seconds: float = 0.0
    lead: str | None = None
    way: Way | None = None
    confidence: float | None = None

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("an answer needs at least one citation; return NoAnswer instead")


class Reason(StrEnum):
    """Why there is no answer."""

    EMPTY_QUESTION = "empty_question"
    NO_MATCH = "no_match"
    NO_SUCH_DOCUMENT = "no_such_document"
    NOT_STATED = "not_stated"
    NO_SUBJECT = "no_subject"


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The documents hold no answer: why, in one sentence in the language of the question, and what came nearest."""

    query: Query
    reason: Reason
    message: str
    nearest: tuple[Hit, ...]
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class IndexSummary:
    """What the open index holds, for the page's head and foot."""

    generation: str
    built_at: str
    documents: int
    passages: int
    embedder: str
    failures: tuple[Failure, ...]
