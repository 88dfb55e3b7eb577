"""What came back and what was expected, side by side, with the first element that differs marked."""

from __future__ import annotations

import math
import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    Span = tuple[int, int]

CLOSE: Final = 1e-4
"""Two numbers that are shown may differ so much, relatively, without being what is wrong."""
TOKEN: Final = re.compile(r"([^\s,()\[\]{}]+)")
MATRIX: Final = re.compile(r"[\w.]+\(\[\[")
GAP: Final = 3


def first_difference(got: str, expected: str) -> tuple[Span, Span]:
    """Return where the first element that differs begins and ends in each of two texts.

    Numbers that rounding may have moved are passed over, unless nothing else differs. Where one text is only
    longer than the other, nothing is marked.
    """
    pairs = [*zip(TOKEN.finditer(got), TOKEN.finditer(expected), strict=False)]
    for differ in (_differ, lambda one, other: one != other):
        for one, other in pairs:
            if differ(one[0], other[0]):
                return one.span(), other.span()
    return (0, 0), (0, 0)


def in_rows(text: str) -> str:
    """Return the literal of a matrix with a line for each of its rows; any other text as it is."""
    if not MATRIX.match(text):
        return text
    start, depth, made = text.index("["), 0, ""
    for position, character in enumerate(text):
        depth += (character == "[") - (character == "]")
        between_rows = character == " " and text[position - 1] == "," and text[position + 1] == "["
        made += "\n" + " " * (start + depth) if between_rows else character
    return made


def columns(sides: tuple[tuple[str, str], tuple[str, str]], width: int, indent: int) -> list[str]:
    """Return the lines of two labelled texts, beside each other where that fits, with marks below.

    Args:
        sides: label and text of what came back, then of what was expected.
        width: of the screen, in characters.
        indent: at which the first text begins.

    """
    (_, got), (_, expected) = sides
    marks = first_difference(got, expected)
    blocks = []
    for (label, text), mark in zip(sides, marks, strict=True):
        head = f"{label}: ".ljust(indent)
        body = _underlined(text, mark, width - indent)
        blocks.append([(head if number == 0 else " " * indent) + line for number, line in enumerate(body)])
    left, right = blocks
    room = max(map(len, left)) + GAP
    if room + max(map(len, right)) <= width:
        return [f"{one:<{room}}{other}".rstrip() for one, other in zip_longest(left, right, fillvalue="")]
    return [line.rstrip() for line in (*left, *right)]


def _underlined(text: str, mark: Span, room: int) -> list[str]:
    """Return the lines of a text, with a line of carets below what is marked, if the screen has room."""
    lines: list[str] = []
    start, end = mark
    position = 0
    for line in text.splitlines():
        lines.append(line)
        if position <= start < end <= position + len(line) and len(line) <= room:
            lines.append(" " * (start - position) + "^" * (end - start))
        position += len(line) + 1
    return lines


def _differ(one: str, other: str) -> bool:
    try:
        return not math.isclose(float(one), float(other), rel_tol=CLOSE, abs_tol=CLOSE * CLOSE)
    except ValueError:
        return one != other
