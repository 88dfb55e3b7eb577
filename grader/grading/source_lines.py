"""Keep of a traceback only lines of the program that was handed in.

The process that ran the program says which lines an exception passed through, in words of its own choice:
they could be anything that it knows.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

import msgspec

from grader.execution.loading.running import filename
from grader.execution.observe import MAX_LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.records.protocol import Observation
    from grader.records.sources import SourceFile

INDENT: Final = "    "
MAX_DIGITS: Final = 7
NAMELESS: Final = frozenset({"<module>", "<lambda>", "<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"})


def with_own_lines(seen: Sequence[Observation], files: Iterable[SourceFile]) -> list[Observation]:
    """Return observations whose exceptions name no line that isn't in the program."""
    return [_with_own_lines(one, files) if one.raised and one.raised.lines else one for one in seen]


def own_lines(lines: str, files: Iterable[SourceFile]) -> str:
    """Return the frames of a traceback whose file, name and line are really in the program."""
    sources = {
        PurePosixPath(filename(file, cell.number)).name: cell.source for file in files for cell in file.cells
    }
    frames = pairwise(lines.split("\n"))
    return "\n".join(f"{place}\n{line}" for place, line in frames if _is_in(sources, place, line))


def _is_in(sources: Mapping[str, str], place: str, line: str) -> bool:
    """Return whether a frame is in a program: "FILE, line NUMBER, in NAME", and the line, indented."""
    where, _, name = place.rpartition(", in ")
    file, _, number = where.rpartition(", line ")
    source = sources.get(file, "")
    if not number.isdecimal() or len(number) > MAX_DIGITS:
        return False
    there = source.splitlines()[int(number) - 1 : int(number)]
    known = name in NAMELESS or (name.isidentifier() and name in source)
    return known and [INDENT + one.strip()[:MAX_LINE] for one in there] == [line]


def _with_own_lines(seen: Observation, files: Iterable[SourceFile]) -> Observation:
    if seen.raised is None:
        return seen
    kept = own_lines(seen.raised.lines, files)
    return msgspec.structs.replace(seen, raised=msgspec.structs.replace(seen.raised, lines=kept))
