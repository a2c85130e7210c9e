"""The training texts as they lie in ../shared/train."""

import json
import lzma
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import ProjectError


class SourceError(ProjectError):
    """A file that the training needs isn't there."""


@dataclass(frozen=True, slots=True)
class News:
    title: str
    abstract: str
    body: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article of law; `related` names the articles that it is linked with."""

    id: str
    title: str
    topic: str
    text: str
    related: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    question: str
    page: str
    answer: str


@dataclass(frozen=True, slots=True)
class Sources:
    news: tuple[News, ...]
    articles: tuple[Article, ...]
    questions: tuple[Question, ...]

    def counts(self) -> dict[str, int]:
        return {"news": len(self.news), "articles": len(self.articles), "questions": len(self.questions)}


FILES = {name: f"train/{name}.jsonl.xz" for name in ("news", "legal_articles", "legal_qa")}
MEASURED_ARTICLES = 20_000


def read_sources(shared: Path) -> Sources:
    """All of the training texts, NFC; raises SourceError."""
    if missing := [str(shared / path) for path in FILES.values() if not (shared / path).is_file()]:
        raise SourceError(f"{', '.join(missing)}: not there. Training needs the data folder; name it with --shared.")
    return Sources(
        tuple(News(row["title"], row["abstract"], row["body"]) for row in _rows(shared / FILES["news"])),
        tuple(map(_article, _rows(shared / FILES["legal_articles"]))),
        tuple(Question(row["question"], row["title"], row["answer"]) for row in _rows(shared / FILES["legal_qa"])),
    )


def held_out(sources: Sources, size: int, random: np.random.Generator) -> tuple[Sources, Sources]:
    """The texts to train on, and so many news and articles of law to choose settings by.

    None of the first articles is held out: legal_qa_dev is searched among them.
    """
    measured_articles = min(MEASURED_ARTICLES, len(sources.articles) // 2)
    news = _drawn(len(sources.news), size, random)
    articles = measured_articles + _drawn(len(sources.articles) - measured_articles, size, random)
    held = Sources(
        tuple(sources.news[at] for at in news.tolist()), tuple(sources.articles[at] for at in articles.tolist()), ()
    )
    without_news, without_articles = set(news.tolist()), set(articles.tolist())
    kept = Sources(
        tuple(each for at, each in enumerate(sources.news) if at not in without_news),
        tuple(each for at, each in enumerate(sources.articles) if at not in without_articles),
        sources.questions,
    )
    return kept, held


def _drawn(size: int, wanted: int, random: np.random.Generator) -> NDArray[np.int64]:
    return np.sort(random.choice(size, min(wanted, size // 2), replace=False))


def _article(row: Mapping[str, Any]) -> Article:
    return Article(row["id"], row["title"], row["de_muc"], row["text"], tuple(row["related"]))


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(unicodedata.normalize("NFC", line))
