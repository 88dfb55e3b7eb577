"""Numbers in the tables of other systems: which decimal mark they have, and how ours are written."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from grader.exchange.errors import ExchangeError

if TYPE_CHECKING:
    from collections.abc import Iterable

STEP: Final = Fraction(1, 100)
"""What is written is rounded to this, halves upwards."""
NUMBER: Final = re.compile(r"\d[\d.,]*")
ENDING: Final = re.compile(r"\d[\d.,]*([.,])(\d+)")
THOUSAND: Final = 3
"""Digits after a mark that may separate thousands."""


def decimal_mark(cells: Iterable[str], separator: str, name: str) -> str:
    """Return the decimal mark of a table: that of its numbers, else the one that goes with its separator.

    Args:
        cells: cells that may be numbers.
        separator: what separates cells.
        name: the file's name, for messages.

    Raises:
        ExchangeError: some numbers have a point, and others a comma.
    """
    marks = {mark for cell in cells if (mark := _mark_in(cell.strip()))}
    if len(marks) > 1:
        raise ExchangeError(
            f"{name} has numbers with a decimal point and others with a decimal comma, so that it can't be "
            "told what its numbers are. Download it again, and don't open it in a spreadsheet."
        )
    return marks.pop() if marks else "," if separator == ";" else "."


def number_in(text: str, mark: str) -> Fraction | None:
    """Return the number that a cell is; None if it is none."""
    stripped = text.strip()
    if not NUMBER.fullmatch(stripped):
        return None
    plain = stripped.replace("," if mark == "." else ".", "")
    try:
        return Fraction(plain.replace(mark, ".").rstrip("."))
    except ValueError:
        return None


def written(value: Fraction, mark: str) -> str:
    """Return a number of at most two decimals as text: "8", "7.5", "7,25"."""
    hundreds = int(value / STEP)
    whole, rest = divmod(hundreds, int(1 / STEP))
    decimals = f"{rest:02}".rstrip("0")
    return f"{whole}{mark}{decimals}" if decimals else str(whole)


def rounded(value: Fraction) -> Fraction:
    """Return a number rounded to two decimals, halves upwards."""
    return math.floor(value / STEP + Fraction(1, 2)) * STEP


def _mark_in(text: str) -> str:
    """Return the decimal mark of a number; "" if it is none, or none can be told."""
    found = ENDING.fullmatch(text)
    if found is None:
        return ""
    mark, decimals = found[1], found[2]
    other = "," if mark == "." else "."
    if other in text:
        return mark
    return "" if len(decimals) == THOUSAND or text.count(mark) > 1 else mark
