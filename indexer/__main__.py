"""python -m indexer build|watch|inspect|verify"""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import suppress
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path
from threading import Event

from tqdm import tqdm

from indexer.build import BuildReport, build
from indexer.errors import BadInput, ProjectError
from indexer.inspect import as_text, inspect
from indexer.read.limits import Limits
from indexer.store import live_generation, verify
from indexer.watch import watch

_LIMIT_OPTIONS = {
    "megabytes": "size of a file",
    "pages": "pages of a file",
    "seconds": "time to read a file in; a scan takes 2 to 5 a page",
    "memory_megabytes": "memory to read a file in, not on Windows",
}


def main(argv: list[str] | None = None) -> int:
    """0 done, 1 not done (or some files left out), 2 wrong use. Results on stdout, messages on stderr."""
    _speak_utf8()
    options = _parser().parse_args(argv)
    try:
        return int(options.run(options))
    except ProjectError as error:
        print(error, file=sys.stderr)
        return 2 if isinstance(error, BadInput) else 1


def _speak_utf8() -> None:
    """Vietnamese on every console; Windows would choose a code page that lacks it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    about = "Index documents, and look at what was understood."
    parser = argparse.ArgumentParser(prog="python -m indexer", description=about)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    building = (("build", _build, "index folders of documents"), ("watch", _watch, "keep an index up to date"))
    for name, run, words in building:
        command = commands.add_parser(name, help=words)
        command.add_argument("corpus", nargs="+", type=Path, help="folders or files")
        command.add_argument("--index", required=True, help="index directory")
        command.add_argument(
            "--model", help="folder or name of a sentence-transformers model; default: the embedded one"
        )
        command.add_argument("--json", action="store_true", help="print the report as JSON")
        _add_limits(command)
        command.add_argument("--skip-unreadable", action="store_true", help="exit 0 although files were left out")
        command.set_defaults(run=run)
    command = commands.add_parser("inspect", help="show what is read and understood of a file")
    command.add_argument("file", type=Path)
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=_inspect)
    command = commands.add_parser("verify", help="check an index against its manifest")
    command.add_argument("--index", required=True, help="index directory")
    command.set_defaults(run=_verify)
    return parser


def _add_limits(command: argparse.ArgumentParser) -> None:
    """How many files are read at one time, and how much each may cost."""
    command.add_argument("--jobs", type=_positive, metavar="N", help="files read at one time; default: one a processor")
    for option, words in _LIMIT_OPTIONS.items():
        default = getattr(Limits(), option)
        name = f"--{option.replace('_', '-')}-per-file"
        command.add_argument(
            name, dest=option, type=_positive, metavar="N", default=default, help=f"{words}; {default}"
        )


def _positive(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"{written!r} is no number above 0")
    return int(written)


def _index_path(named: str) -> Path:
    if named.startswith("milvus:"):
        raise BadInput(f"{named}: this version keeps its index in a folder. Name a folder.")
    return Path(named)


def _build(options: argparse.Namespace) -> int:
    limits = Limits(**{option: getattr(options, option) for option in _LIMIT_OPTIONS})
    with _Bar() as bar:
        report = build(
            options.corpus, _index_path(options.index), options.model, progress=bar, limits=limits, jobs=options.jobs
        )
    _print_report(report, options)
    return 1 if report.failures and not options.skip_unreadable else 0


def _watch(options: argparse.Namespace) -> int:
    _rebuild(options)
    print("watching; Ctrl+C ends it", file=sys.stderr)
    with suppress(KeyboardInterrupt):
        watch(options.corpus, lambda: _rebuild(options), Event(), ignored=_index_path(options.index))
    return 0


def _rebuild(options: argparse.Namespace) -> None:
    """A build whose failure does not end the watching: the folder may be empty, or another build at work."""
    try:
        _build(options)
    except BadInput:
        raise
    except ProjectError as error:
        print(error, file=sys.stderr)


class _Bar:
    """Files done, rate and time left, on stderr; nothing where that is no terminal."""

    def __init__(self) -> None:
        self._bar = tqdm(unit=" files", disable=None, dynamic_ncols=True, leave=False)

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.close()

    def __call__(self, done: int, total: int, file: str) -> None:
        self._bar.total = total
        self._bar.set_postfix_str(file[-40:], refresh=False)
        self._bar.update(done - self._bar.n)


def _print_report(report: BuildReport, options: argparse.Namespace) -> None:
    for failure in report.failures:
        print(f"not read: {failure.reason}", file=sys.stderr)
    for warning in report.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    for group in report.copies:
        said = "nearly the same text" if group.near else "the same content"
        print(f"{said}: {', '.join(group.files)}", file=sys.stderr)
    if options.json:
        print(json.dumps(asdict(report), ensure_ascii=False))
        return
    state = "" if report.changed else " (nothing changed)"
    print(
        f"{options.index}: {report.documents} documents, {report.passages} passages; {report.read} files read, "
        f"{report.reused} unchanged, {report.removed} gone, {len(report.failures)} not readable{state}"
    )


def _inspect(options: argparse.Namespace) -> int:
    found = inspect(options.file)
    print(json.dumps(found, ensure_ascii=False) if options.json else "\n".join(as_text(found)))
    return 0


def _verify(options: argparse.Namespace) -> int:
    manifest = verify(live_generation(_index_path(options.index)))
    counts = f"{manifest.documents} documents, {manifest.passages} passages"
    print(f"{options.index}: sound, {counts}, model {manifest.embedder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
