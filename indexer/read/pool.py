"""Files read side by side, each in a process of its own kind: one that hangs, crashes or eats memory is ended alone.

Small plain texts are read here, without a process. A worker (indexer/read/worker.py) is a program of its own and no
fork, so that it works alike from the app, from threads and on Windows; it is kept for the next file, and replaced
once it had to be ended.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Timer

import msgspec

import indexer
from indexer.errors import ReadError
from indexer.read.limits import MEGABYTE, Limits
from indexer.read.sniff import Kind, sniff
from indexer.read.worker import LENGTH_BYTES, Outcome, outcome

_LIGHT_BYTES = MEGABYTE
_HEAD_BYTES = 8192
_AHEAD = 4
"""Files begun before they are asked for, for each worker; their texts wait in memory."""
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_all(paths: Sequence[Path], limits: Limits, jobs: int) -> Generator[Outcome, None, None]:
    """What came of each file, in order; at most `jobs` are read at one time."""
    workers, threads = _Workers(limits), ThreadPoolExecutor(jobs)
    begun: deque[Outcome | Future[Outcome]] = deque()
    try:
        for path in paths:
            begun.append(outcome(path, limits) if _is_light(path) else threads.submit(workers.read, path))
            if len(begun) > _AHEAD * jobs:
                yield _result(begun.popleft())
        while begun:
            yield _result(begun.popleft())
    finally:
        # Whoever stops asking, by an error or by Ctrl+C, waits for no file that is still being read.
        threads.shutdown(wait=False, cancel_futures=True)
        workers.end_all()


def _result(begun: Outcome | Future[Outcome]) -> Outcome:
    return begun.result() if isinstance(begun, Future) else begun


def _is_light(path: Path) -> bool:
    """Whether a file is a small plain text, which no reader can choke on, or can't be opened at all."""
    try:
        if path.stat().st_size > _LIGHT_BYTES:
            return False
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
        return not head.startswith(_BINARY) and sniff(head, path) is Kind.TEXT
    except (OSError, ReadError):
        return True


class _Workers:
    """Workers that wait for a file, and new ones when all are busy."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._started: list[_Worker] = []
        self._idle: SimpleQueue[_Worker] = SimpleQueue()

    def read(self, path: Path) -> Outcome:
        worker = self._waiting() or self._new()
        found = worker.read(path)
        if worker.lives:
            self._idle.put(worker)
        return found

    def _waiting(self) -> _Worker | None:
        try:
            return self._idle.get_nowait()
        except Empty:
            return None

    def _new(self) -> _Worker:
        worker = _Worker(self._limits)
        self._started.append(worker)
        return worker

    def end_all(self) -> None:
        for worker in self._started:
            worker.end()


class _Worker:
    """One process that reads files, one after the other."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        home = Path(indexer.__file__).parents[1]
        search = os.pathsep.join(filter(None, (str(home), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "indexer.read.worker", msgspec.json.encode(limits).decode()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": search},
            start_new_session=True,
        )
        self._late = False

    @property
    def lives(self) -> bool:
        return self._process.poll() is None

    def read(self, path: Path) -> Outcome:
        """The outcome; where the process ends instead, or is too slow and is ended, that is the reason."""
        timer = Timer(self._limits.seconds, self._end_late)
        timer.start()
        try:
            answer = self._ask(path)
        finally:
            timer.cancel()
        if answer is not None:
            return msgspec.msgpack.decode(answer, type=Outcome)
        self.end()
        if self._late:
            said = f"not read within {self._limits.seconds} s. Split the file, or allow more (--seconds-per-file N)."
        else:
            said = f"the reader ended without a word (exit code {self._process.returncode}). Save the file anew."
        return Outcome(reason=f"{path.name}: {said}")

    def _ask(self, path: Path) -> bytes | None:
        """The frame that answers; None where the process ends before."""
        asked, answers = self._process.stdin, self._process.stdout
        if asked is None or answers is None:
            return None
        with suppress(OSError):
            asked.write(msgspec.json.encode(os.fspath(path)) + b"\n")
            asked.flush()
            length = answers.read(LENGTH_BYTES)
            answer = answers.read(int.from_bytes(length, "big"))
            return answer if length and len(answer) == int.from_bytes(length, "big") else None
        return None

    def _end_late(self) -> None:
        self._late = True
        self.end()

    def end(self) -> None:
        """Ends the process and the programs that it has started."""
        if os.name == "nt":
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(self._process.pid)], capture_output=True, check=False)
        else:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
