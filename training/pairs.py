"""Pairs of a question-like and a passage-like text, as rows of pieces, from what belongs together in the sources.

A cloze pair is a sentence, or some of its words, and the sentences around it (Lee, Chang & Toutanova, ACL 2019).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from indexer.analyze import fold
from training.settings import PairSettings
from training.sources import Sources
from training.vocabulary import SENTENCE_ENDS, Vocabulary

Pieces = NDArray[np.int32]
Numbers = NDArray[np.int64]

TEXTS_AT_ONCE = 4000
LONGEST_TEXT_CHARS = 6000
LEAST_SENTENCE_PIECES = 6
LEAST_QUESTION_PIECES = 2
LEAST_THINNED_PIECES = 6
LEAST_PASSAGE_PIECES = 4


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of different lengths: row i is flat[starts[i]:starts[i + 1]]."""

    flat: Pieces
    starts: Numbers

    @classmethod
    def of(cls, rows: Sequence[Sequence[int] | Pieces]) -> "Rows":
        lengths = np.array([len(row) for row in rows], dtype=np.int64)
        flat = np.concatenate([np.asarray(row, dtype=np.int32) for row in rows])
        return cls(flat, np.concatenate([[0], np.cumsum(lengths)]))

    @classmethod
    def joined(cls, parts: Sequence["Rows"]) -> "Rows":
        lengths = np.concatenate([np.diff(part.starts) for part in parts])
        return cls(np.concatenate([part.flat for part in parts]), np.concatenate([[0], np.cumsum(lengths)]))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, row: int) -> Pieces:
        return self.flat[self.starts[row] : self.starts[row + 1]]

    def take(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        """The entries of some rows one after the other, and where each row begins in them."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        begins = np.cumsum(lengths) - lengths
        at = np.arange(lengths.sum()) - np.repeat(begins, lengths) + np.repeat(self.starts[rows], lengths)
        return self.flat[at].astype(np.int64), begins


@dataclass(frozen=True, slots=True)
class Pairs:
    """Questions and their passages, in the order in which they are trained on. Pieces above the vocabulary's last one
    stand for a piece without its diacritics."""

    questions: Rows
    passages: Rows

    @classmethod
    def joined(cls, parts: Sequence["Pairs"]) -> "Pairs":
        return cls(Rows.joined([part.questions for part in parts]), Rows.joined([part.passages for part in parts]))


@dataclass(frozen=True, slots=True)
class Tokenized:
    """The sources as pieces; `related` are pairs of articles."""

    titles: Rows
    abstracts: Rows
    bodies: Rows
    article_titles: Rows
    topics: Rows
    articles: Rows
    questions: Rows
    pages: Rows
    answers: Rows
    related: Numbers
    ends: Pieces


def tokenize(sources: Sources, tokenizer: Tokenizer) -> Tokenized:
    def pieces(texts: Iterable[str]) -> Rows:
        return encode(tokenizer, [text[:LONGEST_TEXT_CHARS].replace("\n", " ") for text in texts])

    number = {article.id: at for at, article in enumerate(sources.articles)}
    links = [
        (at, number[other])
        for at, article in enumerate(sources.articles)
        for other in article.related[:4]
        if other in number
    ]
    return Tokenized(
        titles=pieces(news.title for news in sources.news),
        abstracts=pieces(news.abstract for news in sources.news),
        bodies=pieces(news.body for news in sources.news),
        article_titles=pieces(article.title for article in sources.articles),
        topics=pieces(article.topic for article in sources.articles),
        articles=pieces(article.text for article in sources.articles),
        questions=pieces(each.question for each in sources.questions),
        pages=pieces(each.page for each in sources.questions),
        answers=pieces(each.answer for each in sources.questions),
        related=np.array(links, dtype=np.int64).reshape(-1, 2),
        ends=np.array([tokenizer.token_to_id(mark) for mark in SENTENCE_ENDS], dtype=np.int32),
    )


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> Rows:
    rows: list[Pieces] = []
    for start in range(0, len(texts), TEXTS_AT_ONCE):
        found = tokenizer.encode_batch_fast(texts[start : start + TEXTS_AT_ONCE], add_special_tokens=False)
        rows += [np.array(encoding.ids, dtype=np.int32) for encoding in found]
    return Rows.of(rows)


@dataclass(frozen=True, slots=True)
class RowTable:
    """The training rows of every piece and how much each counts, then those of every piece without its diacritics."""

    rows: Rows
    shares: NDArray[np.float32]

    def entries(self) -> Rows:
        """For every piece the places of its rows in the table."""
        return Rows(np.arange(len(self.rows.flat), dtype=np.int32), self.rows.starts)


def row_table(vocabulary: Vocabulary) -> RowTable:
    tokenizer = vocabulary.tokenizer
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])
    number = dict(pieces)

    def bare(name: str, piece: int) -> Sequence[int]:
        plain = fold(name)
        return [piece] if plain == name else [number[plain]] if plain in number else tokenizer.encode(plain).ids

    meant: list[Sequence[int]] = [[piece] for _, piece in pieces]
    meant += [bare(name, piece) for name, piece in pieces]
    return RowTable(
        Rows.of([[row for piece in each for row in vocabulary.parts[piece]] for each in meant]),
        np.array([share for each in meant for piece in each for share in vocabulary.shares[piece]], dtype=np.float32),
    )


class PairMaker:
    """Draws pairs; the same generator state gives the same pairs."""

    def __init__(self, tokenized: Tokenized, pieces: int, settings: PairSettings, random: np.random.Generator) -> None:
        self._texts = tokenized
        self._pieces = pieces
        self._settings = settings
        self._random = random
        texts, longest = tokenized, settings.passage_pieces
        self._kinds: dict[str, tuple[int, Callable[[int], tuple[Pieces, Pieces] | None]]] = {
            "question": (len(texts.questions), lambda at: (texts.questions[at], self._start(texts.answers[at]))),
            "page": (len(texts.pages), lambda at: (texts.pages[at], texts.answers[at][:longest])),
            "article": (len(texts.articles), lambda at: (texts.article_titles[at], texts.articles[at][:longest])),
            "topic": (len(texts.articles), self._topic),
            "related": (len(texts.related), self._related),
            "headline": (len(texts.titles), lambda at: (texts.titles[at], texts.bodies[at][:longest])),
            "abstract": (len(texts.titles), lambda at: (texts.abstracts[at], texts.bodies[at][:longest])),
            "summary": (len(texts.titles), lambda at: (texts.titles[at], texts.abstracts[at])),
            "news cloze": (len(texts.bodies), lambda at: self._cloze(texts.bodies[at])),
            "article cloze": (len(texts.articles), lambda at: self._cloze(texts.articles[at])),
            "answer cloze": (len(texts.answers), lambda at: self._cloze(texts.answers[at])),
        }

    def draw(self, wanted: int) -> Pairs:
        """At most so many pairs in an order at random; draws that give none, such as a cloze of one sentence, are left
        out."""
        weights = {kind: share * self._kinds[kind][0] for kind, share in self._settings.shares.items()}
        drawn = [
            pair
            for kind, weight in weights.items()
            for at in self._places(self._kinds[kind][0], int(wanted * weight / sum(weights.values())))
            if (pair := self._pair(kind, at)) is not None
        ]
        in_order = [drawn[at] for at in self._random.permutation(len(drawn))]
        return Pairs(Rows.of([question for question, _ in in_order]), Rows.of([passage for _, passage in in_order]))

    def _places(self, size: int, wanted: int) -> list[int]:
        """Numbers below `size`, each as often as any other (give or take one)."""
        rounds = [self._random.permutation(size) for _ in range(-(-wanted // size))] if size else []
        return [int(at) for at in np.concatenate([*rounds, np.empty(0, dtype=np.int64)])[:wanted]]

    def _pair(self, kind: str, at: int) -> tuple[Pieces, Pieces] | None:
        pair = self._kinds[kind][1](at)
        if pair is None or len(pair[0]) < LEAST_QUESTION_PIECES or len(pair[1]) < LEAST_PASSAGE_PIECES:
            return None
        question = self._typed(self._thinned(pair[0][: self._settings.question_pieces]))
        return question, self._bare_sometimes(self._thinned(pair[1]))

    def _start(self, text: Pieces) -> Pieces:
        return text[: int(self._settings.passage_pieces * (1 + self._random.random()))]

    def _topic(self, at: int) -> tuple[Pieces, Pieces]:
        title, topic = self._texts.article_titles[at], self._texts.topics[at]
        text = self._texts.articles[at][: self._settings.passage_pieces]
        return np.concatenate([title, topic]), np.concatenate([topic, title, text])

    def _related(self, at: int) -> tuple[Pieces, Pieces]:
        first, second = self._texts.related[at]
        titles, articles = self._texts.article_titles, self._texts.articles
        return (
            np.concatenate([titles[first], articles[first][: self._settings.question_pieces]]),
            np.concatenate([titles[second], articles[second][: self._settings.passage_pieces]]),
        )

    def _cloze(self, text: Pieces) -> tuple[Pieces, Pieces] | None:
        ends = np.flatnonzero(np.isin(text, self._texts.ends)) + 1
        bounds = np.unique(np.concatenate([[0], ends, [len(text)]]))
        long_enough = np.flatnonzero(np.diff(bounds) >= LEAST_SENTENCE_PIECES)
        if len(long_enough) == 0 or len(bounds) < 3:
            return None
        sentence = int(self._random.choice(long_enough))
        start, end = int(bounds[sentence]), int(bounds[sentence + 1])
        around = int(self._settings.passage_pieces * (0.4 + 0.6 * self._random.random()))
        left = max(0, start - int(around * self._random.random()))
        right = min(len(text), left + around + end - start)
        kept = self._random.random() < self._settings.sentence_kept
        passage = text[left:right] if kept else np.concatenate([text[left:start], text[end:right]])
        return self._words_of(text[start:end]), passage

    def _words_of(self, sentence: Pieces) -> Pieces:
        """The whole sentence, a stretch of it, or some of its words, in their order."""
        sentence, kind = sentence[: self._settings.question_pieces], self._random.random()
        if kind < 0.35:
            size = max(4, int(len(sentence) * (0.25 + 0.35 * self._random.random())))
            return sentence[np.sort(self._random.choice(len(sentence), min(size, len(sentence)), replace=False))]
        if kind < 0.7:
            size = max(4, int(len(sentence) * (0.3 + 0.4 * self._random.random())))
            start = int(self._random.integers(max(1, len(sentence) - size + 1)))
            return sentence[start : start + size]
        return sentence

    def _thinned(self, text: Pieces) -> Pieces:
        """Half of the longer texts without some of their pieces."""
        if len(text) <= LEAST_THINNED_PIECES or self._random.random() < 0.5:
            return text
        return text[self._random.random(len(text)) >= self._settings.longest_drop * self._random.random()]

    def _typed(self, question: Pieces) -> Pieces:
        """Sometimes without diacritics, sometimes with half of them."""
        kind = self._random.random()
        if kind < self._settings.bare:
            return question + np.int32(self._pieces)
        if kind < self._settings.bare + self._settings.half_bare:
            return np.where(self._random.random(len(question)) < 0.5, question + np.int32(self._pieces), question)
        return question

    def _bare_sometimes(self, passage: Pieces) -> Pieces:
        bare = self._random.random() < self._settings.bare_passages
        return passage + np.int32(self._pieces) if bare else passage
