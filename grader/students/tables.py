"""Read a table that a spreadsheet or another system wrote: whatever its encoding and its separator are."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SEPARATORS: Final = (",", ";", "\t", "|")
BYTE_ORDER_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""What the files of spreadsheets begin with."""
BEGINNING: Final = 4_000
"""Bytes that tell an encoding, an even number."""


class NotATable(ValueError):
    """The bytes are no table of text; the message says what they are, as a clause."""


class Encoding(NamedTuple):
    """How a text is encoded: the byte order mark in front of it, which may be empty, and the codec."""

    mark: bytes
    codec: str


class Line(NamedTuple):
    """A row of a table: the number of the line that it begins in, from 1, and its cells."""

    number: int
    cells: list[str]


def text_of(data: bytes) -> str:
    """Return a table's text, in UTF-8, UTF-16 or cp1252. Raises `NotATable`."""
    return decoded(data)[0]


def decoded(data: bytes) -> tuple[str, Encoding]:
    """Return a table's text, and how it is encoded: in UTF-8, UTF-16 or cp1252. Raises `NotATable`."""
    if data.startswith(WORKBOOKS):
        raise NotATable("it is the workbook of a spreadsheet: save it as CSV")
    marks = [Encoding(mark, codec) for mark, codec in BYTE_ORDER_MARKS if data.startswith(mark)]
    for encoding in marks or [Encoding(b"", codec) for codec in ("utf-8", *_utf_16(data), "cp1252")]:
        try:
            text = data[len(encoding.mark) :].decode(encoding.codec)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding
    raise NotATable("it is no text: save it as CSV in UTF-8")


def lines(text: str, separator: str) -> Iterator[Line]:
    """Yield the rows that have more than separators in them, with spaces squeezed. Raises `NotATable`."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    start = 1
    try:
        for cells in reader:
            stripped = [" ".join(cell.split()) for cell in cells]
            if any(cell.strip(" ".join(SEPARATORS)) for cell in stripped):
                yield Line(start, stripped)
            start = reader.line_num + 1
    except csv.Error as error:
        raise NotATable(f"line {start} is no row of a table ({error})") from error


def separator_of(text: str, is_heading: Callable[[str], bool]) -> str:
    """Return the separator with which the first row has the most headings, and then the most cells."""

    def worth(separator: str) -> tuple[int, int]:
        first = next(lines(text, separator), Line(1, []))
        return sum(map(is_heading, first.cells)), len(first.cells)

    return max(SEPARATORS, key=worth)


def _utf_16(data: bytes) -> Sequence[str]:
    """Return the encoding of a text in UTF-16 without a mark, of which every second byte is mostly NUL."""
    beginning = data[:BEGINNING]
    even, odd = beginning[::2].count(0), beginning[1::2].count(0)
    if max(even, odd) * 4 < len(beginning):
        return ()
    return ("utf-16-le",) if odd > even else ("utf-16-be",)
