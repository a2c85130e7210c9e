"""Document numbers in a question, however they are written: compared with those that the index knows.

"284-KH/BKTTW", "số 0284 – kh / bkttw" and "284KHBKTTW" share their letters and figures in order; only these count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from indexer.numbers import from_key, plain, squeezed
from indexer.types import Span

_TOKEN = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s\-/&._,:]{0,5}")
_GOES_ON = re.compile(r"[-/&]\w")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SERIAL = re.compile(r"0*(\d{1,5}[A-Z]??)((?:19|20)\d\d)?(?=[A-Z])")
# Scanned figures: a reader of letters takes 1 for l or I and 0 for O.
_SCANNED = str.maketrans({"l": "1", "I": "1", "|": "1", "O": "0", "o": "0"})
_MISREAD = re.compile(r"[lI|Oo\d]*\d[lI|Oo\d]*")
_MOST_TOKENS = 8
_LONGEST = 40
_SHORTEST_SERIES = 4


class NumberReader:
    """Read-only once built, so threads may share it. `keys` are those of all numbers borne or cited."""

    def __init__(self, keys: Iterable[str], written: Callable[[str], str | None]) -> None:
        """`written` gives a number as its document writes it, None where no document held bears it."""
        self._written = written
        self._keys = {squeezed(key): key for key in keys}
        # The parts of a series as some number of it writes them: "KH-TU" for KHTU.
        self._series = {_series(letters): _parts(key) for letters, key in self._keys.items()}

    def respelled(self, question: str) -> str:
        """The question with each number that the index knows, or whose series it knows, spelled as documents do."""
        if not any(map(str.isdigit, question)):
            return question
        text = plain(question)
        pieces, end = [], 0
        for span, spelled in self._found(text):
            pieces += [text[end : span.start], spelled]
            end = span.end
        return "".join([*pieces, text[end:]])

    def _found(self, text: str) -> Iterator[tuple[Span, str]]:
        """Numbers in reading order; of those that begin at one place the longest."""
        tokens = list(_TOKEN.finditer(text))
        free = 0
        for place, token in enumerate(tokens):
            if token.start() < free or not _may_begin(text, token.start()):
                continue
            for end, letters in reversed(list(_runs(text, tokens[place : place + _MOST_TOKENS]))):
                spelled = self._spelled(letters)
                if spelled is not None:
                    yield Span(token.start(), end), spelled
                    free = end
                    break

    def _spelled(self, letters: str) -> str | None:
        key = self._keys.get(letters)
        if key is not None:
            return self._written(key) or from_key(key)
        series = _series(letters)
        known = len(series) >= _SHORTEST_SERIES and series in self._series
        return from_key(_in_series(letters, self._series[series])) if known else None


def _may_begin(text: str, start: int) -> bool:
    """Whether a number can begin here: with a figure, and not in the middle of another one."""
    if not _MISREAD.match(text, start):
        return False
    return not (start >= 2 and text[start - 1] in "-/.&" and text[start - 2].isalnum())


def _runs(text: str, tokens: Sequence[re.Match[str]]) -> Iterator[tuple[int, str]]:
    """(end, letters and figures) of the first token, of the first two and so on, as far as a number may go."""
    letters, end = "", tokens[0].start()
    for token in tokens:
        if not _GAP.fullmatch(text[end : token.start()]) or len(letters) > _LONGEST:
            return
        if letters and token[0].isdigit() and not _YEAR.fullmatch(token[0]):
            return
        first = not letters and _MISREAD.fullmatch(token[0])
        letters += token[0].translate(_SCANNED) if first else token[0]
        end = token.end()
        if not _GOES_ON.match(text, end):
            yield end, squeezed(letters)


def _series(letters: str) -> str:
    """What the numbers of one issuer and type share: KHBKTTW of 284KHBKTTW; empty where there is no serial."""
    serial = _SERIAL.match(letters)
    return letters[serial.end() :] if serial else ""


def _in_series(letters: str, parts: str) -> str:
    """The key of an unknown number of a known series."""
    serial = _SERIAL.match(letters)
    return "-".join(filter(None, (*serial.groups(), parts))) if serial else letters


def _parts(key: str) -> str:
    """What follows serial and year in a key: "KH-BKTTW" of 284-KH-BKTTW, "ND-CP" of 5-2024-ND-CP."""
    rest = key.split("-")[1:]
    return "-".join(rest[1:] if rest and _YEAR.fullmatch(rest[0]) else rest)
