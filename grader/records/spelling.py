"""How much names are alike: what a misspelled one may mean."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def alike(name: str, known: Iterable[str], *, least: float, margin: float = 0.0) -> list[str]:
    """Return the names that are spelled most like one, the most similar first.

    How letters are capitalized, and underscores, don't matter.

    Args:
        name: the name.
        known: those that it may mean.
        least: the ratio of `difflib.SequenceMatcher` that the most similar name must have.
        margin: names are returned, too, whose ratio is less by no more than this.
    """
    wanted = _squeezed(name)
    ratios = {one: SequenceMatcher(None, wanted, _squeezed(one)).ratio() for one in known}
    best = max(ratios.values(), default=0.0)
    near = [one for one, ratio in ratios.items() if best >= least and ratio >= best - margin]
    return sorted(near, key=lambda one: -ratios[one])


def _squeezed(name: str) -> str:
    return name.replace("_", "").lower()
