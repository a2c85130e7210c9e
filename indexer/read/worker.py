"""python -m indexer.read.worker LIMITS: reads files for another process, which may end this one at any time.

Asked by one line a file (its path as JSON), it answers with one frame: four bytes of length, then an Outcome as
MessagePack. What libraries print goes to the error stream. LIMITS are those of indexer/read/limits.py as JSON.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from indexer.errors import ReadError, ToolMissing
from indexer.read import read
from indexer.read.limits import MEGABYTE, Limits, within
from indexer.types import RawText

LENGTH_BYTES = 4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a file: its text, or why there is none; `retry` where the next build may succeed."""

    raw: RawText | None = None
    reason: str = ""
    retry: bool = False


def outcome(path: Path, limits: Limits) -> Outcome:
    """Reads a file. A defect that it brings out in a reader is a reason like any other."""
    try:
        with within(limits):
            return Outcome(read(path))
    except ReadError as error:
        return Outcome(reason=_named(str(error), path), retry=isinstance(error, ToolMissing))
    except MemoryError:
        return Outcome(reason=f"{path.name}: more than {limits.memory_megabytes} MB of memory needed. Split the file.")
    except Exception as error:  # Any defect of any reader or library costs this file alone.
        return Outcome(
            reason=f"{path.name}: could not be read ({type(error).__name__}: {error}). Report it with the file."
        )


def _named(reason: str, path: Path) -> str:
    return reason if reason.startswith(path.name) else f"{path.name}: {reason}"


def serve(asked: Iterable[bytes], answers: BinaryIO, limits: Limits) -> None:
    """Answers until there is no more to read."""
    for line in asked:
        answer = msgspec.msgpack.encode(outcome(Path(msgspec.json.decode(line, type=str)), limits))
        answers.write(len(answer).to_bytes(LENGTH_BYTES, "big") + answer)
        answers.flush()


def _limit_memory(megabytes: int) -> None:
    """Where the system can: Windows can't."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if most < 0 else min(wanted, most), most))


def main() -> None:
    limits = msgspec.json.decode(sys.argv[1], type=Limits)
    _limit_memory(limits.memory_megabytes)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers, limits)


if __name__ == "__main__":
    main()
