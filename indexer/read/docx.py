"""Word files (.docx), ECMA-376: what a reader of the page sees, in reading order.

Tracked changes are read as accepted, hidden text and comments are left out, automatic numbers are written out,
text boxes precede the paragraph that holds them, footnotes follow the paragraph that refers to them. A letterhead
stands before the text of its section; running heads and feet of pages stand behind it, once.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from indexer.errors import ReadError
from indexer.lexicon import KINDS
from indexer.read import legacy, reader
from indexer.read.archive import open_archive, part
from indexer.read.blocks import LAID_OUT_PAGE, PAGE, Block, Paragraph, paged, text_of
from indexer.read.limits import check_pages
from indexer.read.numbering import Counter as Numbers
from indexer.read.numbering import W, read_definitions
from indexer.read.parts import joined
from indexer.read.sniff import Kind, sniff
from indexer.read.text import not_empty
from indexer.read.word_body import PAGE_FIELDS, Story
from indexer.read.word_styles import read_styles, value
from indexer.read.xml import Element, parsed
from indexer.types import RawText

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _R[1:-1].encode()),
)
_MOST_CHARS_OF_A_PAGE = 6000
"""Most on a full page of the samples and ../shared/documents: 3,900."""
_SCANNED = "the file holds no text but pictures; their text was recognised"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_NO_PAGES = "page numbers are not known: the file doesn't say where its pages end"
_PAGE_WORDS = re.compile(r"(?i)[\W\d_]*(?:trang|page)?[\W\d_]*(?:trên|of)?[\W\d_]*")
_NUMBER = re.compile(r"\d\s?[-/]\s?[A-ZĐ]{2}")
_MARK_CHARS = 12
"""THƯỢNG KHẨN has 11."""
_NOTES = ("footnote", "endnote")
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read_docx(content: bytes, path: Path) -> RawText:
    """The text of a Word file with its page starts. Raises ReadError where it is damaged or holds no text."""
    with open_archive(content, path) as archive:
        package = _Package(archive, path)
        document = _Document(package, _story(package))
        written = text_of(document.blocks())
        if not any(map(str.isalnum, written)) and (pictures := list(document.pictures())):
            return not_empty(_of_pictures(pictures), path)
    text, starts = paged(written)
    check_pages(len(starts), path)
    changes = tuple(f"{name}: {count}" for name, count in document.story.changes.items() if count)
    raw = legacy.repaired(RawText(text=text, format="docx", page_starts=starts, changes=changes))
    known = LAID_OUT_PAGE in written or _fits_pages(text, starts)
    return not_empty(raw if known else replace(raw, page_starts=(), warnings=(_NO_PAGES,)), path)


def _of_pictures(pictures: list[RawText]) -> RawText:
    """A scan that was put into a Word file; each picture has a page or several."""
    pages = [picture if picture.page_starts else replace(picture, page_starts=(0,)) for picture in pictures]
    raw = joined(pages, "docx")
    return replace(raw, warnings=(_SCANNED, *raw.warnings))


def _fits_pages(text: str, starts: tuple[int, ...]) -> bool:
    """Whether the pages that the writer began can be all pages: none of them holds more than a page can."""
    return all(end - start <= _MOST_CHARS_OF_A_PAGE for start, end in pairwise((*starts, len(text))))


@dataclass(slots=True)
class _Package:
    """The parts of the file that the main one refers to."""

    archive: zipfile.ZipFile
    path: Path
    main: str = ""
    links: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        start = self._links("_rels/.rels", "")
        self.main = next((target for kind, target in start.values() if kind == "officeDocument"), "word/document.xml")
        folder, name = posixpath.split(self.main)
        self.links = self._links(f"{folder}/_rels/{name}.rels", folder)

    def root(self, name: str) -> Element:
        """Raises ReadError where the part is missing or damaged."""
        written = part(self.archive, name, self.path)
        for strict, transitional in _STRICT:
            written = written.replace(strict, transitional)
        return parsed(written, name, self.path)

    def of_kind(self, kind: str) -> Element | None:
        """The one part of a kind ("styles", "numbering"); None where the document has none."""
        target = next((target for known, target in self.links.values() if known == kind), None)
        return self.root(target) if target is not None and target in self.archive.namelist() else None

    def linked(self, link: str | None) -> Element | None:
        target = self.target(link)
        return self.root(target) if target else None

    def target(self, link: str | None) -> str:
        """The name of the part that a link leads to; "" where there is none."""
        target = self.links.get(link or "", ("", ""))[1]
        return target if target in self.archive.namelist() else ""

    def _links(self, name: str, folder: str) -> dict[str, tuple[str, str]]:
        """Kind and target of each relationship, by id."""
        if name not in self.archive.namelist():
            return {}
        nodes = parsed(part(self.archive, name, self.path), name, self.path).findall(f"{_PACKAGE}Relationship")
        inner = (node for node in nodes if node.get("TargetMode") != "External")
        return {node.get("Id", ""): (node.get("Type", "").rsplit("/", 1)[-1], _joined(folder, node)) for node in inner}


def _joined(folder: str, node: Element) -> str:
    return posixpath.normpath(posixpath.join("/", folder, node.get("Target", ""))).lstrip("/")


def _story(package: _Package) -> Story:
    notes = {
        f"{kind}Reference:{note.get(f'{W}id')}": note
        for kind in _NOTES
        if (root := package.of_kind(f"{kind}s")) is not None
        for note in root.findall(f"{W}{kind}")
        if note.get(f"{W}type") not in _SEPARATORS
    }
    numbers = Numbers(read_definitions(package.of_kind("numbering")))
    return Story(read_styles(package.of_kind("styles")), numbers, notes)


def _opens(text: str) -> bool:
    """Whether the head of a page is part of the document's own head: a letterhead, a mark of secrecy or urgency."""
    return "\n" in text or (text.isupper() and len(text) <= _MARK_CHARS and not _names_a_document(text))


def _names_a_document(text: str) -> bool:
    """Whether a running head repeats a number or a title, which would be read as another document's."""
    return text.lower().startswith(KINDS) or _NUMBER.search(text) is not None


@dataclass(slots=True)
class _Document:
    """The main part, section by section."""

    package: _Package
    story: Story
    margins: set[str] = field(default_factory=set)
    read: dict[str, list[Block]] = field(default_factory=dict)

    def blocks(self) -> Iterator[Block]:
        """The body in reading order with the heads, feet and notes that belong to it."""
        body = self.package.root(self.package.main).find(f"{W}body")
        if body is None:
            raise ReadError(f"{self.package.path.name}: the file is damaged: it has no body. Ask for it again.")
        sections = list(body.iter(f"{W}sectPr"))
        yield from self._margins(sections[:1], "header", opens=True)
        done = 0
        for child in body:
            yield from self.story.of_child(child)
            yield from self.story.notes_cited()
            if child.find(f"{W}pPr/{W}sectPr") is not None:
                yield from self._turn(sections[done : done + 1], sections[done + 1 : done + 2])
                done += 1
        yield from self._end(sections[-1:])

    def pictures(self) -> Iterator[RawText]:
        """What is recognised in the pictures of the body. Raises ReadError, ToolMissing."""
        for blip in self.package.root(self.package.main).iter(_BLIP):
            name = self.package.target(blip.get(f"{_R}embed"))
            content = part(self.package.archive, name, self.package.path) if name else b""
            if sniff(content, self.package.path) is Kind.PICTURE:
                yield reader(Kind.PICTURE)(content, self.package.path)

    def _turn(self, ended: list[Element], begun: list[Element]) -> Iterator[Block]:
        yield from self._end(ended)
        if begun and value(begun[0], "type") != "continuous":
            yield Paragraph(PAGE)
        yield from self._margins(begun, "header", opens=True)

    def _end(self, sections: list[Element]) -> Iterator[Block]:
        """Behind the text of a section: its running heads, then its feet."""
        yield from self._margins(sections, "header", opens=False)
        yield from self._margins(sections, "footer", opens=False)

    def _margins(self, sections: list[Element], kind: str, opens: bool) -> Iterator[Block]:
        """Heads that open a document, or what is repeated on each of its pages."""
        for section in sections:
            for reference in section.findall(f"{W}{kind}Reference"):
                shown = reference.get(f"{W}type") != "first" or section.find(f"{W}titlePg") is not None
                if shown:
                    yield from self._margin(self._blocks_of(reference.get(f"{_R}id", "")), opens)

    def _blocks_of(self, link: str) -> list[Block]:
        """The blocks of a head or foot, read once though it is looked at twice."""
        if link not in self.read:
            root = self.package.linked(link)
            self.read[link] = list(self.story.blocks(root)) if root is not None else []
        return self.read[link]

    def _margin(self, blocks: list[Block], opens: bool) -> Iterator[Block]:
        """One head or foot, unless it was read before or has its place elsewhere; mere page numbers are left out."""
        text = text_of(blocks).replace(PAGE, "").replace(LAID_OUT_PAGE, "").strip()
        if text in self.margins or opens > _opens(text):
            return
        self.margins.add(text)
        if _PAGE_WORDS.fullmatch(text):
            self.story.changes[PAGE_FIELDS] += bool(text)
        elif not opens and _names_a_document(text):
            self.story.changes[f"running head left out, “{text}”"] += 1
        else:
            yield from (Paragraph(""), *blocks, Paragraph(""))
