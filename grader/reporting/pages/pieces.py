"""Texts as pages show them: what came back and what was expected, with the first difference marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grader.reporting.side_by_side_diff import first_difference

if TYPE_CHECKING:
    from collections.abc import Sequence

SIDES = ("got", "expected")


class Shown(NamedTuple):
    """A piece of text for a page: its label, and the text, of which the middle part is marked."""

    label: str
    before: str
    marked: str = ""
    after: str = ""


def shown(said: Sequence[tuple[str, str]]) -> list[Shown]:
    """Return labelled texts as pieces; of what came back and was expected, the first difference is marked."""
    texts = dict(said)
    marks = dict.fromkeys(SIDES, (0, 0))
    if all(texts.get(side) for side in SIDES):
        marks["got"], marks["expected"] = first_difference(texts["got"], texts["expected"])
    return [
        Shown(label, text[: marks[label][0]], text[slice(*marks[label])], text[marks[label][1] :])
        if label in marks
        else Shown(label, text)
        for label, text in said
    ]
