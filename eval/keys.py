"""python -m eval.keys KEYS.jsonl --corpus DIR: how much of the documents is understood, by their answer keys."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from eval.counts import Found, Share
from eval.judge import Judged, judge
from eval.key_format import Key, KeyFileError, defects, load
from eval.spoil import Spoil, aligned, mended, spoiled
from eval.text import squeeze
from indexer.errors import ProjectError
from indexer.read import read
from indexer.types import Document
from indexer.understand import understand
from indexer.understand.clean import clean

_NOTES = {
    "duty.no_duty": "rows that are no duty",
    "duty.dates": "resolved dates right",
    "duty.trigger": "triggers right",
    "duty.merged": "said twice, one row",
}


def main(argv: Sequence[str] | None = None) -> int:
    """0: judged. 1: it can't be judged, or quotes of the keys do not stand in their documents. 2: wrong usage."""
    options = _parser().parse_args(argv)
    try:
        keys = load(options.keys)
        wrong = [defect for file, group in by_file(keys) for defect in file_defects(options.corpus / file, group)]
        judged = [
            one for file, group in by_file(keys) for one in judge_file(options.corpus / file, group, options.spoil)
        ]
    except ProjectError as error:
        print(error, file=sys.stderr)
        return 1
    report = as_json(judged)
    print(json.dumps(report, ensure_ascii=False, indent=1) if options.json else "\n".join(as_lines(report)))
    if options.misses:
        print("\n".join(miss for one in judged for miss in one.misses))
    print("".join(f"{defect}; mend the key\n" for defect in wrong), file=sys.stderr, end="")
    return 1 if wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.keys", description="Judge the understanding by answer keys.")
    parser.add_argument("keys", nargs="+", type=Path, metavar="KEYS.jsonl", help="keys, one JSON object per line")
    parser.add_argument("--corpus", type=Path, required=True, metavar="DIR", help="the folder that holds the documents")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument(
        "--spoil", type=Spoil, choices=tuple(Spoil), help="judge the documents as a poor scan would give them"
    )
    parser.add_argument("--misses", action="store_true", help="list every miss; only for keys that may be tuned on")
    return parser


def by_file(keys: Iterable[Key]) -> list[tuple[str, list[Key]]]:
    ordered = sorted(keys, key=lambda key: (key.file, key.position))
    return [(file, list(group)) for file, group in groupby(ordered, key=lambda key: key.file)]


def file_defects(path: Path, keys: Sequence[Key]) -> list[str]:
    """What of the keys does not stand in their file's canonical text."""
    if not path.is_file():
        raise KeyFileError(f"{path}: not there; --corpus names the folder that holds it")
    text = squeeze(clean(read(path)).text)
    return [defect for key in keys for defect in defects(key, text)]


def judge_file(path: Path, keys: Sequence[Key], spoil: Spoil | None = None) -> list[Judged]:
    """`spoil`: the file is judged as a poor scan would give it, by what stands in the sound one."""
    sound = _documents(path)
    if spoil is None:
        return [_judge(key, sound, None) for key in keys]
    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        copy.write_text(spoiled(path.read_text(encoding="utf-8-sig"), spoil), encoding="utf-8")
        return [_judge(key, _documents(copy), sound) for key in keys]


def _documents(path: Path) -> tuple[Document, ...]:
    return understand(read(path), path.name, hashlib.sha256(path.read_bytes()).hexdigest())


def _judge(key: Key, documents: Sequence[Document], sound: Sequence[Document] | None) -> Judged:
    """`documents` are those of a spoilt copy where `sound` is given."""
    text = None
    if sound and len(sound) == len(documents):
        documents = [mended(one, other.text) for one, other in zip(documents, sound, strict=True)]
        text = [aligned(squeeze(other.text), squeeze(one.text)) for one, other in zip(documents, sound, strict=True)]
    if key.position >= len(documents):
        return judge(key, None, None)
    document = documents[key.position]
    letter = next((one.form.number for one in documents if one.id == document.enclosed_in), None)
    return judge(key, document, letter, text[key.position] if text else None)


def as_json(judged: Sequence[Judged]) -> dict[str, Any]:
    """Sums over all documents, and one line for each."""
    return {
        "documents": len(judged),
        "misses": sum(len(one.misses) for one in judged),
        "shares": {name: _share(share) for name, share in _summed(one.shares for one in judged).items()},
        "found": {name: _found(found) for name, found in _summed(one.founds for one in judged).items()},
        "by_document": {one.name: len(one.misses) for one in judged},
    }


def _summed(tallies: Iterable[dict[str, Any]]) -> dict[str, Any]:
    sums: dict[str, Any] = {}
    for tally in tallies:
        for name, count in tally.items():
            sums[name] = sums[name] + count if name in sums else count
    return sums


def _share(share: Share) -> dict[str, float | None]:
    return {"right": share.right, "all": share.all, "share": share.value}


def _found(found: Found) -> dict[str, float | None]:
    return {"right": found.right, "key": found.key, "found": found.found, "f1": found.f1}


def as_lines(report: dict[str, Any]) -> Iterator[str]:
    yield f"{report['documents']} documents, {report['misses']} misses"
    yield ""
    yield f"{'':24} right   all  share"
    for name, row in report["shares"].items():
        yield f"{_NOTES.get(name, name):24} {row['right']:5} {row['all']:5}  {_percent(row['share'])}"
    yield ""
    yield f"{'':24} right   key found  F1"
    for name, row in report["found"].items():
        yield f"{name:24} {row['right']:5} {row['key']:5} {row['found']:5}  {_percent(row['f1'])}"


def _percent(share: float | None) -> str:
    return "  –" if share is None else f"{share:.3f}"


if __name__ == "__main__":
    sys.exit(main())
