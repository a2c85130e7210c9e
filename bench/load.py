"""Many people at once: the real app, asked over its own web socket as browsers ask it.

python bench/load.py --index index [--people 50] [--questions 1000]

Each person keeps one connection and asks one question after the other, without a pause. Printed: errors, the seconds
from asking to the finished page (median, 95th of 100), and how far the memory of the app grew after the first question
of each.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode
from urllib.request import urlopen

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).parents[1]
PATIENCE_SECONDS = 120.0
ANSWER_MARKS = ('class="answer"', 'class="notice quiet"')


def main() -> int:
    options = _options()
    questions = [json.loads(line)["question"] for line in options.gold.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        process = _started(options.index, options.port, log, Path(folder))
        try:
            report = asyncio.run(_measured(process.pid, questions, options))
        finally:
            process.terminate()
            process.wait(timeout=20)
    print(json.dumps(report, indent=1))
    return 1 if report["errors"] else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument(
        "--gold", type=Path, default=ROOT / "eval" / "gold" / "dev.jsonl", help="where questions come from"
    )
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--questions", type=int, default=1000, help="of all people together")
    parser.add_argument(
        "--pause", type=float, default=0.0, help="seconds that a person reads an answer, on the average"
    )
    parser.add_argument("--port", type=int, default=8655)
    return parser.parse_args()


def _started(index: Path, port: int, log: Path, folder: Path) -> subprocess.Popen[bytes]:
    with socket.socket() as probe:
        if probe.connect_ex(("localhost", port)) == 0:
            raise SystemExit(f"port {port}: another program answers there. Name a free one: --port {port + 1}")
    settings = os.environ | {"INDEX": str(index.resolve()), "OFFICE": str(folder / "office.sqlite")}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=output, stderr=subprocess.STDOUT)
    for _ in range(300):
        try:
            with urlopen(f"http://localhost:{port}/_stcore/health", timeout=1):
                return process
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"the app did not start:\n{log.read_text(encoding='utf-8')}")


async def _measured(pid: int, questions: list[str], options: argparse.Namespace) -> dict[str, float]:
    """Everybody asks once first, so that what is loaded with the first question does not count as growth."""
    address = f"ws://localhost:{options.port}/_stcore/stream"
    people = [_Person(address, random.Random(number), questions) for number in range(options.people)]
    await asyncio.gather(*(person.come() for person in people))
    before = _resident_bytes(pid)
    started, busy = time.perf_counter(), _cpu_seconds(pid)
    each = options.questions // options.people
    await asyncio.gather(*(person.ask(each, options.pause) for person in people))
    took = time.perf_counter() - started
    seconds = [one for person in people for one in person.seconds]
    cuts = quantiles(seconds, n=100, method="inclusive")
    grown = (_resident_bytes(pid) - before) / 2**20
    await asyncio.gather(*(person.leave() for person in people))
    return {
        "people": options.people,
        "questions": len(seconds),
        "errors": sum(person.errors for person in people),
        "answers_a_second": round(len(seconds) / took, 2),
        "cpu_seconds_per_answer": round((_cpu_seconds(pid) - busy) / len(seconds), 4),
        "seconds_p50": round(cuts[49], 3),
        "seconds_p95": round(cuts[94], 3),
        "grown_mib": round(grown, 1),
        "resident_mib": round(_resident_bytes(pid) / 2**20, 1),
    }


class _Person:
    """One browser: a connection, and the questions it asks."""

    def __init__(self, address: str, dice: random.Random, questions: list[str]) -> None:
        self._address, self._dice, self._questions = address, dice, questions
        self.seconds: list[float] = []
        self.errors = 0

    async def come(self) -> None:
        self._socket = await websockets.connect(self._address, subprotocols=["streamlit"], max_size=None)
        await self._ask_once()

    async def ask(self, times: int, pause: float) -> None:
        for _ in range(times):
            await asyncio.sleep(self._dice.uniform(0, 2 * pause))
            started = time.perf_counter()
            answered = await self._ask_once()
            self.seconds.append(time.perf_counter() - started)
            self.errors += not answered

    async def leave(self) -> None:
        await self._socket.close()

    async def _ask_once(self) -> bool:
        """Whether the page came with an answer or a plain refusal."""
        message = BackMsg()
        message.rerun_script.query_string = urlencode({"q": self._dice.choice(self._questions)})
        await self._socket.send(message.SerializeToString())
        return await asyncio.wait_for(self._finished(), PATIENCE_SECONDS)

    async def _finished(self) -> bool:
        answered = failed = False
        while True:
            raw = await self._socket.recv()
            if not isinstance(raw, bytes):
                continue
            message = ForwardMsg.FromString(raw)
            body = message.delta.new_element.html.body if message.HasField("delta") else ""
            answered = answered or any(mark in body for mark in ANSWER_MARKS)
            failed = failed or 'class="notice problem"' in body
            if message.HasField("script_finished"):
                return answered and not failed


def _resident_bytes(pid: int) -> int:
    """What a process holds in memory; Linux alone says it this way."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _cpu_seconds(pid: int) -> float:
    """What a process has computed so far, in user and kernel mode: it hardly depends on what else a machine does."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
