"""Old office formats brought to new ones by LibreOffice, where it is installed.

Each file gets a process and a profile of its own, so that files can be read side by side, nothing of one is left for
the next, and macros and links to outside files are off.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from indexer.errors import ReadError, ToolMissing
from indexer.read.limits import current

TIMEOUT_SECONDS = 120
"""A letter takes 1 second on two cores, 50 pages with drawings 3 seconds."""
_PROGRAMS = (
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.com"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
_FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "doc": "doc:MS Word 97",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "xls": "xls:MS Excel 97",
}


@cache
def program() -> Path | None:
    """Where LibreOffice is; None where it isn't installed."""
    named = shutil.which("soffice") or shutil.which("libreoffice")
    return Path(named) if named else next((path for path in _PROGRAMS if path.is_file()), None)


def converted(content: bytes, path: Path, source: str, target: str) -> bytes:
    """A file of format `source` as one of format `target` (suffixes without their dot).

    Raises ReadError where LibreOffice is missing, can't read the file or takes too long.
    """
    office = program()
    if office is None:
        raise missing(path, source, target)
    with tempfile.TemporaryDirectory(prefix="read-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        written = work / f"in.{source}"
        written.write_bytes(content)
        _set_up(work / "profile")
        _run(_command(office, work, written, target), path)
        made = work / "out" / f"in.{target}"
        if not made.is_file():
            raise ReadError(f"{path.name}: LibreOffice can't read this file; it may be damaged. Ask for it again.")
        return made.read_bytes()


def missing(path: Path, source: str, target: str) -> ToolMissing:
    """The error of a file that only LibreOffice reads."""
    return ToolMissing(
        f"{path.name}: a .{source} file needs LibreOffice, which is not installed. Install it (docs/windows.md, or "
        f"apt-get install libreoffice-writer-nogui libreoffice-calc-nogui), or save the file as .{target}."
    )


def _set_up(profile: Path) -> None:
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")


def _command(office: Path, work: Path, written: Path, target: str) -> list[str]:
    profile = (work / "profile").as_uri()
    options = ["--headless", "--norestore", "--nolockcheck", "--convert-to", _FILTERS[target]]
    return [str(office), f"-env:UserInstallation={profile}", *options, "--outdir", str(work / "out"), str(written)]


def _run(command: list[str], path: Path) -> None:
    """The program starts others, so all of them are ended when its time is over, before that of the reader is."""
    quiet = subprocess.DEVNULL
    seconds = min(TIMEOUT_SECONDS, max(current().seconds - 2, 1))
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            f"{path.name}: LibreOffice took over {seconds} seconds. Save the file as .docx and put that in."
        ) from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    if os.name == "nt":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
