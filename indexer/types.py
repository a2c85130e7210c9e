"""The values that documents are made of. Positions are Spans: half-open ranges of code points of Document.text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open, never empty range of code points of one document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def shift(self, offset: int) -> Span:
        return Span(self.start + offset, self.end + offset)

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class RawText:
    """The text of one file. page_starts[i] is where page i + 1 begins; empty where the format knows no pages.

    `confidence` is how sure the reader is of each page's letters, 0..100, None for a page that was not recognised from
    a picture; empty where no page was. `layout` says where the words stand on the pages (indexer/layout.py), b"" where
    that is not known.
    """

    text: str
    format: str
    page_starts: tuple[int, ...] = ()
    changes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    confidence: tuple[float | None, ...] = ()
    layout: bytes = b""


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of a document. `parent` is the position of the enclosing section in Document.sections."""

    label: str
    heading: str
    level: int
    span: Span
    parent: int | None = None

    @property
    def title(self) -> str:
        """Label and heading as they stand in the document: "1. Mục đích", "Điều 5. Quyền hạn", "(i) Giám sát"."""
        own = self.label if self.label[:1].isdigit() else self.label.rsplit(".", 1)[-1]
        return " ".join(filter(None, (f"{own}." if own and not own.endswith(")") else own, self.heading)))


class Relation(StrEnum):
    """What a document says it does with another one."""

    BASED_ON = "căn cứ"
    CARRIES_OUT = "thực hiện"
    FORWARDS = "sao gửi"
    REPLACES = "thay thế"
    AMENDS = "sửa đổi"
    REPEALS = "bãi bỏ"
    MENTIONS = "nhắc tới"


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document named in this one. `number` is canonical; `span` covers the first place that names it.

    `carried_out_by`: numbers of other cited documents that, as this one says, carry it out ("Kế hoạch số 284-KH/BKTTW
    về thực hiện Chỉ thị số 31-CT/TW").
    """

    number: str
    relation: Relation
    span: Span
    issued_on: date | None = None
    issuer: str | None = None
    carried_out_by: tuple[str, ...] = ()


class Trigger(StrEnum):
    """What makes a duty fall due."""

    FIXED = "fixed"
    YEARLY = "yearly"
    PERIODIC = "periodic"
    AFTER_DOCUMENT = "after_document"
    ON_REQUEST = "on_request"
    NONE = "none_stated"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as written, and what could be made of it. `trace` says in one sentence how the dates were found."""

    written: str
    trigger: Trigger
    dates: tuple[date, ...] = ()
    recurrence: str | None = None
    trace: str = ""

    @property
    def names_day(self) -> bool:
        """Whether the rule names the days on which it recurs, not only how often."""
        return self.recurrence is not None and ("BYMONTHDAY=" in self.recurrence or "BYDAY=" in self.recurrence)


@dataclass(frozen=True, slots=True)
class Duty:
    """Who owes what to whom by when. `spans` are the verbatim places, best first; confidence lies in 0..1.

    `cooperating` bodies help the bearers; `assigned_by` is who gave the task where the text says so; `condition` holds
    the words that limit it ("nếu có", "khi có hướng dẫn"), as written.
    """

    bearers: tuple[str, ...]
    action: str
    product: str | None
    recipients: tuple[str, ...]
    via: str | None
    deadline: Deadline | None
    spans: tuple[Span, ...]
    confidence: float
    cooperating: tuple[str, ...] = ()
    assigned_by: str | None = None
    condition: str | None = None

    def __post_init__(self) -> None:
        if not self.spans:
            raise ValueError("a duty needs at least one span")


@dataclass(frozen=True, slots=True)
class Target:
    """A figure to be reached (chỉ tiêu). comparison is one of: at least, at most, about, exactly."""

    subject: str
    figure: str
    unit: str | None
    comparison: str
    period: str | None
    span: Span


class NoteKind(StrEnum):
    """What is known of a stretch of text that is not what it seems."""

    REPEATED = "repeated"
    CONTINUED = "continued"
    CAPTION = "caption"
    BYLINE = "byline"
    INFERRED_DATE = "inferred date"


@dataclass(frozen=True, slots=True)
class Note:
    """`value`: of a continued stretch the title or page where it began, of an inferred date the day (ISO)."""

    kind: NoteKind
    span: Span
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """authority is the mark before the office, as written: T/M, K/T, T/L, TM., KT. …"""

    name: str
    authority: str | None
    office: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Received:
    """The stamp that the receiving office puts on a document."""

    number: str | None
    date: date | None


class Known(StrEnum):
    """How a field of the form is known: its own line says it, that line was misread, or another field tells it."""

    STATED = "stated"
    MENDED = "mended"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """Where a field of the form stands, None where no place of the document says it, and how it is known."""

    field: str
    span: Span | None
    known: Known


@dataclass(frozen=True, slots=True)
class Form:
    """Thể thức: what the head and foot of a document say. None or () where the document doesn't say it."""

    number: str | None = None
    kind: str | None = None
    issuer: str | None = None
    superior: str | None = None
    place: str | None = None
    issued_on: date | None = None
    issued_on_source: str | None = None
    summary: str | None = None
    addressee: tuple[str, ...] = ()
    signer: Signer | None = None
    recipients: tuple[str, ...] = ()
    recipients_span: Span | None = None
    number_span: Span | None = None
    issued_on_span: Span | None = None
    summary_span: Span | None = None
    secrecy: str | None = None
    urgency: str | None = None
    received: Received | None = None
    missing: tuple[str, ...] = ()
    evidence: tuple[FieldEvidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its canonical text and everything understood of it. `id` is stable for a file and position in it.

    page_starts[i] is where page `first_page` + i begins in `text`; empty where the file knows no pages. `layout` says
    where the words stand on the pages (indexer/layout.py); the catalog keeps it apart, so a document read from there
    has none.
    """

    id: str
    file: str
    sha256: str
    text: str
    form: Form
    sections: tuple[Section, ...] = ()
    references: tuple[Reference, ...] = ()
    duties: tuple[Duty, ...] = ()
    targets: tuple[Target, ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()
    page_starts: tuple[int, ...] = ()
    first_page: int = 1
    enclosed_in: str | None = None
    format: str = "txt"
    warnings: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    layout: bytes = b""

    @property
    def title(self) -> str:
        """The summary, else the first heading, else the file's name; never empty."""
        return self.form.summary or next((s.heading for s in self.sections if s.heading), "") or self.file

    def heading(self, position: int) -> tuple[str, ...]:
        """Headings of the sections around a position, from the outside in, each as it is printed: "1. Mục đích"."""
        return tuple(s.title for s in self.sections if s.span.start <= position < s.span.end)

    def page(self, position: int) -> int | None:
        """The page that holds a position, None where the file knows no pages."""
        if not self.page_starts:
            return None
        return self.first_page + max(sum(1 for start in self.page_starts if start <= position) - 1, 0)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one section, the unit of retrieval. `heading` is the path of headings from the outside in."""

    id: str
    document_id: str
    span: Span
    heading: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be indexed, kept so that it is tried again only when it changes.

    With `retry` the next build may succeed although the file is the same: what was missing was a program.
    """

    file: str
    sha256: str
    reason: str
    retry: bool = False
