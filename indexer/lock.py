"""One writer at a time for an index directory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import IndexLocked, IndexProblem

_LOCK_SECONDS = 2.0


@contextmanager
def writing(index: Path) -> Iterator[None]:
    """Holds the index for one writer, making its folder where there is none.

    Raises IndexLocked with what the holder wrote about itself, IndexProblem where the folder can't be written.
    """
    lock, holder = FileLock(index / ".lock"), index / ".lock-holder"
    try:
        index.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=_LOCK_SECONDS)
    except Timeout as error:
        raise IndexLocked(f"{index}: {_who(holder)} is building this index. Wait until it has finished.") from error
    except OSError as error:
        reason = f"the index can't be written ({error.strerror}). Name a folder that you may write to."
        raise IndexProblem(f"{index}: {reason}") from error
    try:
        holder.write_text(f"process {os.getpid()}", encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _who(holder: Path) -> str:
    """What the holder of the lock wrote, which it may take away at any moment."""
    try:
        return holder.read_text(encoding="utf-8") or "another process"
    except OSError:
        return "another process"
