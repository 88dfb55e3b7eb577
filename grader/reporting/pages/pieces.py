"""Prepare labelled texts for HTML: the first difference between result and expectation is marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.reporting.side_by_side_diff import first_difference

if TYPE_CHECKING:
    from collections.abc import Sequence

SIDES = ("got", "expected")
WORD: Final = re.compile(r"_+|(?<=[a-z])(?=[A-Z])")
"""Where a name may be broken into two lines: after an underscore, and before a capital."""


class MarkedText(NamedTuple):
    """A labelled text in three parts, of which the middle one is marked."""

    label: str
    before: str
    marked: str = ""
    after: str = ""


def with_marks(pieces: Sequence[tuple[str, str]]) -> list[MarkedText]:
    """Return labelled texts; in the result and the expected one, the first difference is marked."""
    texts = dict(pieces)
    marks = dict.fromkeys(SIDES, (0, 0))
    if all(texts.get(side) for side in SIDES):
        marks["got"], marks["expected"] = first_difference(texts["got"], texts["expected"])
    return [
        MarkedText(label, text[: marks[label][0]], text[slice(*marks[label])], text[marks[label][1] :])
        if label in marks
        else MarkedText(label, text)
        for label, text in pieces
    ]


def words_of(name: str) -> list[str]:
    """Return the pieces of a name between which a line may end."""
    ends = [found.end() for found in WORD.finditer(name)]
    return [name[start:end] for start, end in zip([0, *ends], [*ends, len(name)], strict=True)]
