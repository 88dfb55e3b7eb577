"""What all pages share: the templates' environment, and texts of which the first difference is marked."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from grader.sides import first_difference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment

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


@cache
def environment() -> Environment:
    """Return what templates are read with. It escapes all that students' code said."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("grader"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
