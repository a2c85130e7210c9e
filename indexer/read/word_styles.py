"""What formatting of Word matters to a text: numbers, hidden letters, capitals, fonts of old encodings, the look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from indexer.read.numbering import W
from indexer.read.xml import Element

_OFF = frozenset({"0", "false", "off", "none"})
_NO_LINE = frozenset({"nil", "none", ""})
_UPRIGHT = ("left", "right", "start", "end", "insideV")
_VALUE = f"{W}val"
_OF_RUN = {f"{W}b": "bold", f"{W}caps": "capitals", f"{W}vanish": "hidden", f"{W}rFonts": "font"}
_LEFT = frozenset({"left", "start", "both", "distribute"})


@dataclass(frozen=True, slots=True)
class Properties:
    """What direct formatting or a style says; None where it says nothing."""

    list_id: str | None = None
    level: int | None = None
    alignment: str | None = None
    page_before: bool | None = None
    bold: bool | None = None
    capitals: bool | None = None
    hidden: bool | None = None
    font: str | None = None
    ruled: bool | None = None

    def over(self, base: Properties) -> Properties:
        """These, and where they say nothing, those of the base."""
        if self is _NOTHING:
            return base
        if base is _NOTHING:
            return self
        chosen = {
            name: own if (own := getattr(self, name)) is not None else getattr(base, name) for name in _PROPERTY_NAMES
        }
        return Properties(**chosen)


_NOTHING = Properties()
_PROPERTY_NAMES = tuple(part.name for part in fields(Properties))


@dataclass(frozen=True, slots=True)
class _Style:
    own: Properties
    based_on: str | None


@dataclass(slots=True)
class Styles:
    """The styles of a document by id, each resolved once over those it is based on."""

    named: Mapping[str, _Style] = field(default_factory=dict)
    default_paragraph: str | None = None
    defaults: Properties = _NOTHING
    resolved: dict[str, Properties] = field(default_factory=dict)

    def of(self, style: str | None) -> Properties:
        """All that a style says, its bases included; an unknown one says nothing."""
        if style is None:
            return _NOTHING
        if style not in self.resolved:
            self.resolved[style] = self._resolve(style)
        return self.resolved[style]

    def of_paragraph(self, style: str | None) -> Properties:
        return self.of(style or self.default_paragraph).over(self.defaults)

    def _resolve(self, style: str) -> Properties:
        found, seen, name = _NOTHING, set[str](), style
        while (known := self.named.get(name)) is not None and name not in seen:
            seen.add(name)
            found = found.over(known.own)
            name = known.based_on or ""
        return found


def read_styles(root: Element | None) -> Styles:
    """The styles of styles.xml; none where the part is missing."""
    if root is None:
        return Styles()
    nodes = [node for node in root.findall(f"{W}style") if node.get(f"{W}styleId")]
    default = next(
        (n for n in nodes if n.get(f"{W}type") == "paragraph" and n.get(f"{W}default") in ("1", "true")), None
    )
    return Styles(
        named={node.get(f"{W}styleId"): _Style(properties(node), value(node, "basedOn")) for node in nodes},
        default_paragraph=default.get(f"{W}styleId") if default is not None else None,
        defaults=_defaults(root.find(f"{W}docDefaults")),
    )


def properties(node: Element) -> Properties:
    """What the property elements of a paragraph, a style or a table say."""
    return _paragraph(node.find(f"{W}pPr")).over(of_run(node.find(f"{W}rPr"))).over(_table(node))


def properties_of_paragraph(node: Element) -> Properties:
    """What w:pPr of a paragraph says; its w:rPr is about the mark at its end."""
    return _paragraph(node.find(f"{W}pPr"))


def of_run(node: Element | None) -> Properties:
    """What w:rPr says."""
    said: dict[str, Any] = {}
    for child in () if node is None else node:
        name = _OF_RUN.get(child.tag)
        if name == "font":
            said[name] = _font(child)
        elif name is not None:
            said[name] = child.get(_VALUE, "1") not in _OFF
    return Properties(**said) if said else _NOTHING


def value(node: Element, name: str) -> str | None:
    """The value of a child; None where there is no such child."""
    child = node.find(f"{W}{name}")
    written = child.get(f"{W}val") if child is not None else None
    return str(written) if written is not None else None


def number(written: str | None, otherwise: int = 0) -> int:
    """A whole number as written in XML."""
    return int(written) if written and written.lstrip("-").isdecimal() and len(written) < 10 else otherwise


def has_upright_lines(borders: Element | None) -> bool:
    """Whether borders (of a table or a cell) show lines between columns."""
    return borders is not None and any(
        line.get(f"{W}val", "") not in _NO_LINE for name in _UPRIGHT for line in borders.findall(f"{W}{name}")
    )


def _paragraph(node: Element | None) -> Properties:
    said: dict[str, Any] = {}
    for child in () if node is None else node:
        tag = child.tag
        if tag == f"{W}numPr":
            level = value(child, "ilvl")
            said |= {"list_id": value(child, "numId"), "level": number(level) if level is not None else None}
        elif tag == f"{W}jc":
            alignment = child.get(_VALUE)
            said["alignment"] = "left" if alignment in _LEFT else alignment
        elif tag == f"{W}pageBreakBefore":
            said["page_before"] = child.get(_VALUE, "1") not in _OFF
    return Properties(**said) if said else _NOTHING


def _table(node: Element) -> Properties:
    table = node.find(f"{W}tblPr")
    return Properties(ruled=True) if table is not None and has_upright_lines(table.find(f"{W}tblBorders")) else _NOTHING


def _defaults(node: Element | None) -> Properties:
    if node is None:
        return _NOTHING
    paragraph, run = node.find(f"{W}pPrDefault/{W}pPr"), node.find(f"{W}rPrDefault/{W}rPr")
    return _paragraph(paragraph).over(of_run(run))


def _font(node: Element) -> str | None:
    """The font of letters beyond ASCII; a font of the theme is one of Unicode."""
    if node.get(f"{W}hAnsiTheme") or node.get(f"{W}asciiTheme"):
        return ""
    named = node.get(f"{W}hAnsi") or node.get(f"{W}ascii")
    return str(named) if named else None
