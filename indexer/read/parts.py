"""Several texts of one file put together: a mail and its attachments, the pictures in a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from indexer.types import RawText


def joined(pieces: Sequence[RawText], form: str) -> RawText:
    """One text of format `form`; pages are counted through where at least one piece knows its own.

    Where words stand on a page is dropped: the page belongs to a part, and the file as a whole has no such page.
    """
    shown = [piece for piece in pieces if piece.text.strip()]
    text, starts = "", list[int]()
    for piece in shown:
        text += "\n\n" if text else ""
        starts += [len(text) + start for start in piece.page_starts or (0,)]
        text += piece.text.strip("\n")
    return RawText(
        text,
        form,
        tuple(starts) if any(piece.page_starts for piece in shown) else (),
        tuple(chain.from_iterable(piece.changes for piece in pieces)),
        tuple(chain.from_iterable(piece.warnings for piece in pieces)),
        tuple(chain.from_iterable(map(_confidence, shown))) if any(piece.confidence for piece in shown) else (),
    )


def _confidence(piece: RawText) -> tuple[float | None, ...]:
    return piece.confidence or (None,) * max(len(piece.page_starts), 1)
