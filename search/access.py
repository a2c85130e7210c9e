"""Who may see and change what. Decided here and applied before ranking; a page only asks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from indexer.errors import BadInput
from indexer.numbers import key
from indexer.store import Catalog
from indexer.types import Document, Failure


class Role(StrEnum):
    """A reader asks and reads; an editor also keeps the register; a keeper also puts documents in and out."""

    READER = "reader"
    EDITOR = "editor"
    KEEPER = "keeper"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is at the screen. `cleared`: may see documents that are marked secret or lie in a restricted folder."""

    name: str
    role: Role
    cleared: bool

    @property
    def may_edit(self) -> bool:
        return self.role is not Role.READER

    @property
    def may_keep(self) -> bool:
        return self.role is Role.KEEPER


@dataclass(frozen=True, slots=True)
class AccessRules:
    """Addresses by what they may do, folded; `folders` are restricted ones, relative to the indexed folder."""

    editors: frozenset[str] = frozenset()
    keepers: frozenset[str] = frozenset()
    cleared: frozenset[str] = frozenset()
    folders: tuple[str, ...] = ()
    log_questions: bool = True

    def visitor(self, email: str) -> Visitor:
        """Who has logged in with an address. One that no list names is a reader."""
        known = _folded(email)
        role = Role.KEEPER if known in self.keepers else Role.EDITOR if known in self.editors else Role.READER
        return Visitor(email, role, known in self.cleared)


def owner(name: str) -> Visitor:
    """Whoever sits at a machine of their own, which nobody else can reach: sees and does everything."""
    return Visitor(name, Role.KEEPER, cleared=True)


NOBODY = Visitor("", Role.READER, cleared=False)
"""Anybody who reaches an app that other machines can reach and that knows no login."""


def read_rules(written: Mapping[str, object]) -> AccessRules:
    """The rules of a settings file. Raises BadInput for a name that is no rule, or a value of the wrong kind."""
    unknown = sorted(set(written) - {"editors", "keepers", "cleared", "restricted_folders", "log_questions"})
    if unknown:
        raise BadInput(f"[access]: {unknown[0]!r} is no setting. Known: editors, keepers, cleared, "
                       "restricted_folders, log_questions.")  # fmt: skip
    log_questions = written.get("log_questions", True)
    if not isinstance(log_questions, bool):
        raise BadInput(f"[access]: log_questions is {log_questions!r}. Write true or false.")
    people = {name: frozenset(map(_folded, _names(written, name))) for name in ("editors", "keepers", "cleared")}
    return AccessRules(**people, folders=_names(written, "restricted_folders"), log_questions=log_questions)


def _names(written: Mapping[str, object], name: str) -> tuple[str, ...]:
    names = written.get(name, ())
    if not isinstance(names, list | tuple) or not all(isinstance(one, str) and one.strip() for one in names):
        raise BadInput(f'[access]: {name} is {names!r}. Write a list, such as ["…", "…"].')
    return tuple(names)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()


def lies_in(file: str, folders: Iterable[str]) -> bool:
    """Whether a file (relative to the indexed folder) lies in one of the folders, or below it.

    >>> lies_in("Mat/2024/a.txt", ["mat"]), lies_in("mat-ma/a.txt", ["mat"])
    (True, False)
    """
    parts = tuple(map(_folded, file.split("/")[:-1]))
    wanted = (tuple(_folded(part) for part in folder.replace("\\", "/").split("/") if part) for folder in folders)
    return any(folder == parts[: len(folder)] for folder in wanted if folder)


def restricted_files(documents: Iterable[Document], folders: Iterable[str]) -> frozenset[str]:
    """Files that hold a document marked MẬT or above, or lie in a restricted folder.

    What lies in one file is kept together: a letter without a mark may forward a plan that has one.
    """
    named = tuple(folders)
    return frozenset(document.file for document in documents if document.form.secrecy or lies_in(document.file, named))


class VisibleCatalog(Catalog):
    """The catalog of a generation without what is hidden. Positions stay those of the index, so that its rows fit.

    What is read by position alone (document, passage) is not guarded: no position of a hidden document is given out,
    and the engine's mask keeps its passages from being ranked.
    """

    def __init__(self, path: Path, folders: Iterable[str]) -> None:
        super().__init__(path)
        self._folders = tuple(folders)
        held = tuple(super().documents())
        self._hidden_files = restricted_files(held, self._folders)
        self.hidden = frozenset(p for p, document in enumerate(held) if document.file in self._hidden_files)

    def documents(self) -> Iterator[Document]:
        return (document for position, document in enumerate(super().documents()) if position not in self.hidden)

    def find_document(self, document_id: str) -> Document | None:
        found = super().find_document(document_id)
        return found if found and found.file not in self._hidden_files else None

    def layout(self, document_id: str) -> bytes:
        return super().layout(document_id) if self.find_document(document_id) else b""

    def documents_numbered(self, number: str) -> tuple[int, ...]:
        return self._shown(super().documents_numbered(number))

    def unnumbered_enclosures(self, position: int) -> tuple[int, ...]:
        return self._shown(super().unnumbered_enclosures(position))

    def documents_citing(self, number: str) -> tuple[int, ...]:
        return self._shown(super().documents_citing(number))

    def number_keys(self) -> tuple[str, ...]:
        borne = (document.form.number for document in self.documents())
        cited = (reference.number for document in self.documents() for reference in document.references)
        return tuple(sorted({key(number) for number in (*borne, *cited) if number}))

    def numbered(self) -> list[tuple[int, str | None, str]]:
        return [row for row in super().numbered() if row[0] not in self.hidden]

    def abbreviations(self) -> list[tuple[str, str]]:
        return [pair for document in self.documents() for pair in document.abbreviations]

    def facets(self) -> list[tuple[str | None, str | None, str | None]]:
        """Those of a hidden document are empty, so that places still fit."""
        rows = enumerate(super().facets())
        return [(None, None, None) if position in self.hidden else facet for position, facet in rows]

    def failures(self) -> tuple[Failure, ...]:
        return tuple(failure for failure in super().failures() if not lies_in(failure.file, self._folders))

    def _shown(self, positions: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(position for position in positions if position not in self.hidden)
