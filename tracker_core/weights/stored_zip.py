"""Where the entries of an uncompressed zip archive are in the file; torch writes its checkpoints like this. The
standard library makes an object for every entry that a directory claims, and lets entries overlap, so a small file can
ask for any amount of memory. Here the directory has bounds and entries may not overlap: together they are never larger
than the file.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from typing import IO, NamedTuple

START = b"PK\x03\x04"
MOST_ENTRIES = 20_000
MOST_DIRECTORY = 4_000_000  # bytes
MOST_COMMENT = 65_535
CHUNK = 1 << 20

_END = struct.Struct("<4s4H2IH")
_WIDE_PLACE = struct.Struct("<4sIQI")
_WIDE_END = struct.Struct("<4sQ2H2I4Q")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_LOCAL = struct.Struct("<4s5H3I2H")
_FULL = 0xFFFFFFFF  # a 32-bit field whose value is in the wide record


class ZipError(ValueError):
    """The archive is damaged or an entry is compressed; the text follows the file's name in a sentence."""


class Entry(NamedTuple):
    """``size`` bytes from ``start`` on. ``checksum`` is the CRC-32 of the uncompressed bytes."""

    start: int
    size: int
    checksum: int
    is_compressed: bool


def read_entries(file: IO[bytes]) -> dict[str, Entry]:
    """All entries by name.

    Raises:
        ZipError: if the archive is damaged, or has more entries than any model.
        OSError: if it cannot be read.
    """
    length = file.seek(0, 2)
    place, size = _directory(file, length)
    file.seek(place)
    directory = file.read(size)
    try:
        found = dict(_entries(directory))
        entries = {name: _located(file, entry) for name, entry in found.items()}
    except struct.error as error:
        raise ZipError("is damaged or cut short; fetch it again") from error
    last = 0
    for entry in sorted(entries.values()):
        if entry.start < last or entry.start + entry.size > place:
            raise ZipError("is damaged: parts of it overlap; fetch it again")
        last = entry.start + entry.size
    return entries


def read_entry(file: IO[bytes], entry: Entry) -> bytearray:
    """Read the bytes of an entry.

    Raises:
        ZipError: if they are damaged or compressed.
    """
    if entry.is_compressed:
        raise ZipError("is compressed, as torch never writes it")
    file.seek(entry.start)
    content = bytearray(entry.size)
    count = file.readinto(content)  # type: ignore[attr-defined]  # every binary file has it
    if count != entry.size or zlib.crc32(content) != entry.checksum:
        raise ZipError("is damaged or cut short; fetch it again")
    return content


def _directory(file: IO[bytes], length: int) -> tuple[int, int]:
    """Where the list of entries is, and how long it is."""
    tail_start = max(0, length - _END.size - MOST_COMMENT)
    file.seek(tail_start)
    tail = file.read(length - tail_start)
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < _END.size:
        raise ZipError("is damaged or cut short (its end is missing); fetch it again")
    _, _, _, _, count, size, place, _ = _END.unpack_from(tail, found)
    end = tail_start + found
    if _FULL in (size, place) or count == 0xFFFF:
        count, size, place, end = _wide(file, end)
    if count > MOST_ENTRIES or size > MOST_DIRECTORY:
        raise ZipError("has more parts than any model that Siamark knows")
    if place + size > end:
        raise ZipError("is damaged or cut short; fetch it again")
    return place, size


def _wide(file: IO[bytes], end: int) -> tuple[int, int, int, int]:
    """Where the list is and how long, from the record for files over 4 GB, which torch always writes."""
    damaged = ZipError("is damaged or cut short; fetch it again")
    if end < _WIDE_PLACE.size:
        raise damaged
    file.seek(end - _WIDE_PLACE.size)
    mark, _, place, _ = _WIDE_PLACE.unpack(file.read(_WIDE_PLACE.size))
    if mark != b"PK\x06\x07" or place + _WIDE_END.size > end:
        raise damaged
    file.seek(place)
    mark, *_, count, size, directory = _WIDE_END.unpack(file.read(_WIDE_END.size))
    if mark != b"PK\x06\x06":
        raise damaged
    return count, size, directory, place


def _entries(directory: bytes) -> Iterator[tuple[str, Entry]]:
    """The entries of the list; ``start`` is the position of the entry's own heading."""
    place, names = 0, set[str]()
    while place < len(directory):
        fields = _ENTRY.unpack_from(directory, place)
        mark, method, checksum, packed, size = fields[0], fields[4], fields[7], fields[8], fields[9]
        name_length, extra_length, comment_length, start = *fields[10:13], fields[-1]
        place += _ENTRY.size
        name = directory[place : place + name_length].decode("utf-8", "replace")
        extra = directory[place + name_length : place + name_length + extra_length]
        place += name_length + extra_length + comment_length
        if mark != b"PK\x01\x02" or place > len(directory) or name in names:
            raise ZipError("is damaged or cut short; fetch it again")
        names.add(name)
        size, packed, start = _widened(extra, size, packed, start)
        yield name, Entry(start, packed, checksum, method != 0 or size != packed)


def _widened(extra: bytes, *values: int) -> Iterator[int]:
    """Size, packed size and start; values that need 64 bits come from the extra field."""
    wide: list[int] = []
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, place)
        if kind == 1:
            content = extra[place + 4 : place + 4 + length]
            wide = [value for (value,) in struct.iter_unpack("<Q", content[: len(content) // 8 * 8])]
        place += 4 + length
    for value in values:
        if value == _FULL and not wide:
            raise ZipError("is damaged or cut short; fetch it again")
        yield wide.pop(0) if value == _FULL else value


def _located(file: IO[bytes], entry: Entry) -> Entry:
    """The same entry; ``start`` is the position of its bytes."""
    file.seek(entry.start)
    mark, *_, name_length, extra_length = _LOCAL.unpack(file.read(_LOCAL.size))
    if mark != START:
        raise ZipError("is damaged or cut short; fetch it again")
    return entry._replace(start=entry.start + _LOCAL.size + name_length + extra_length)


def one_folder(entries: Mapping[str, Entry], file_name: str) -> str | None:
    """The folder just below the root that holds a file of that name; None if there is none or several."""
    folders = [name.removesuffix(f"/{file_name}") for name in entries if name.endswith(f"/{file_name}")]
    folders = [folder for folder in folders if "/" not in folder]
    return folders[0] if len(folders) == 1 else None
