"""The training texts as they lie in ../shared/train."""

import json
import lzma
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    """An article of law; `law` names what it is part of, `related` the articles that it is linked with."""

    id: str
    title: str
    topic: str
    text: str
    law: str
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
LAW_WORDS = 12
"""A source begins "Điều 2 Luật số 57/2020/QH14"; after this many words no two laws are alike."""


def read_sources(shared: Path) -> Sources:
    """All of the training texts, NFC; raises SourceError."""
    if missing := [str(shared / path) for path in FILES.values() if not (shared / path).is_file()]:
        raise SourceError(f"{', '.join(missing)}: not there. Training needs the data folder; name it with --shared.")
    return Sources(
        tuple(News(row["title"], row["abstract"], row["body"]) for row in _rows(shared / FILES["news"])),
        tuple(map(_article, _rows(shared / FILES["legal_articles"]))),
        tuple(Question(row["question"], row["title"], row["answer"]) for row in _rows(shared / FILES["legal_qa"])),
    )


def _article(row: Mapping[str, Any]) -> Article:
    law = " ".join(row["source"].split()[2:LAW_WORDS])
    return Article(row["id"], row["title"], row["de_muc"], row["text"], law, tuple(row["related"]))


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(unicodedata.normalize("NFC", line))
