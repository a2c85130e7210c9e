"""A folder that re-indexes itself: waits until files have been quiet for a while, then builds."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import Event
from time import monotonic

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

QUIET_SECONDS = 2.0


class _Changes(FileSystemEventHandler):
    """Remembers when something last changed outside the ignored folder."""

    def __init__(self, ignored: Path | None) -> None:
        self.happened = Event()
        self.last = 0.0
        self._ignored = ignored.resolve() if ignored else None

    def on_any_event(self, event: FileSystemEvent) -> None:
        path = Path(os.fsdecode(event.src_path)).resolve()
        if event.event_type in ("opened", "closed_no_write") or self._ignored in (path, *path.parents):
            return
        self.last = monotonic()
        self.happened.set()


def watch(
    folders: list[Path],
    rebuild: Callable[[], None],
    stop: Event,
    quiet_seconds: float = QUIET_SECONDS,
    ignored: Path | None = None,
) -> None:
    """Calls `rebuild` after every burst of changes under `folders`, until `stop` is set. Returns then.

    Changes under `ignored` do not count: an index may lie within the folder that it is built from.
    """
    changes, observer = _Changes(ignored), Observer()
    for folder in folders:
        observer.schedule(changes, str(folder), recursive=True)
    observer.start()
    try:
        while not stop.wait(quiet_seconds / 4):
            if changes.happened.is_set() and monotonic() - changes.last >= quiet_seconds:
                changes.happened.clear()
                rebuild()
    finally:
        observer.stop()
        observer.join()
