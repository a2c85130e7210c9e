"""The tokenizer: syllables, and phrases of two to four of them, with and without diacritics.

Every piece owns a row of weights or shares one. While training, a phrase is the sum of its syllables, of the shorter
phrases in it and of a row of its own; the sums are folded into one row for each piece when the model is written. So a
phrase that is cut differently in a query and in a passage still matches by its syllables.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers

from indexer.analyze import fold
from training.glossary import SAME_AS
from training.settings import VocabularySettings
from training.words import NEW_TONES, OLD_TONES, Words, joined, one_tone

UNKNOWN = "[UNK]"
CONTINUED = "##"
SENTENCE_ENDS = ".;:?!"
LONGEST_WORD = 40
LONGEST_SYLLABLE = 12
LONGEST_ENDING = 4
LONGEST_PHRASE = 4
THREE_OR_MORE_SHARE = 0.28
"""Of the phrases, those of more than two syllables."""
LEAST_WORD_COUNT = 3
LEAST_MEANT = 0.05
BARE_DISCOUNT = 15
"""A form without diacritics counts as its accented forms together, divided by this."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`parts[piece]` are the training rows that a piece sums up, each times its number in `shares[piece]`; `row[piece]`
    is the row that it is written to.

    Training rows are those of the words, then those of the phrases; rows and pieces below `words` are words.
    """

    tokenizer: Tokenizer
    parts: tuple[tuple[int, ...], ...]
    shares: tuple[tuple[float, ...], ...]
    row: Numbers
    words: int
    rows: int


@dataclass(frozen=True, slots=True)
class Counts:
    words: Counter[str]
    phrases: Counter[str]


def count(texts: Iterable[str], settings: VocabularySettings) -> Counts:
    """How often words stand in the texts, and the phrases worth a row: pairs of words, then pairs with such pairs."""
    words = Words(one_tone)
    running = joined([words.numbers(text) for text in texts])
    seen = np.bincount(running[running >= 0], minlength=len(words.names))
    names, phrases = list(words.names), Counter[str]()
    longer = int(settings.phrases * THREE_OR_MORE_SHARE)
    for syllables, take in ((2, settings.phrases - longer), (3, longer)):
        pairs = lifted_pairs(running, names, syllables, take, settings)
        start = len(names)
        names += [f"{names[first]} {names[second]}" for first, second, _ in pairs]
        for name, (_, _, often) in zip(names[start:], pairs, strict=True):
            phrases.setdefault(name, often)
        running = merged(running, {(first, second): start + at for at, (first, second, _) in enumerate(pairs)}, start)
    return Counts(Counter({name: int(often) for name, often in zip(words.names, seen, strict=True)}), phrases)


def lifted_pairs(
    running: NDArray[np.int32], names: Sequence[str], syllables: int, take: int, settings: VocabularySettings
) -> list[tuple[int, int, int]]:
    """(first, second, count) of neighbours that stand together far oftener than by chance, the weightiest first."""
    lengths = np.array([syllable_count(name) for name in names] + [LONGEST_PHRASE + 1])
    first, second = running[:-1].astype(np.int64), running[1:].astype(np.int64)
    together = lengths[first] + lengths[second]
    fitting = (first >= 0) & (second >= 0) & (together >= syllables) & (together <= LONGEST_PHRASE)
    keys, often = np.unique(first[fitting] * len(names) + second[fitting], return_counts=True)
    keys, often = keys[often >= settings.least_count], often[often >= settings.least_count]
    alone = np.bincount(running[running >= 0], minlength=len(names)).astype(np.float64)
    expected = alone[keys // len(names)] * alone[keys % len(names)] / alone.sum()
    lift = often / expected
    lifted = lift > settings.least_lift
    keys, often, lift = keys[lifted], often[lifted], lift[lifted]
    best = np.lexsort((keys, -often * np.log(lift)))[:take]
    return [(int(keys[at] // len(names)), int(keys[at] % len(names)), int(often[at])) for at in best]


def syllable_count(name: str) -> int:
    """How many syllables; more than a phrase may have for what isn't made of letters."""
    parts = name.split()
    spoken = all(part.isalpha() and len(part) <= LONGEST_SYLLABLE for part in parts)
    return len(parts) if spoken else LONGEST_PHRASE + 1


def merged(running: NDArray[np.int32], pairs: Mapping[tuple[int, int], int], size: int) -> NDArray[np.int32]:
    """The running numbers with each pair replaced by its own; where two overlap, the first one."""
    if not pairs:
        return running
    keys = np.where(
        (running[:-1] >= 0) & (running[1:] >= 0), running[:-1].astype(np.int64) * size + running[1:], np.int64(-1)
    )
    known = np.array(sorted(first * size + second for first, second in pairs), dtype=np.int64)
    own = np.array([pairs[int(key // size), int(key % size)] for key in known], dtype=np.int32)
    place = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    hit = known[place] == keys
    at = np.arange(len(hit))
    run_start = np.maximum.accumulate(np.where(hit, -1, at))
    hit &= (at - run_start) % 2 == 1
    replaced = running.copy()
    replaced[:-1][hit] = own[place[hit]]
    kept = np.ones(len(running), dtype=bool)
    kept[1:][hit] = False
    return replaced[kept]


def build(counts: Counts, settings: VocabularySettings) -> Vocabulary:
    """Words and phrases with their rows; deterministic for the same counts."""
    words = word_list(counts.words, settings.words, settings.endings)
    number = {word: at for at, word in enumerate(words)}
    phrases = [name for name in counts.phrases if all(part in number for part in name.split())]
    phrases += [name for name in dict.fromkeys(SAME_AS.values()) if " " in name and name not in counts.phrases]
    own_row = {name: len(words) + at for at, name in enumerate(phrases)}
    bare = bare_phrases(phrases, counts.phrases, settings.bare_phrases)
    others = old_tones(phrases) | bare
    parts: list[tuple[int, ...]] = [(at,) for at in range(len(words))]
    rows = list(range(len(words)))
    for word, target in alias_words(number, own_row).items():
        parts[number[word]] = summed(target, number, own_row)
        rows[number[word]] = own_row.get(target, number.get(target, number[word]))
    for name in [*phrases, *others]:
        accented = others.get(name, name)
        parts.append(summed(accented, number, own_row))
        rows.append(own_row[accented])
    shares = [(1.0,) * len(each) for each in parts]
    for word, meant in bare_words(number, counts.words).items():
        at = number[word]
        if parts[at] == (at,):
            parts[at], shares[at] = (at, *(number[each] for each in meant)), (1.0, *meant.values())
    tokenizer = make_tokenizer(words, [*phrases, *others])
    if tokenizer.get_vocab_size() != len(parts):
        raise ValueError(f"{tokenizer.get_vocab_size()} pieces, expected {len(parts)}: a phrase is listed twice")
    return Vocabulary(tokenizer, tuple(parts), tuple(shares), np.array(rows), len(words), len(words) + len(phrases))


def word_list(words: Counter[str], size: int, endings: int) -> list[str]:
    """What a text may be cut into beside phrases.

    The unknown piece, the marks that end a sentence, the commonest words with and without diacritics, the commonest
    endings of other words, and every character, alone and as the rest of a word.
    """
    wanted = Counter({word: often for word, often in words.items() if often >= LEAST_WORD_COUNT})
    for word, often in list(wanted.items()):
        if word.isalpha() and fold(word) != word:
            wanted[fold(word)] += often // BARE_DISCOUNT
    needed = [part for name in SAME_AS.values() for part in name.split()] + list(SAME_AS)
    kept = [word for word, _ in sorted(wanted.items(), key=lambda entry: (-entry[1], entry[0]))[:size]]
    kept = list(dict.fromkeys([*kept, *needed]))
    letters = sorted({letter for word in kept for letter in word})
    other_tones = [other for word in kept if (other := old_tone(word)) != word]
    singles = [form for letter in letters for form in (letter, CONTINUED + letter)]
    rests = common_endings(words, set(kept), endings)
    return list(dict.fromkeys([UNKNOWN, *SENTENCE_ENDS, *kept, *other_tones, *rests, *singles]))


def common_endings(words: Mapping[str, int], kept: AbstractSet[str], size: int) -> list[str]:
    """Runs of two to four letters inside words that aren't kept, so that a rare name is few and telling pieces.

    Cut into single characters, all rare names look alike.
    """
    seen = Counter[str]()
    for word, often in words.items():
        if word not in kept and word.isalpha() and len(word) <= LONGEST_WORD:
            for start in range(1, len(word) - 1):
                for end in range(start + 2, min(start + LONGEST_ENDING, len(word)) + 1):
                    seen[word[start:end]] += often * (end - start)
    return [CONTINUED + run for run, _ in sorted(seen.items(), key=lambda entry: (-entry[1], entry[0]))[:size]]


def old_tone(name: str) -> str:
    """The other placement of the tone mark in open oa, oe, uy.

    >>> old_tone("thuỷ"), old_tone("quý"), old_tone("hoàn")
    ('thủy', 'quý', 'hoàn')
    """
    return " ".join(_old_tone(part) for part in name.split(" "))


def _old_tone(word: str) -> str:
    for old, new in zip(OLD_TONES, NEW_TONES, strict=True):
        if word.endswith(new) and word[-3:-2] != "q":
            return word[: -len(new)] + old
    return word


def old_tones(phrases: Sequence[str]) -> dict[str, str]:
    """Phrases as they are written with the other placement, each with the phrase whose row it shares."""
    return {other: name for name in phrases if (other := old_tone(name)) != name}


def alias_words(number: Mapping[str, int], own_row: Mapping[str, int]) -> dict[str, str]:
    """Words that share the row of another word or phrase."""
    others = {word: word_of for word_of in number if (word := old_tone(word_of)) != word_of and word in number}
    known = {word: name for word, name in SAME_AS.items() if name in own_row or name in number}
    return others | known


def bare_phrases(phrases: Sequence[str], often: Mapping[str, int], size: int) -> dict[str, str]:
    """Phrases without diacritics, each with the commonest phrase that is typed so."""
    taken = set(phrases)
    best: dict[str, str] = {}
    for name in sorted(phrases, key=lambda phrase: (-often.get(phrase, 0), phrase)):
        if (bare := fold(name)) not in taken:
            best.setdefault(bare, name)
    return dict(list(best.items())[:size])


def bare_words(number: Mapping[str, int], often: Mapping[str, int]) -> dict[str, dict[str, float]]:
    """Words without diacritics, each with the words that are typed so and how likely each is meant."""
    typed: dict[str, dict[str, float]] = {}
    for word in number:
        if word.isalpha() and (bare := fold(word)) != word and bare in number and often.get(word, 0) > 0:
            typed.setdefault(bare, {})[word] = often[word] / BARE_DISCOUNT
    found: dict[str, dict[str, float]] = {}
    for bare, meant in typed.items():
        whole = sum(meant.values()) + often.get(bare, 0)
        if likely := {word: count / whole for word, count in meant.items() if count / whole >= LEAST_MEANT}:
            found[bare] = likely
    return found


def summed(name: str, number: Mapping[str, int], own_row: Mapping[str, int]) -> tuple[int, ...]:
    """The rows of a phrase's syllables, of the phrases in it and its own."""
    syllables = name.split()
    runs = [
        " ".join(syllables[start : start + length])
        for length in range(2, len(syllables) + 1)
        for start in range(len(syllables) - length + 1)
    ]
    meant = [row for part in syllables for row in meaning(part, number, own_row)]
    return (*meant, *(own_row[run] for run in runs if run in own_row))


def meaning(word: str, number: Mapping[str, int], own_row: Mapping[str, int]) -> tuple[int, ...]:
    """The row of a word, or the rows of what it stands for, so that "ubnd xã" is near "uỷ ban nhân dân xã"."""
    if (known := SAME_AS.get(word)) is not None and known in own_row:
        return summed(known, number, own_row)
    return (number[known or word],)


def make_tokenizer(words: Sequence[str], phrases: Sequence[str]) -> Tokenizer:
    """Phrases first, longest match from the left; what is left is cut into words, unknown ones into characters."""
    model = models.WordPiece(
        {word: at for at, word in enumerate(words)},
        unk_token=UNKNOWN,
        continuing_subword_prefix=CONTINUED,
        max_input_chars_per_word=LONGEST_WORD,
    )
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.add_tokens([AddedToken(phrase, normalized=True, single_word=True) for phrase in phrases])
    return tokenizer


def row_strengths(vocabulary: Vocabulary, phrase: float) -> NDArray[np.float32]:
    """What each training row counts in a sum, shape (rows, 1): 1 for words, `phrase` for phrases."""
    return np.where(np.arange(vocabulary.rows) < vocabulary.words, 1.0, phrase).astype(np.float32)[:, None]
