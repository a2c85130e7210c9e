"""How much a word of a question says: how rare it is in the index, tempered by how rare it is in Vietnamese at large.

A small corpus alone makes everyday verbs look rare ("đặt", "còn"), and then every answer would have to repeat them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache

from indexer.analyze import fold
from indexer.lexical import LexicalIndex
from search.restore import shipped_counts

# Natural logarithms of 1 / share of running text: of everyday words, and of names and terms. Between them a word's say
# grows linearly from LEAST_SHARE to 1; measured on eval/gold/dev.jsonl.
EVERYDAY = 5.5
SPECIAL = 10.5
LEAST_SHARE = 0.25
# What neither the index nor Vietnamese at large knows is a slip of the finger, or English that the lexicon lacks.
UNKNOWN_WEIGHT = 1.5


class Rarity:
    """Weights of words for one index."""

    def __init__(self, lexical: LexicalIndex) -> None:
        self._lexical = lexical

    def weight(self, word: str, folded: bool) -> float:
        """Above 0. A word that no passage holds counts as if it were as rare in the index as can be."""
        known = self._lexical.idf("folded" if folded else "syllables", word)
        if not known and word.isalpha() and word not in (_folded_shares() if folded else _shares()):
            return UNKNOWN_WEIGHT
        return (known or math.log1p((len(self._lexical) + 0.5) / 0.5)) * _say(word, folded)

    def idf(self, word: str, folded: bool) -> float:
        """Rarity in the index alone; 0 for what no passage holds."""
        return self._lexical.idf("folded" if folded else "syllables", word)

    def pair_weight(self, first: str, second: str, folded: bool) -> float:
        """Rarity of two words side by side; 0 where no passage holds them so."""
        return self._lexical.idf("folded_bigrams" if folded else "bigrams", f"{first}_{second}")


def _say(word: str, folded: bool) -> float:
    """LEAST_SHARE..1 by the word's share of running Vietnamese text; 1 for what is no syllable of it."""
    shares = _folded_shares() if folded else _shares()
    if word not in shares:
        return 1.0
    rare = (-math.log(shares[word]) - EVERYDAY) / (SPECIAL - EVERYDAY)
    return min(max(rare, LEAST_SHARE), 1.0)


@cache
def _shares() -> dict[str, float]:
    counted = shipped_counts()
    total = float(counted.counts.sum())
    return {word: float(counted.counts[n]) / total for word, n in counted.numbers.items() if counted.counts[n] > 0}


@cache
def _folded_shares() -> dict[str, float]:
    shares: defaultdict[str, float] = defaultdict(float)
    for word, share in _shares().items():
        shares[fold(word)] += share
    return dict(shares)
