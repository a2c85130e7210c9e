"""An answer to take along: as text with its sources, and as a Word document whose sources are footnotes. Pure."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from search.types import Answer, Citation

_NUMBER = re.compile(r"\s*\[(\d+)\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


@dataclass(frozen=True, slots=True)
class Labels:
    """The few words around an answer, in the reader's language. `names` says what each citation's document is."""

    question: str
    sources: str
    heads: tuple[str, str, str, str]
    names: Mapping[int, str]


def as_text(answer: Answer, labels: Labels) -> str:
    """The question, the answer with its numbers, and under each number its document and its words."""
    cited = (f"[{one.n}] {labels.names[one.n]}: “{_line(one.quote)}” ({one.file})" for one in answer.citations)
    asked = answer.query.completed or answer.query.typed
    return "\n".join([f"{labels.question}: {asked}", "", answer.text, "", f"{labels.sources}:", *cited])


def as_docx(answer: Answer, labels: Labels) -> bytes:
    """The same for Word; each number of the text is a footnote with the document and its words, verbatim."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Times New Roman"
    document.styles["Normal"].font.size = Pt(13)
    heading = document.add_paragraph()
    heading.add_run(answer.query.completed or answer.query.typed).bold = True
    notes = _Footnotes(answer.citations, labels.names)
    for line in filter(str.strip, answer.text.splitlines()):
        notes.write(document.add_paragraph(), line)
    if answer.facts:
        table = document.add_table(rows=1, cols=len(labels.heads), style="Table Grid")
        _fill(table.rows[0].cells, labels.heads)
        for fact in answer.facts:
            cells = ("; ".join(fact.who), fact.what or "", "; ".join(fact.to), fact.by_when or "")
            _fill(table.add_row().cells, cells)
    notes.write_rest(document.add_paragraph())
    notes.attach(document.part)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fill(cells: Sequence[object], texts: Iterable[str]) -> None:
    for cell, text in zip(cells, texts, strict=True):
        cell.text = _CONTROL.sub("", text)  # type: ignore[attr-defined]


class _Footnotes:
    """The footnotes of one document (ECMA-376, part 1, 17.11): python-docx has none, so their part is written here."""

    def __init__(self, citations: Sequence[Citation], names: Mapping[int, str]) -> None:
        self._citations = {citation.n: citation for citation in citations}
        self._names = names
        self._written: list[int] = []

    def write(self, paragraph: Paragraph, line: str) -> None:
        """The line with a footnote in the place of each number."""
        position = 0
        for found in _NUMBER.finditer(line):
            if int(found[1]) in self._citations:
                paragraph.add_run(_CONTROL.sub("", line[position : found.start()]))
                self._refer(paragraph, int(found[1]))
                position = found.end()
        paragraph.add_run(_CONTROL.sub("", line[position:]))

    def write_rest(self, paragraph: Paragraph) -> None:
        """A footnote for each citation that the text doesn't name."""
        for n in self._citations:
            if n not in self._written:
                self._refer(paragraph, n)

    def _refer(self, paragraph: Paragraph, n: int) -> None:
        """Word wants an id of its own for each place; a citation named twice is said twice."""
        self._written.append(n)
        run = (
            f'<w:r {nsdecls("w")}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            f'<w:footnoteReference w:id="{len(self._written)}"/></w:r>'
        )
        paragraph._p.append(parse_xml(run))

    def attach(self, document: Part) -> None:
        notes = "".join(self._note(place, n) for place, n in enumerate(self._written, start=1))
        rules = "".join(
            f'<w:footnote w:type="{kind}" w:id="{id_}"><w:p><w:r><w:{element}/></w:r></w:p></w:footnote>'
            for kind, id_, element in (
                ("separator", -1, "separator"),
                ("continuationSeparator", 0, "continuationSeparator"),
            )
        )
        head = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"
        xml = f"{head}<w:footnotes {nsdecls('w')}>{rules}{notes}</w:footnotes>"
        part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, xml.encode("utf-8"), document.package)
        document.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def _note(self, place: int, n: int) -> str:
        cited = self._citations[n]
        page = f", tr. {cited.page}" if cited.page else ""
        said = escape(_CONTROL.sub("", f" {self._names[n]}{page}: “{_line(cited.quote)}” ({cited.file})"))
        mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        return (
            f'<w:footnote w:id="{place}"><w:p>{mark}<w:r><w:rPr><w:sz w:val="20"/></w:rPr>'
            f'<w:t xml:space="preserve">{said}</w:t></w:r></w:p></w:footnote>'
        )


def _line(text: str) -> str:
    return " ".join(text.split())
