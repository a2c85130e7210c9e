"""Answers read off a document's form: signer, date, issuer, recipients, subject. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.analyze import fold
from indexer.types import Document, Span
from indexer.understand.sentences import sentences
from search.extract import body_of, context_of
from search.findings import Finding, Material
from search.match import Wanted, Words
from search.mentions import without_mentions
from search.query import is_question_word
from search.types import Query

_ASKS_SIGNER = re.compile(
    r"\b(?:ai|nguoi nao|dong chi nao)\b(?: la nguoi| da)? ky\b|\bnguoi ky\b|do ai ky|\bky (?:boi|la) ai"
)
_WHEN = r"(?: nao| khi nao| bao gio| ngay may| thang nao| nam nao)"
ASKS_ISSUE_DATE = re.compile(
    rf"(?:ban hanh|ky)(?: vao)?(?: ngay)?{_WHEN}|ngay ban hanh|(?:khi nao|bao gio) (?:thi )?(?:duoc )?(?:ban hanh|ky)"
    r"|ban hanh (?:khi|vao|luc) "
)
_ASKS_ISSUER = re.compile(
    r"(?:ai|co quan nao|cap nao|don vi nao|ban nao)(?: da)? ban hanh|do (?:ai|co quan nao|don vi nao) ban hanh"
    r"|cua (?:ai|co quan nao)$"
)
_ASKS_RECIPIENTS = re.compile(
    r"gui (?:cho |toi |den |di )?.{0,60}?(?:nhung noi nao|noi nao|nhung ai|nhung dau|cho ai)|noi nhan"
)
_NAMES_THE_LIST = re.compile(r"noi nhan|sao gui|nhung noi nao")
_ASKS_OFFICE_HOLDER = re.compile(r"\bla ai\b|\bai la\b|ten (?:la )?gi")
_ASKS_SUBJECT = re.compile(
    r"^(?:noi dung|trich yeu)(?: cua)?(?: |$)|ve viec gi|quy dinh ve (?:viec )?gi|noi ve (?:viec )?gi|ve van de gi"
    r"|noi dung.{0,40}la gi"
)
_ASKS_RECEIVED = re.compile(rf"\bnhan (?:duoc )?(?:\S+ ){{0,8}}?(?:vao )?(?:ngay)?{_WHEN}|\bngay den\b|\bden ngay nao")
_STAMP = re.compile(r"ĐẾN\b.{0,90}?\d{1,2}[-/.]\d{1,2}[-/.]\d{4}", re.DOTALL)
_ADDRESSED = re.compile(r"Kính gửi\W", re.IGNORECASE)
_ADDRESSED_CHARS = 1200
_SAYS_SOMETHING_CHARS = 80
# How far above a name its office may stand, and how long a head is that names the issuer.
_OFFICE_CHARS, _HEAD_CHARS = 120, 600


def form_findings(query: Query, material: Material, wanted: Wanted) -> Iterator[Finding]:
    """What the forms of the documents in question say."""
    asked = fold(without_mentions(query.text))
    for document, support in _about(query, material, wanted):
        if wanted.tail_share(frozenset(), document.text) == 0.0:
            continue
        finding = _from_form(asked, document, support) or _office_holder(asked, document, wanted)
        if finding is not None:
            yield finding


def _about(query: Query, material: Material, wanted: Wanted) -> Iterator[tuple[Document, float]]:
    """Documents that the question names, else those whose number, type, issuer and summary carry what it says."""
    if material.named:
        yield from ((document, 1.0) for document in material.named)
    elif not query.numbers and not query.short_numbers:
        for document in material.documents:
            yield document, wanted.coverage(((wanted.words(context_of(document)).all, 1.0),))


def asked_spans(query: Query, document: Document) -> tuple[Span, ...]:
    """Where the form of a document says what a question asks of it; () where it asks nothing of the form."""
    finding = _from_form(fold(without_mentions(query.text)), document, 1.0)
    return finding.spans if finding is not None else ()


def _from_form(asked: str, document: Document, support: float) -> Finding | None:
    form = document.form
    if _ASKS_SIGNER.search(asked) and form.signer:
        return _signer(document, support)
    if _ASKS_RECIPIENTS.search(asked) and not _NAMES_THE_LIST.search(asked) and (told := _addressees(document)):
        return Finding("", document, told, support, entries=form.addressee)
    if _ASKS_RECIPIENTS.search(asked) and form.recipients_span:
        return Finding("", document, (form.recipients_span,), support, entries=form.recipients)
    if _ASKS_RECEIVED.search(asked) and form.received and form.received.date:
        stamp = _STAMP.search(document.text)
        if stamp:
            return Finding(f"ngày {form.received.date:%d/%m/%Y}", document, (Span(*stamp.span()),), support)
    if ASKS_ISSUE_DATE.search(asked) and form.issued_on_span and form.issued_on:
        return Finding(f"ngày {form.issued_on:%d/%m/%Y}", document, (form.issued_on_span,), support)
    if _ASKS_ISSUER.search(asked) and form.issuer and form.number_span:
        head = Span(0, max(form.number_span.end, _HEAD_CHARS))
        issuer = _written(document.text, form.issuer, head)
        return Finding(form.issuer, document, (issuer, form.number_span) if issuer else (form.number_span,), support)
    if _ASKS_SUBJECT.search(asked) and form.summary_span:
        return Finding(form.summary or "", document, (form.summary_span, *_first_sentence(document)), support)
    return None


def _addressees(document: Document) -> tuple[Span, ...]:
    """The lines after "Kính gửi" from the first to the last addressee, as one place; () for a document without."""
    opening = _ADDRESSED.search(document.text)
    names = document.form.addressee
    if opening is None or not names:
        return ()
    last = document.text.find(names[-1], opening.end(), opening.end() + _ADDRESSED_CHARS)
    return (Span(opening.start(), last + len(names[-1])),) if last >= 0 else ()


def _signer(document: Document, support: float) -> Finding | None:
    """The person who signed, with the office where it stands above the name; both are one quote then."""
    signer = document.form.signer
    if signer is None:
        return None
    above = Span(max(signer.span.start - _OFFICE_CHARS, 0), signer.span.end)
    office = _written(document.text, signer.office, above) if signer.office else None
    if office is None or office.end > signer.span.start:
        return Finding(signer.name, document, (signer.span,), support)
    return Finding(f"{signer.name}, {signer.office}", document, (Span(office.start, signer.span.end),), support)


def _written(text: str, name: str, within: Span) -> Span | None:
    """The last place of a name in any case, with any blanks and emphasis between its words."""
    pattern = r"[\s*_]+".join(map(re.escape, name.split()))
    found = list(re.compile(pattern, re.IGNORECASE).finditer(text, within.start, within.end))
    return Span(*found[-1].span()) if found else None


def _first_sentence(document: Document) -> tuple[Span, ...]:
    """The first sentence of the body that says something, for a letter without sections."""
    if document.sections:
        return ()
    told = (s for s in sentences(document.text, body_of(document)) if s.end - s.start > _SAYS_SOMETHING_CHARS)
    return tuple(told)[:1]


def _office_holder(asked: str, document: Document, wanted: Wanted) -> Finding | None:
    """The signer, where the question asks who holds the office that is signed with, in the body that issued it."""
    signer = document.form.signer
    if signer is None or not signer.office or not _ASKS_OFFICE_HOLDER.search(asked):
        return None
    office, about = wanted.words(signer.office), wanted.words(context_of(document))
    question = Words(wanted.sequence)
    if not office.pairs or not office.pairs <= question.pairs or "phó" in question.all - office.all:
        return None
    if wanted.lacks_name((office, about), document.text) or not _of_the_issuer(office, question, about):
        return None
    return _signer(document, wanted.coverage(((office.all | about.all, 1.0),)))


def _of_the_issuer(office: Words, question: Words, about: Words) -> bool:
    """Whether the two words behind the office in the question, whose office it is, stand in what the document is."""
    size = len(office.sequence)
    for n in range(len(question.sequence) - size + 1):
        if question.sequence[n : n + size] == office.sequence:
            behind = question.sequence[n + size : n + size + 2]
            return len(behind) < 2 or (behind[0], behind[1]) in about.pairs or is_question_word(behind[0])
    return True
