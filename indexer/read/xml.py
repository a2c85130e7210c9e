"""XML of untrusted files, parsed without entities, outside files or network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree

from indexer.errors import ReadError

Element = Any
"""lxml has no types of its own."""


def parsed(content: bytes, part: str, path: Path) -> Element:
    """The root of one part; raises ReadError where it is not XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"{path.name}: its part {part} is damaged ({error.msg}). Ask for it again.") from error


def local(element: Element) -> str:
    """The name of an element without its namespace; "" for processing instructions and entities."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
