"""python -m search duties | remind: the register of duties on the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from indexer.errors import BadInput
from office.database import Database, office_path
from office.status import DutyRecords
from search.engine import Engine
from search.exports import ExportFormat, export
from search.register import DutyFilter, Entry, Role, overdue, with_states
from search.reminder import Sender, as_docx, as_text, reminder

Opener = Callable[[argparse.Namespace], Engine]


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2024-12-31") from error


def add_duties(command: argparse.ArgumentParser) -> None:
    _add_filters(command)
    command.add_argument("--bearer", help="words of the name of who owes")
    command.add_argument("--recipient", help="words of the name of who is owed")
    command.add_argument("--document", metavar="NUMBER", help="number or file of the document that states it")
    command.add_argument(
        "--overdue", nargs="?", type=day, const=date.today(), metavar="DATE", help="due before DATE (today), not sent"
    )
    command.add_argument("--format", type=ExportFormat, choices=list(ExportFormat), default=ExportFormat.TABLE)


def add_remind(command: argparse.ArgumentParser) -> None:
    _add_filters(command)
    command.add_argument("--out", type=Path, required=True, help="the letter, .docx or .txt")
    command.add_argument("--issuer", help="who sends it, in full; the unit where not given")
    command.add_argument("--superior", help="the body above the issuer, for the head of the letter")
    command.add_argument("--place", help="where it is sent from")
    command.add_argument("--number", help="its number; left blank where not given")
    command.add_argument("--date", type=day, default=date.today(), help="its day, YYYY-MM-DD; today")
    command.add_argument("--authority", help="TM. BAN THƯỜNG VỤ, T/L BAN THƯỜNG VỤ …")
    command.add_argument("--office", dest="position", help="CHỦ TỊCH, CHÁNH VĂN PHÒNG …")
    command.add_argument("--signer", help="the name of who signs")


def _add_filters(command: argparse.ArgumentParser) -> None:
    command.add_argument("--unit", help="a body that owes, is owed or cooperates, by name or as one of a class")
    command.add_argument("--from", dest="start", type=day, help="first day, YYYY-MM-DD")
    command.add_argument("--to", dest="end", type=day, help="last day, YYYY-MM-DD")
    command.add_argument("--records", help="the file of the office's records; INDEX.office.sqlite")


def run_duties(options: argparse.Namespace, open_engine: Opener) -> None:
    wanted = DutyFilter(options.unit, options.bearer, options.recipient, options.document, options.start, options.end)
    rows = _found(options, open_engine(options), wanted)
    sys.stdout.buffer.write(export(rows, options.format))
    if options.format in (ExportFormat.TABLE, ExportFormat.JSON):
        print()


def run_remind(options: argparse.Namespace, open_engine: Opener) -> None:
    """Reminds of what others owe the unit; without a unit, of all that is due."""
    if options.out.suffix.lower() not in (".docx", ".txt"):
        raise BadInput(f"{options.out}: a letter is written as .docx or .txt. Name such a file.")
    issuer = options.issuer or options.unit
    if not issuer:
        raise BadInput("A letter needs who sends it. Give --unit or --issuer.")
    wanted = DutyFilter(options.unit, start=options.start, end=options.end)
    rows = [row for row in _found(options, open_engine(options), wanted) if row.role in (None, Role.OWED)]
    sender = Sender(
        issuer, options.superior, options.place, options.number, options.authority, options.position, options.signer
    )
    letter = reminder([row for row in rows if row.dates], sender, options.date, options.start, options.end)
    written = as_docx(letter) if options.out.suffix.lower() == ".docx" else as_text(letter).encode("utf-8")
    try:
        options.out.write_bytes(written)
    except OSError as error:
        raise BadInput(
            f"{options.out}: can't be written ({error.strerror}). Name a file in a folder you may write to."
        ) from error
    print(f"{options.out}: {len(letter.rows)} nhiệm vụ, {len(letter.addressees)} nơi nhận")


def _found(options: argparse.Namespace, engine: Engine, wanted: DutyFilter) -> list[Entry]:
    """The rows with what the office's records say of them, where there are any."""
    late: date | None = getattr(options, "overdue", None)
    rows = engine.register.find(replace(wanted, end=late - timedelta(days=1)) if late and not wanted.end else wanted)
    path = office_path(options.index, options.records)
    if options.records or path.is_file():
        rows = with_states(rows, DutyRecords(Database(path)).states(row.names for row in rows))
    return overdue(rows, late) if late else rows
