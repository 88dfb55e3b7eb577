"""Show a result and the expected one side by side, with the first element that differs marked."""

from __future__ import annotations

import math
import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    Span = tuple[int, int]

CLOSE: Final = 1e-4
"""Relative difference up to which two numbers count as equal: rounding may cause it."""
TOKEN: Final = re.compile(r"([^\s,()\[\]{}]+)")
MATRIX: Final = re.compile(r"[\w.]+\(\[\[")
GAP: Final = 3


def first_difference(got: str, expected: str) -> tuple[Span, Span]:
    """Return start and end of the first element that differs, in each of two texts.

    Numbers that differ only by rounding are skipped, unless nothing else differs. If one text only continues
    the other, both spans are empty.
    """
    pairs = [*zip(TOKEN.finditer(got), TOKEN.finditer(expected), strict=False)]
    for differ in (_differ, lambda one, other: one != other):
        for one, other in pairs:
            if differ(one[0], other[0]):
                return one.span(), other.span()
    return (0, 0), (0, 0)


def in_rows(text: str) -> str:
    """Return the literal of a matrix with one line for each row; any other text unchanged."""
    if not MATRIX.match(text):
        return text
    start, depth, made = text.index("["), 0, ""
    for position, character in enumerate(text):
        depth += (character == "[") - (character == "]")
        between_rows = character == " " and text[position - 1] == "," and text[position + 1] == "["
        made += "\n" + " " * (start + depth) if between_rows else character
    return made


def columns(sides: tuple[tuple[str, str], tuple[str, str]], width: int, indent: int) -> list[str]:
    """Return the lines of two labelled texts, side by side if they fit, with the difference marked below.

    Args:
        sides: label and text of the result, then of the expected one.
        width: of the screen, in characters.
        indent: column at which the texts begin.

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
    """Return the lines of a text, with carets below the marked span if its line is at most `room` wide."""
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
