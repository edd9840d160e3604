"""Opening what an operator sends: a text file, a spreadsheet, or a zip that holds one of them.

Nothing is unpacked to disk. What an archive claims about itself is not believed: bytes are counted as they come.
"""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from copy import copy
from functools import partial
from itertools import chain
from typing import IO, NamedTuple

MOST_MEMBERS = 40
MOST_BYTES = 400 * 1024 * 1024  # of one member, unpacked; the largest official part is a quarter of it
MOST_SHEET_BYTES = 300 * 1024 * 1024  # of a spreadsheet with all its parts
MOST_RATIO = 400  # unpacked to packed: official files stay below 30
MOST_LINE = 4096  # characters; a line longer than this is no line of these files
ZIP = b"PK\x03\x04"
_TEXT, _SHEETS = (".txt", ".csv"), (".xlsx",)
_ENCRYPTED = 0x1

Cells = list[str]


class Unfit(Exception):
    """The file cannot be an official table; the message says why, for the person who sent it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class Sheet(NamedTuple):
    """The rows of a file with the line each begins on. ``member``: its name within the archive, or its own."""

    member: str
    rows: Iterator[tuple[int, Cells]]


def open_sheet(file: IO[bytes], name: str) -> Sheet:
    """Raises Unfit, at once or while rows are read."""
    head = file.read(4)
    file.seek(0)
    if not head:
        raise Unfit("file_empty", "The file is empty.")
    if head != ZIP:
        return Sheet(name, _text_rows(file, name))
    archive = _archive(file)
    if "xl/workbook.xml" in archive.namelist():
        return Sheet(name, _guarded(_sheet_rows(file, archive)))
    member = _member(archive)
    if member.filename.lower().endswith(_SHEETS):
        with archive.open(member) as packed:
            inner = io.BytesIO(_Counted(packed, member.compress_size).read())
        return Sheet(member.filename, _guarded(_sheet_rows(inner, _archive(inner))))
    return Sheet(member.filename, _guarded(_member_rows(archive, member)))


def _archive(file: IO[bytes]) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        raise Unfit("archive_broken", "The archive is cut or broken; download it again.") from None
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise Unfit("archive_crowded", f"The archive holds {len(members)} files, an official one holds a few.")
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise Unfit("archive_locked", "The archive asks for a password; official ones do not.")
        if member.file_size > MOST_BYTES or member.file_size > MOST_RATIO * max(member.compress_size, 1024):
            raise Unfit("archive_bomb", "The archive would unpack to far more than an official file holds.")
    return archive


def _member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one table of the archive; the text is taken where it comes as a spreadsheet, too."""
    for endings in (_TEXT, _SHEETS):
        found = [
            member
            for member in archive.infolist()
            if member.filename.lower().endswith(endings) and not member.filename.startswith("__MACOSX")
        ]
        if len(found) == 1:
            return found[0]
        if found:
            raise Unfit("archive_several", "The archive holds several tables; send each of them by itself.")
    raise Unfit("archive_without_table", "The archive holds no .txt, .csv or .xlsx file.")


class _Counted(io.RawIOBase):
    """A member's bytes, counted against the limits while they are unpacked."""

    def __init__(self, source: IO[bytes], packed_size: int) -> None:
        self.source, self.left = source, min(MOST_BYTES, MOST_RATIO * max(packed_size, 1024))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        chunk = self.source.read(len(view))
        self.left -= len(chunk)
        if self.left < 0:
            raise Unfit("archive_bomb", "The archive unpacks to far more than an official file holds.")
        view[: len(chunk)] = chunk
        return len(chunk)


def _member_rows(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[tuple[int, Cells]]:
    with archive.open(member) as packed:
        counted = io.BufferedReader(_Counted(packed, member.compress_size), 1024 * 1024)
        yield from _text_rows(counted, member.filename)


def _guarded(rows: Iterator[tuple[int, Cells]]) -> Iterator[tuple[int, Cells]]:
    """What only shows while unpacking: a wrong checksum, a stream that ends too soon."""
    try:
        yield from rows
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise Unfit("archive_broken", "The archive is cut or broken; download it again.") from error


def _text_rows(file: IO[bytes], name: str) -> Iterator[tuple[int, Cells]]:
    """Latin-1, as CMS writes it: every byte is a character, so that one odd letter of a notice stops nothing."""
    text = io.TextIOWrapper(file, encoding="latin-1", newline="")
    lines = _lines(text)
    head = next(lines, "")
    if "\0" in head:
        raise Unfit("not_text", "This is neither a text file, a spreadsheet nor a zip.")
    if name.lower().endswith(".csv") or head.startswith('"'):
        yield from _csv_rows(chain([head], lines))
        return
    for number, line in enumerate(chain([head], lines), 1):
        yield number, line.rstrip("\r\n").split("\t")


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    for line in iter(partial(text.readline, MOST_LINE), ""):
        if len(line) == MOST_LINE:
            raise Unfit("line_too_long", "A line is far longer than any line of an official file.")
        yield line


def _csv_rows(lines: Iterable[str]) -> Iterator[tuple[int, Cells]]:
    reader = csv.reader(lines, strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise Unfit("csv_broken", f"The table cannot be read from line {begins} on: a quote is not closed.") from None


def _sheet_rows(file: IO[bytes], archive: zipfile.ZipFile) -> Iterator[tuple[int, Cells]]:
    from python_calamine import CalamineError, CalamineWorkbook  # here, so that only who reads a spreadsheet pays

    _weigh(archive)
    file.seek(0)
    try:
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
        for number, values in enumerate(sheet.iter_rows(), 1):
            yield number, [_cell(value) for value in values]
    except (CalamineError, ValueError, IndexError) as error:
        raise Unfit("sheet_broken", "The spreadsheet cannot be opened; download it again.") from error


def _weigh(archive: zipfile.ZipFile) -> None:
    """Unpack every part once and count: the library that reads spreadsheets takes them whole into memory."""
    left = MOST_SHEET_BYTES
    for member in archive.infolist():
        unbounded = copy(member)
        unbounded.file_size = 2 * MOST_BYTES  # read to the true end of the stream, whatever the archive says
        with archive.open(unbounded) as unpacked:
            while chunk := unpacked.read(1024 * 1024):
                left -= len(chunk)
                if left < 0:
                    raise Unfit("archive_bomb", "The spreadsheet would unpack to far more than an official one holds.")


def _cell(value: object) -> str:
    """A cell as the text file would hold it: codes and dates may come as numbers, dates as moments."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "strftime"):
        return str(value.strftime("%Y%m%d"))
    return str(value).strip()
