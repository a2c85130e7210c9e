"""One text, read once: its shadow, lines, blocks, sentences and clauses, shared by all that read it."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.types import Span
from indexer.understand import sentences as read
from indexer.understand.lines import Cell, cells
from indexer.understand.sentences import Block


class Reading:
    """A text with its shadow (sentences.shadow), and each stretch that was asked for kept as it was cut.

    Answers are those of the functions of the same name on the text; asking again costs a look-up.
    """

    __slots__ = ("_blocks", "_cells", "_clauses", "_sentences", "_stretches", "shadow", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.shadow = read.shadow(text)
        self._cells: list[Cell] | None = None
        self._stretches: dict[tuple[int, int], Block | None] = {}
        self._blocks: dict[Span, tuple[Block, ...]] = {}
        self._sentences: dict[Span, tuple[Span, ...]] = {}
        self._clauses: dict[Span, tuple[Span, ...]] = {}

    @property
    def cells(self) -> list[Cell]:
        """The lines of the text, columns apart."""
        if self._cells is None:
            self._cells = cells(self.text)
        return self._cells

    def content(self, span: Span) -> str:
        """The stretch of the shadow: what patterns are tried on. Positions in it are relative to span.start."""
        return self.shadow[span.start : span.end]

    def plain(self, span: Span) -> str:
        """The words of a span: emphasis marks dropped, white space collapsed."""
        return read.plain(self.text, span)

    def blocks(self, within: Span) -> tuple[Block, ...]:
        """Paragraphs and list items in reading order."""
        found = self._blocks.get(within)
        if found is None:
            kept = (self._block(*stretch) for stretch in read.stretches(self.text, within))
            found = self._blocks[within] = tuple(block for block in kept if block)
        return found

    def sentences(self, within: Span) -> tuple[Span, ...]:
        """Sentences without the marks of their list items; one of them asked for again is itself."""
        found = self._sentences.get(within)
        if found is None:
            blocks = self.blocks(within)
            found = tuple(one for block in blocks for one in self._of_block(block))
            self._sentences[within] = found
        return found

    def clauses(self, within: Span) -> tuple[Span, ...]:
        """The parts of each sentence between semicolons."""
        found = self._clauses.get(within)
        if found is None:
            sentences = self.sentences(within)
            found = self._clauses[within] = tuple(_parts(self.text, sentences))
        return found

    def _block(self, start: int, end: int) -> Block | None:
        if (start, end) not in self._stretches:
            self._stretches[start, end] = read.block(self.text, start, end)
        return self._stretches[start, end]

    def _of_block(self, block: Block) -> tuple[Span, ...]:
        found = self._sentences.get(block.whole)
        if found is None:
            found = self._sentences[block.whole] = tuple(read.sentences_of(self.text, block))
            self._sentences |= {sentence: (sentence,) for sentence in found}
        return found


def _parts(text: str, sentences: Iterable[Span]) -> Iterable[Span]:
    return (clause for sentence in sentences for clause in read.clauses_of(text, sentence))
