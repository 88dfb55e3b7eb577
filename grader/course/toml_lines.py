"""The line numbers of values in a TOML file: `tomllib` returns values without positions."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    Keys = Sequence[str | int]


def line_of(text: str, keys: Keys) -> int:
    """Return the line of a value in a document, as in `line_of(text, ["sections", 2, "deadline"])`.

    If there is no such value, return the line of the table that lacks it.

    A document that is cut off after any line is still valid, unless the cut splits a value; a list that was
    cut only needs a closing bracket. So the value is in the line after the longest valid beginning that lacks
    it.
    """
    lines = text.splitlines(keepends=True)
    before = 0
    for count in range(1, len(lines) + 1):
        beginning = _parsed("".join(lines[:count]))
        if beginning is not None and _has(beginning, keys):
            return before + 1
        before = before if beginning is None else count
    return line_of(text, keys[:-1]) if len(keys) > 1 else 1


def _parsed(text: str) -> dict[str, Any] | None:
    for closing in ("", "\n]"):
        try:
            return tomllib.loads(text + closing)
        except tomllib.TOMLDecodeError:
            continue
    return None


def _has(value: Any, keys: Keys) -> bool:  # noqa: ANN401 - whatever TOML can say
    for key in keys:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return False
    return True
