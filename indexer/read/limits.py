"""How much one file may cost. Readers that open pages or parts ask `current`; the process that reads sets it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import ReadError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """A scan takes 2 to 5 s a page, so 900 s are some 300 pages; a reader needs 150 MB, a large scan 500 MB."""

    megabytes: int = 256
    pages: int = 5000
    seconds: int = 900
    memory_megabytes: int = 4096


_LIMITS: ContextVar[Limits | None] = ContextVar("limits", default=None)


def current() -> Limits:
    """The limits of the file that is being read."""
    return _LIMITS.get() or Limits()


@contextmanager
def within(limits: Limits) -> Iterator[None]:
    token = _LIMITS.set(limits)
    try:
        yield
    finally:
        _LIMITS.reset(token)


def check_pages(count: int, path: Path) -> None:
    """Raises ReadError for a file of too many pages."""
    if count > current().pages:
        raise ReadError(f"{path.name}: {count} pages, more than the {current().pages} that are read. Split the file.")
