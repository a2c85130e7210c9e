"""Files packed as zip (.docx, .xlsx, .odt), opened only within limits: a small file can hold gigabytes of zeros."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from pathlib import Path

from indexer.errors import ReadError

MAX_ENTRIES = 10_000
MAX_EXPANDED_BYTES = 512 * 1024 * 1024
_ENCRYPTED = 0x1
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, NotImplementedError, OSError, struct.error,
)  # fmt: skip


def open_archive(content: bytes, path: Path) -> zipfile.ZipFile:
    """The archive, its declared sizes checked before anything is unpacked; zipfile never unpacks more than declared.

    Raises ReadError where it is damaged, too big or protected by a password.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _DAMAGE as error:
        raise ReadError(f"{path.name}: the file is damaged or cut off ({error}). Ask for it again.") from error
    entries = archive.infolist()
    expanded = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or expanded > MAX_EXPANDED_BYTES:
        raise ReadError(
            f"{path.name}: {len(entries)} packed parts of {expanded} bytes, more than the {MAX_ENTRIES} and "
            f"{MAX_EXPANDED_BYTES} that are unpacked. It may be a zip bomb; open it only if you know who sent it."
        )
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise ReadError(f"{path.name}: the file is protected by a password. Open it, remove the password and save it.")
    return archive


def names(content: bytes, path: Path) -> frozenset[str]:
    """The names of the packed parts."""
    with open_archive(content, path) as archive:
        return frozenset(archive.namelist())


def part(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    """One part unpacked; raises ReadError where it is damaged."""
    try:
        return archive.read(name)
    except (*_DAMAGE, KeyError) as error:
        raise ReadError(f"{path.name}: its part {name} is damaged ({error}). Ask for it again.") from error
