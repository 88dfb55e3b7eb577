"""What to say about names that aren't there: what may be meant, or what there is if that is little."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

FEW: Final = 12
"""So many names are listed; more would hide what is wrong."""
SUGGESTED: Final = 3
SIMILAR: Final = 0.6
"""The least ratio of `difflib.SequenceMatcher` to the most similar name."""
MARGIN: Final = 0.1
"""Names that are less similar than the best by less than this are suggested, too."""


def advice(unknown: Collection[str], known: Sequence[str]) -> str:
    """Return the end of a sentence on unknown names: ". Did you mean softmax?", or a list of what there is.

    Args:
        unknown: the names.
        known: all that there are, in the order of the book.
    """
    near = list(dict.fromkeys(one for name in unknown for one in similar(name, known)))
    if near:
        return f". Did you mean {' or '.join(near)}?"
    if not known:
        return "."
    if len(known) <= FEW:
        return f". There are: {', '.join(known)}."
    return f". There are {len(known)}, from {known[0]} to {known[-1]}."


def similar(name: str, known: Sequence[str]) -> list[str]:
    """Return the names that are most like one; how letters are capitalized, and underscores, don't matter."""
    squeezed: dict[str, list[str]] = {}
    for one in known:
        squeezed.setdefault(_squeezed(one), []).append(one)
    ratios = {one: difflib.SequenceMatcher(None, _squeezed(name), one).ratio() for one in squeezed}
    best = max(ratios.values(), default=0.0)
    near = [one for one, ratio in ratios.items() if best >= SIMILAR and ratio > best - MARGIN]
    return [one for found in near for one in squeezed[found]][:SUGGESTED]


def _squeezed(name: str) -> str:
    return name.replace("_", "").lower()
