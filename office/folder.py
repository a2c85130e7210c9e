"""The folder of documents that is indexed: what lies in it, what comes in, what is taken out. Nothing is overwritten
and nothing is deleted: what is taken out lies in a hidden folder, from which it can be put back.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from indexer.errors import BadInput, ReadError

# Hidden, so that the indexer leaves it out.
REMOVED = ".da-bo-ra"
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_LONGEST_NAME = 120


class Arrival(StrEnum):
    """NEW: put in. RENAMED: put in under another name, since the name was taken. SAME: held already, not put in."""

    NEW = "new"
    RENAMED = "renamed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of a file that came in: `file` is its name in the folder, for SAME that of the one held."""

    name: str
    file: str
    arrival: Arrival


@dataclass(frozen=True, slots=True)
class Removed:
    """A file that was taken out: its name before, when it was taken out, and where it lies now."""

    file: str
    at: datetime
    place: str


def original(corpus: Path, file: str, sha256: str) -> Path | None:
    """The file that a document was read from; None where it is gone, has changed or lies outside the folder."""
    path = (corpus / file).resolve()
    if not path.is_relative_to(corpus.resolve()) or not path.is_file():
        return None
    return path if digest(path) == sha256 else None


def digests(corpus: Path) -> dict[str, str]:
    """sha256 of every file of the folder that the indexer reads, by name, sorted; links and hidden files left out."""
    if not corpus.is_dir():
        return {}
    paths = (path for path in sorted(corpus.rglob("*")) if path.is_file() and not path.is_symlink())
    named = ((path.relative_to(corpus), path) for path in paths)
    return {
        unicodedata.normalize("NFC", relative.as_posix()): digest(path)
        for relative, path in named
        if relative.name.lower() != "readme.md" and not any(part.startswith((".", "~$")) for part in relative.parts)
    }


def digest(path: Path) -> str:
    """sha256 of a file; read again only when its size or time has changed."""
    state = path.stat()
    return _digest(path, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=1 << 14)
def _digest(path: Path, size: int, changed: int) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def take_in(corpus: Path, name: str, content: bytes) -> Arrived:
    """Puts a file into the folder. Raises BadInput for a name without letters, ReadError where it can't be written."""
    safe = safe_name(name)
    held = {known: file for file, known in digests(corpus).items()}
    if (same := held.get(hashlib.sha256(content).hexdigest())) is not None:
        return Arrived(name, same, Arrival.SAME)
    path = _free(corpus / safe)
    try:
        corpus.mkdir(parents=True, exist_ok=True)
        # Under a hidden name first: whoever watches the folder never sees half a file.
        staged = path.with_name(f".{path.name}.new")
        staged.write_bytes(content)
        staged.rename(path)
    except OSError as error:
        raise ReadError(f"{path}: can't be written ({error.strerror}). Check the folder and the room left.") from error
    return Arrived(name, path.name, Arrival.NEW if path.name == safe else Arrival.RENAMED)


def safe_name(name: str) -> str:
    """The last part of a name without what a file system refuses or hides; its ending stays.

    >>> safe_name("../../Kế hoạch 5: tháng 3.docx"), safe_name(".env")
    ('Kế hoạch 5 tháng 3.docx', 'env')
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = " ".join(_NOT_IN_NAMES.sub(" ", last).split()).lstrip(".~$ ")
    stem, dot, ending = plain.rpartition(".")
    short = f"{stem[:_LONGEST_NAME].strip()}{dot}{ending}" if dot else plain[:_LONGEST_NAME].strip()
    if not any(map(str.isalnum, short)):
        raise BadInput(f"{name!r}: a file needs a name with letters or digits. Rename it.")
    return short


def _free(path: Path) -> Path:
    """The path itself where nothing lies there, else the first free one with a number."""
    candidates = (path.with_name(f"{path.stem} ({n}){path.suffix}") for n in range(2, 10_000))
    return path if not path.exists() else next(free for free in candidates if not free.exists())


def remove(corpus: Path, file: str, at: datetime) -> Removed:
    """Takes a file out of the folder. Raises BadInput for one that is not in it."""
    path = (corpus / file).resolve()
    if not path.is_relative_to(corpus.resolve()) or not path.is_file():
        raise BadInput(f"{file}: there is no such file in the folder. Look at the list again.")
    place = corpus / REMOVED / f"{at:%Y%m%dT%H%M%S}" / file
    place.parent.mkdir(parents=True, exist_ok=True)
    path.rename(_free(place))
    return Removed(file, at, place.relative_to(corpus).as_posix())


def removed(corpus: Path) -> list[Removed]:
    """What was taken out, the last first."""
    found = []
    for path in sorted((corpus / REMOVED).rglob("*"), reverse=True):
        folder, *parts = path.relative_to(corpus / REMOVED).parts
        if path.is_file() and parts:
            at = datetime.strptime(folder, "%Y%m%dT%H%M%S")
            found.append(Removed("/".join(parts), at, path.relative_to(corpus).as_posix()))
    return found


def put_back(corpus: Path, gone: Removed) -> str:
    """The name under which a file that was taken out lies in the folder again."""
    path = _free(corpus / gone.file)
    path.parent.mkdir(parents=True, exist_ok=True)
    (corpus / gone.place).rename(path)
    return path.relative_to(corpus).as_posix()


def same_content(known: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Names of files that hold the very same bytes, given the digest of each."""
    groups: dict[str, list[str]] = {}
    for file, sha256 in known.items():
        groups.setdefault(sha256, []).append(file)
    return [tuple(files) for files in groups.values() if len(files) > 1]
