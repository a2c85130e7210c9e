"""Judge what was understood of a document by its key. Pure: a key and a document in, a Judged out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from eval.counts import Found, Share, bare, same, touch
from eval.judge_duties import judge_duties
from eval.key_format import FIELDS, Key, KeyReference, KeySection, KeyTarget, places
from eval.text import Squeezed, contains_words, plain, squeeze
from indexer.inspect import document_fields
from indexer.numbers import find_numbers
from indexer.types import Document, Reference, Section, Target

SIGNER = ("signer.name", "signer.authority", "signer.office")
RECEIVED = ("received.number", "received.date")


@dataclass(frozen=True, slots=True)
class Judged:
    """One document. `shares` and `founds` by the name of the measure; a miss is one line for a person."""

    name: str
    shares: dict[str, Share]
    founds: dict[str, Found]
    misses: tuple[str, ...]


def judge(key: Key, document: Document | None, enclosing: str | None, text: Squeezed | None = None) -> Judged:
    """`document` is None where the file was not split into its documents; `enclosing` is the number of its letter.

    `text` is where quotes are looked up, with places of the document's text; left out, it is that text.
    """
    text = text or squeeze(document.text if document else "")
    misses: list[str] = []
    shares = _fields(key, document, enclosing, misses)
    founds = {"sections": _sections(key.sections, document, text, misses)}
    founds["references"], cited = _references(key.references, document.references if document else (), misses)
    duty_founds, duty_shares = judge_duties(key, document, text, misses)
    target_found, slots = _targets(key, document, text, misses)
    shares |= cited | duty_shares | slots
    founds |= duty_founds | {"targets": target_found}
    return Judged(key.name, shares, founds, tuple(f"{key.name} {miss}" for miss in misses))


def _fields(key: Key, document: Document | None, enclosing: str | None, misses: list[str]) -> dict[str, Share]:
    given = (
        document_fields(document, {document.enclosed_in: enclosing} if document.enclosed_in else {}) if document else {}
    )
    wanted, found = _flat(key.fields), _flat(given)
    shares: dict[str, Share] = {}
    for name in _flat(dict.fromkeys(FIELDS)):
        right = bool(document) and _same_field(name, wanted.get(name), found.get(name))
        shares[name] = Share(int(right), 1)
        if not right:
            misses.append(f"{name}: {wanted.get(name)!r} was read as {found.get(name)!r}")
    return shares


def _flat(fields: Any) -> dict[str, Any]:
    """The parts of signer and received as fields of their own."""
    flat = {name: fields.get(name) for name in FIELDS if name not in ("signer", "received")}
    for names, whole in ((SIGNER, fields.get("signer")), (RECEIVED, fields.get("received"))):
        parts = list(whole.values()) if isinstance(whole, dict) else whole or [None] * len(names)
        flat |= dict(zip(names, parts, strict=True))
    return flat


def _same_field(name: str, wanted: Any, found: Any) -> bool:
    if name == "issued_on_source":
        return contains_words(found or "", wanted) if wanted else not any(find_numbers(found or ""))
    if isinstance(wanted, list) or isinstance(found, list):
        return [bare(one) for one in wanted or ()] == [bare(one) for one in found or ()]
    return same(wanted, found)


def _sections(wanted: Sequence[KeySection], document: Document | None, text: Squeezed, misses: list[str]) -> Found:
    """A section without a label counts against precision only in documents whose key has no labels (a newspaper)."""
    found = list(document.sections) if document else []
    starts = _starts(wanted, text)
    right = 0
    for section, start in zip(wanted, starts, strict=True):
        match = next((one for one in found if document and _same_section(section, start, one, document.text)), None)
        if match is None:
            misses.append(f'section {section.label} "{section.first}" is missing')
            continue
        right += 1
        found.remove(match)
    strict = not any(section.label for section in wanted)
    wrong = [one for one in found if one.label or strict]
    misses += [f'section {one.label} "{one.heading}" is none' for one in wrong]
    return Found(right, len(wanted), right + len(wrong))


def _starts(wanted: Sequence[KeySection], text: Squeezed) -> list[int | None]:
    """Where each section starts: the first place of its words behind the start of the one before."""
    starts: list[int | None] = []
    last = -1
    for section in wanted:
        start = next((span.start for span in text.find(section.first) if span.start > last), None)
        starts.append(start)
        last = last if start is None else start
    return starts


def _same_section(wanted: KeySection, start: int | None, found: Section, text: str) -> bool:
    if start is None or plain(wanted.label) != plain(found.label):
        return False
    between = text[min(start, found.span.start) : max(start, found.span.start)]
    return not any(letter.isalnum() for letter in between)


def _references(
    wanted: Sequence[KeyReference], found: Sequence[Reference], misses: list[str]
) -> tuple[Found, dict[str, Share]]:
    """Right is a number with its relation; days and issuers are shares of those whose number was found."""
    left, right, dates, issuers = list(found), 0, Share(), Share()
    for reference in wanted:
        match = _best_reference(reference, left)
        if match is None:
            misses.append(f"reference {reference.relations[0]} {reference.number} is missing")
            continue
        left.remove(match)
        issued_on = match.issued_on.isoformat() if match.issued_on else None
        dates += Share(int(issued_on == reference.issued_on), 1)
        issuers += Share(int(same(reference.issuer, match.issuer)), 1)
        right += match.relation.value in reference.relations
        misses += _reference_misses(reference, match, issued_on)
    misses += [f"reference {one.relation.value} {one.number} is none" for one in left]
    return Found(right, len(wanted), len(found)), {"reference.issued_on": dates, "reference.issuer": issuers}


def _best_reference(wanted: KeyReference, found: Iterable[Reference]) -> Reference | None:
    same = [one for one in found if _code(one.number) == _code(wanted.number)]
    dated = [one for one in same if (one.issued_on.isoformat() if one.issued_on else None) == wanted.issued_on]
    return next(iter(dated or same), None)


def _code(number: str) -> str:
    return "".join(plain(number).split())


def _reference_misses(wanted: KeyReference, found: Reference, issued_on: str | None) -> list[str]:
    pairs = (
        ("relation", wanted.relations[0], found.relation.value, found.relation.value in wanted.relations),
        ("issued_on", wanted.issued_on, issued_on, wanted.issued_on == issued_on),
        ("issuer", wanted.issuer, found.issuer, same(wanted.issuer, found.issuer)),
    )
    return [
        f"reference {wanted.number} {name}: {key!r} was read as {read!r}" for name, key, read, same in pairs if not same
    ]


_TARGET_SLOTS = ("subject", "unit", "comparison", "period")


def _targets(key: Key, document: Document | None, text: Squeezed, misses: list[str]) -> tuple[Found, dict[str, Share]]:
    """Right is a figure at its place; the other slots are shares of the figures that are right."""
    left = list(document.targets) if document else []
    shares = {f"target.{name}": Share() for name in _TARGET_SLOTS}
    right = 0
    for target in key.targets:
        match = next((one for one in left if _same_target(target, one, text)), None)
        if match is None:
            misses.append(f'target "{target.quote}" {target.figure} is missing')
            continue
        right += 1
        left.remove(match)
        for name in _TARGET_SLOTS:
            right_slot = _same_slot(name, target, match)
            shares[f"target.{name}"] += Share(int(right_slot), 1)
            if not right_slot:
                misses.append(
                    f'target "{target.quote}" {name}: {getattr(target, name)!r} was read as {getattr(match, name)!r}'
                )
    tolerated = [span for quote in key.tolerated_targets for span in places(quote, text)[:1]]
    wrong = [one for one in left if not touch([one.span], tolerated)]
    misses += [f'target "{one.figure} {one.unit or ""} {one.subject}" is none' for one in wrong]
    return Found(right, len(key.targets), right + len(wrong)), shares


def _same_target(wanted: KeyTarget, found: Target, text: Squeezed) -> bool:
    same_place = touch([found.span], places(wanted.quote, text)[:1])
    return same_place and _figure(wanted.figure) == _figure(found.figure)


def _figure(figure: str) -> str:
    return plain(figure).lstrip("0")


def _same_slot(name: str, wanted: KeyTarget, found: Target) -> bool:
    key, read = getattr(wanted, name), getattr(found, name)
    if name == "subject":
        words, others = set(plain(key).split()), set(plain(read).split())
        return 2 * len(words & others) >= len(words) + len(others) - len(words & others)
    return same(key, read)
