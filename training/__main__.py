"""python -m training: train the embedded model from the data folder and write it to indexer/model."""

import argparse
import hashlib
import importlib.util
import platform
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import numpy as np

from indexer.embed import EMBEDDED_MODEL
from indexer.errors import ProjectError
from training.duplicates import read_measured, without_copies
from training.export import write_json, write_model
from training.pairs import PairMaker, Pairs, tokenize
from training.settings import Settings
from training.sources import FILES, Sources, held_out, read_sources
from training.start import start_rows
from training.vocabulary import build, count

RECORD = "training.json"
NEEDED = ("accelerate", "datasets")
LIBRARIES = ("numpy", "scipy", "sentence-transformers", "tokenizers", "torch", "transformers", *NEEDED)


class TrainingError(ProjectError):
    """The training can't be started."""


def main(argv: Sequence[str] | None = None) -> int:
    """0: the model is written; 1: something that the training needs is missing; 2: wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), metavar="DIR", help="the data folder")
    parser.add_argument("--model", type=Path, default=EMBEDDED_MODEL, metavar="DIR", help="where the model is written")
    parser.add_argument("--steps", type=int, default=Settings().steps, help="training steps (default: %(default)s)")
    options = parser.parse_args(argv)
    try:
        run(options.shared, options.model, Settings(steps=options.steps))
    except ProjectError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def run(shared: Path, folder: Path, settings: Settings) -> None:
    """From the texts to the model folder and the record of how it was made. Raises ProjectError."""
    check_libraries()
    started = time.monotonic()

    def report(done: str) -> None:
        print(f"{time.monotonic() - started:6.0f} s  {done}", file=sys.stderr, flush=True)

    read = read_sources(shared)
    kept = without_copies(read, read_measured(shared))
    sources, _ = held_out(kept, settings.held_out, np.random.default_rng(settings.held_out_seed))
    report(f"read {read.counts()}, kept {kept.counts()}, training on {sources.counts()}")
    vocabulary = build(count(running_texts(sources), settings.vocabulary), settings.vocabulary)
    report(f"{len(vocabulary.parts)} pieces, {vocabulary.rows} rows")
    tokenized = tokenize(sources, vocabulary.tokenizer)
    report("cut into pieces")
    random = np.random.default_rng(settings.seed)
    start = start_rows(tokenized, vocabulary, settings, random)
    report("counted what stands together")
    maker = PairMaker(tokenized, len(vocabulary.parts), settings.pairs, random)
    draws = -(-settings.steps // settings.steps_a_draw)
    pairs = Pairs.joined([maker.draw(settings.steps * settings.batch // draws) for _ in range(draws)])
    report(f"{len(pairs.questions)} pairs")

    from training.train import train  # torch and sentence_transformers, which take seconds

    trained = train(vocabulary, start, pairs, settings)
    write_model(folder, vocabulary, trained)
    write_json(folder / RECORD, record(shared, read, kept, sources, len(pairs.questions), settings))
    report(f"wrote {folder}")


def check_libraries() -> None:
    """Raises TrainingError where a library is missing that only the training needs."""
    if missing := [name for name in NEEDED if importlib.util.find_spec(name) is None]:
        raise TrainingError(f"{', '.join(missing)}: not installed. Training needs them: pip install -e '.[train]'")


def running_texts(sources: Sources) -> Iterator[str]:
    """Everything that words and phrases are counted in."""
    for news in sources.news:
        yield f"{news.title} . {news.abstract} . {news.body}"
    for article in sources.articles:
        yield f"{article.topic} . {article.title} . {article.text}"
    for each in sources.questions:
        yield f"{each.question} . {each.answer}"


def record(
    shared: Path, read: Sources, kept: Sources, trained: Sources, pairs: int, settings: Settings
) -> dict[str, object]:
    """How the model was made; the same record means the same figures within noise."""
    return {
        "data": {path: hashlib.sha256((shared / path).read_bytes()).hexdigest() for path in FILES.values()},
        "texts": read.counts(),
        "texts without near copies of evaluation sets": kept.counts(),
        "texts trained on": trained.counts(),
        "pairs": pairs,
        "settings": asdict(settings),
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
    }


if __name__ == "__main__":
    sys.exit(main())
