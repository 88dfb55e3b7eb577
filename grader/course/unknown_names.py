"""What to say about names that aren't there: what may be meant, or what there is if that is little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.records.spelling import alike

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

FEW: Final = 12
"""So many names are listed; more would hide what is wrong."""
SUGGESTED: Final = 3
SIMILAR: Final = 0.6
MARGIN: Final = 0.1
"""How alike names must be (`grader.records.spelling`)."""


def advice(unknown: Collection[str], known: Sequence[str]) -> str:
    """Return the end of a sentence on unknown names: ". Did you mean softmax?", or a list of what there is.

    Args:
        unknown: the names.
        known: all that there are, in the order of the book.
    """
    suggested = (alike(name, known, least=SIMILAR, margin=MARGIN)[:SUGGESTED] for name in unknown)
    near = list(dict.fromkeys(one for names in suggested for one in names))
    if near:
        return f". Did you mean {' or '.join(near)}?"
    if not known:
        return "."
    if len(known) <= FEW:
        return f". There are: {', '.join(known)}."
    return f". There are {len(known)}, from {known[0]} to {known[-1]}."
