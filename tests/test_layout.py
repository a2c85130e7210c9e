"""Where the words of a text stand, kept true through edits and cuts."""

from __future__ import annotations

import re

import numpy as np
import pytest

from indexer.edits import Edit, edited, moved
from indexer.layout import Box, after_edits, boxes, pack, within
from indexer.types import RawText, Span
from indexer.understand.clean import clean

TEXT = "Kính gửi Tỉnh ủy\nbáo cáo gấp"


def words_of(text: str) -> list[tuple[int, Box]]:
    """Each word ten points wide, each line ten points high."""
    found, at = [], 0
    for line, piece in enumerate(text.splitlines()):
        for n, word in enumerate(piece.split()):
            start = text.index(word, at)
            found.append((start, Box(1, n * 12.0, line * 10.0, n * 12.0 + 10, line * 10.0 + 10)))
            at = start + len(word)
    return found


def test_a_span_gives_one_box_for_each_line_that_it_covers() -> None:
    layout = pack(words_of(TEXT))
    start = TEXT.index("Tỉnh")
    assert boxes(layout, Span(start, len(TEXT))) == (Box(1, 24, 0, 46, 10), Box(1, 0, 10, 34, 20))
    assert boxes(layout, Span(start + 1, start + 2)) == (Box(1, 24, 0, 34, 10),)


def test_words_far_apart_in_one_line_or_on_two_pages_are_not_joined() -> None:
    layout = pack([(0, Box(1, 0, 0, 10, 10)), (5, Box(1, 200, 0, 210, 10)), (9, Box(2, 211, 0, 220, 10))])
    assert len(boxes(layout, Span(0, 12))) == 3


def test_a_text_without_layout_has_no_boxes() -> None:
    assert boxes(b"", Span(0, 5)) == ()
    assert within(b"", Span(0, 5)) == b""
    assert after_edits(b"", [Edit(0, 1, "")]) == b""


def test_boxes_keep_a_tenth_of_a_point_and_stay_on_the_page() -> None:
    assert boxes(pack([(0, Box(3, -4.0, 1.26, 99999.0, 7.04))]), Span(0, 1)) == (Box(3, 0, 1.3, 6553.5, 7.0),)


@pytest.mark.parametrize("edits", [[Edit(0, 2, "")], [Edit(3, 5, "xyz"), Edit(5, 6, ""), Edit(8, 8, "__")], []])
def test_positions_move_with_what_they_name(edits: list[Edit]) -> None:
    text = "abcdefghijkl"
    after = edited(text, edits)
    for position, new in enumerate(moved(np.arange(len(text)), edits).tolist()):
        inside = next((edit for edit in edits if edit.start <= position < edit.end), None)
        expected = edited(text[: inside.start], [e for e in edits if e.end <= inside.start]) if inside else None
        assert (after[:new] == expected) if expected is not None else after[new] == text[position]


def test_cleaning_and_cutting_keep_every_word_at_its_box() -> None:
    written = "Ðảng\u00a0ủy\r\n\r\n\r\n\r\nho\u0323p   \r\nga\u0323\u0306p  mặt"
    starts = [match.start() for match in re.finditer(r"\S+", written)]
    raw = RawText(written, "pdf", layout=pack([(start, Box(1, start, 0, start + 1, 9)) for start in starts]))
    cleaned = clean(raw)
    for word, left in zip(("Đảng", "ủy", "họp", "gặp", "mặt"), starts, strict=True):
        start = cleaned.text.index(word)
        assert boxes(cleaned.layout, Span(start, start + len(word))) == (Box(1, left, 0, left + 1, 9),)
    start = cleaned.text.index("họp")
    part = within(cleaned.layout, Span(start, len(cleaned.text)))
    assert boxes(part, Span(0, 3)) == (Box(1, starts[2], 0, starts[2] + 1, 9),)
