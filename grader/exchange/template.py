"""A table that another system exported, read so that all of it can be written again byte for byte.

Cells are kept as they stand in the file, with their quotes; encoding, byte order mark, separator and line
ends are kept, too. Nothing is repaired: a file that isn't regular was changed by something else, and is
refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from grader.exchange.errors import ExchangeError
from grader.students.tables import NotATable, decoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from grader.students.tables import Encoding

MOST_BYTES: Final = 20_000_000
"""No class fills more."""
AGAIN: Final = "Download it again, and don't open it in a spreadsheet."
ENDS: Final = ("\r\n", "\n", "\r")
SCIENTIFIC: Final = re.compile(r"\d(?:[.,]\d+)?E\+\d+")
"""What a spreadsheet makes of a long number."""


@dataclass(frozen=True)
class Record:
    """A row of a table.

    Args:
        line: the line that it begins in, from 1.
        cells: the cells as they stand in the file, with quotes.
        end: the end of the line; "" at the end of the file.
    """

    line: int
    cells: tuple[str, ...]
    end: str

    @cached_property
    def values(self) -> tuple[str, ...]:
        """What the cells say."""
        return tuple(map(value_of, self.cells))

    @property
    def is_blank(self) -> bool:
        """Whether nothing is in it."""
        return not any(value.strip() for value in self.values)

    def changed(self, column: int, text: str, separator: str) -> Record:
        """Return this with another text in a cell, which is quoted if the old one was, or if it has to be."""
        quotes = self.cells[column].startswith('"') or separator in text
        cell = f'"{text}"' if quotes else text
        return replace(self, cells=(*self.cells[:column], cell, *self.cells[column + 1 :]))


@dataclass(frozen=True)
class Template:
    """A table that a system exported.

    Args:
        name: the file's name, for messages.
        encoding: how it is encoded.
        separator: what separates cells.
        records: its rows; the first one has the titles of the columns.
    """

    name: str
    encoding: Encoding
    separator: str
    records: tuple[Record, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the columns."""
        return self.records[0].values

    def written(self, records: Iterable[Record], columns: Sequence[int] | None = None) -> bytes:
        """Return the bytes of some rows, of all columns or some."""
        kept = list(records)
        ends = [record.end or self.records[0].end or "\n" for record in kept[:-1]] + [kept[-1].end]
        lines = []
        for record, end in zip(kept, ends, strict=True):
            is_whole = columns is None or len(record.cells) == 1
            cells = record.cells if is_whole or columns is None else [record.cells[one] for one in columns]
            lines.append(self.separator.join(cells) + end)
        return self.encoding.mark + "".join(lines).encode(self.encoding.codec)


def read(path: Path, separators: str) -> Template:
    """Return the table in a file. Raises `ExchangeError`.

    Args:
        path: the file.
        separators: what may separate its cells.

    """
    name = str(path)
    try:
        if path.is_dir():
            raise ExchangeError(f"{name} is a folder: name the file that the system exported.")
        if path.stat().st_size > MOST_BYTES:
            raise ExchangeError(
                f"{name} has more than {MOST_BYTES // 1_000_000} MB: it is no table of marks."
            )
        data = path.read_bytes()
    except OSError as error:
        raise ExchangeError(f"{name} can't be read: {error.strerror}.") from error
    if not data.strip():
        raise ExchangeError(f"{name} is empty: download it again.")
    return parsed(data, name, separators)


def parsed(data: bytes, name: str, separators: str) -> Template:
    """Return the table that bytes are. Raises `ExchangeError`."""
    try:
        text, encoding = decoded(data)
    except NotATable as error:
        raise ExchangeError(f"{name} is no table: {error}.") from error
    first = text.splitlines()[0] if text.splitlines() else ""
    separator = max(separators, key=first.count)
    records = tuple(_records(text, name, separator))
    width = len(records[0].cells)
    for record in records:
        if len(record.cells) not in {width, 1} or (len(record.cells) == 1 != width and not record.is_blank):
            raise ExchangeError(
                f"{name}, line {record.line}: it has {len(record.cells)} cells, and there are {width} "
                f"columns. {AGAIN}"
            )
    return Template(name, encoding, separator, records)


def value_of(cell: str) -> str:
    """Return what a cell says."""
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


def require_unchanged(template: Template, columns: Sequence[int]) -> None:
    """Raise `ExchangeError` if a spreadsheet made numbers of ids.

    Args:
        template: the table.
        columns: the columns with ids.

    """
    for record in template.records[1:]:
        for column in columns:
            if column < len(record.values) and SCIENTIFIC.fullmatch(record.values[column].strip()):
                raise ExchangeError(
                    f"{template.name}, line {record.line}: a spreadsheet made the number "
                    f"{record.values[column]} of an id. {AGAIN}"
                )


def _records(text: str, name: str, separator: str) -> Iterator[Record]:
    """Yield the rows of a text. Raises `ExchangeError`."""
    plain = re.compile(rf'[^{re.escape(separator)}"\r\n]*')
    place, line = 0, 1
    while place < len(text):
        cells: list[str] = []
        start = line
        while True:
            if text.startswith('"', place):
                cell = text[place : _end_of_quotes(text, place)]
            else:
                found = plain.match(text, place)
                cell = found[0] if found else ""
            place += len(cell)
            line += cell.count("\n")
            cells.append(cell)
            if not text.startswith(separator, place):
                break
            place += len(separator)
        end = next((one for one in ENDS if text.startswith(one, place)), "")
        if not end and place < len(text):
            raise ExchangeError(f"{name}, line {line}: there is a quotation mark where none can be. {AGAIN}")
        place += len(end)
        line += 1
        yield Record(start, tuple(cells), end)


def _end_of_quotes(text: str, start: int) -> int:
    """Return where a cell in quotes ends; where it begins, if it has no end."""
    end = text.find('"', start + 1)
    while end >= 0 and text.startswith('"', end + 1):
        end = text.find('"', end + 2)
    return end + 1 if end >= 0 else start
