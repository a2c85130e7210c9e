"""How a question was read before it was searched, and which of its words a passage holds: what explains a ranking."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.analyze import fold, syllables
from search.query import is_question_word


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as searched, beside how it was typed.

    `restored` are (typed, searched) words; `also` are (asked, also looked for) abbreviations and names; `alternatives`
    are other readings that are nearly as likely, likeliest first.
    """

    typed: str
    searched: str
    restored: tuple[tuple[str, str], ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    alternatives: tuple[str, ...] = ()


def exchanged_words(typed: str, searched: str) -> tuple[tuple[str, str], ...]:
    """The words that were changed, each once; none where words came or went, as in a translation.

    >>> exchanged_words("bao cao quý", "báo cáo quý")
    (('bao', 'báo'), ('cao', 'cáo'))
    """
    before, after = typed.split(), searched.split()
    if len(before) != len(after):
        return ()
    return tuple(dict.fromkeys((one, other) for one, other in zip(before, after, strict=True) if one != other))


def found_words(searched: str, text: str) -> tuple[str, ...]:
    """The content words of a question that stand in a text, in the question's order, marks left out or not.

    >>> found_words("ai gửi báo cáo quý", "Báo cáo năm gửi Tỉnh ủy")
    ('gửi', 'báo', 'cáo')
    """
    held = {fold(word) for word in syllables(text)}
    asked = (word for word in dict.fromkeys(syllables(searched)) if not is_question_word(word))
    return tuple(word for word in asked if fold(word) in held)
