"""The cells that were run in a notebook, to name the cell that a line of code is in."""

from __future__ import annotations

import linecache
import re
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.records.protocol import Observation


class Cells:
    """The code of a kernel's cells.

    Args:
        inputs: the code of each cell that was run, in the order of the numbers that notebooks show.

    """

    def __init__(self, inputs: Sequence[str]) -> None:
        numbers = {source.strip(): number for number, source in enumerate(inputs) if source.strip()}
        self.numbers: dict[str, int] = {}
        """The number of each cell, by the file name that Python has for its code."""
        for name, entry in [*linecache.cache.items()]:
            if len(entry) > 1 and entry[1] is None:  # not a file on disk
                number = numbers.get("".join(linecache.getlines(name)).strip())
                if number is not None:
                    self.numbers[name] = number

    def located(self, seen: Observation) -> Observation:
        """Return an observation whose lines name the number of the cell instead of a file."""
        if seen.raised is None:
            return seen
        lines = seen.raised.lines
        for name, number in self.numbers.items():
            file = re.escape(re.split(r"[\\/]", name)[-1])
            lines = re.sub(rf"(?m)^{file}(?=, line \d)", f"cell [{number}]", lines)
        return msgspec.structs.replace(seen, raised=msgspec.structs.replace(seen.raised, lines=lines))
