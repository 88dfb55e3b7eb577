"""Read a submission: from the bytes that were handed in to the source files that are graded.

While a class is graded, this runs in a confined process of its own (`grader.execution.reader_entry`).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.records.sources import SourceFile
from grader.submissions import limits
from grader.submissions.archives import untar, unzip
from grader.submissions.choosing import choose, in_order, not_opened, students_files
from grader.submissions.contents import bounded, is_archive, is_source, is_written, shown
from grader.submissions.decoding import cells_of
from grader.submissions.errors import Empty, NoCode, Unreadable
from grader.submissions.layouts.packed import system_of_members
from grader.submissions.naming import section_module, suffix_of
from grader.submissions.positions import definitions
from grader.submissions.records import Submission
from grader.submissions.written import written_in

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from grader.records.sources import Cell
    from grader.submissions.contents import Contents, Parts, Select
    from grader.submissions.records import HandIn, RawFile

WHOLE_CLASS: Final = (
    "It is a whole class, as {} packs it, and not one submission: unpack it, and grade the folder."
)
SHOWN: Final = 3
"""Files that a message names if nothing can be read."""


@dataclass(frozen=True, slots=True)
class _Decoded:
    """A source file with its cells, or why it has none. An empty one has no cells and needs no word."""

    parts: Parts
    cells: tuple[Cell, ...] = ()
    problem: str = ""
    is_empty: bool = False

    @property
    def path(self) -> str:
        """The path for display."""
        return shown("/".join(self.parts))

    @property
    def sentence(self) -> str:
        """Why it can't be read, with its path."""
        return f"{self.path}: {self.problem}"[: limits.REASON]


def read(hand_in: HandIn) -> Submission:
    """Read what was handed in, without running any of it.

    All sources count: section modules first, then the least deep, then by path. A file that can't be read
    costs only itself, and `passed_over` names it. It is among the files only if it is a section's own: it is
    then the reason why that section's exercises are missing.

    Raises:
        Unreadable: none of it can be read, through the student's fault; `NoCode`, if there is no code in it.
    """
    passed_over = list(hand_in.passed_over)
    contents, modules = _contents(hand_in, passed_over)
    decoded: dict[Parts, _Decoded] = {}
    documents: list[tuple[Parts, bytes]] = []
    for parts, content in contents:
        if isinstance(content, bytes) and parts[-1].lower().endswith((".md", ".ipynb")):
            documents.append((parts, content))
        if not is_written(parts[-1]):
            decoded[parts] = _decoded(parts, content)
    if not decoded:
        nothing = "There is no Python in it: neither a .py file nor a notebook."
        raise NoCode(" ".join((nothing, *passed_over[:SHOWN])))
    ordered = _within_limit([decoded[parts] for parts in in_order(decoded, modules)])
    if all(file.problem for file in ordered):
        raise Unreadable(_why_none(ordered) if modules else ordered[0].problem)
    files = _source_files(ordered, modules)
    sections = {file.path for file in files if file.module}
    problems = [
        file.sentence for file in ordered if file.problem and (not file.is_empty or file.path in sections)
    ]
    found = (definition for file in files for definition in definitions(file))
    return Submission(
        tuple(files),
        tuple(itertools.islice(found, limits.DEFINITIONS)),
        bounded([*problems, *passed_over]),
        written_in(documents),
    )


def _contents(hand_in: HandIn, passed_over: list[str]) -> tuple[Contents, Collection[str]]:
    """Return the contents of the sources, and the section modules that they may be; a single file is none."""
    files = {_parts(file): file for file in hand_in.files}
    if any(is_source(parts[-1]) for parts in files):
        return (
            ((parts, _content(file)) for parts, file in files.items() if not is_archive(parts[-1])),
            hand_in.modules if hand_in.is_folder else (),
        )
    if len(files) > 1:
        names = ", ".join(shown(parts[-1])[:80] for parts in list(files)[:SHOWN])
        raise Unreadable(
            f"It contains {len(files)} archives ({names}) and no Python files. Hand in only one archive."
        )

    def select(paths: Collection[Parts]) -> Collection[Parts]:
        system = system_of_members(paths)
        if system:
            raise Unreadable(WHOLE_CLASS.format(system))
        students, left_out = students_files(paths)
        choice = choose(students, hand_in.modules)
        passed_over.extend([*choice.passed_over, *left_out, *not_opened(choice.archives)])
        return [*choice.sources, *choice.written]

    unpacked = (_unpacked(parts[-1], archive, select) for parts, archive in files.items())
    return itertools.chain.from_iterable(unpacked), hand_in.modules


def _parts(file: RawFile) -> Parts:
    return tuple(file.path.decode(errors="surrogateescape").split("/"))


def _content(file: RawFile) -> bytes | Unreadable:
    return Unreadable(file.problem) if file.problem else file.data


def _unpacked(name: str, archive: RawFile, select: Select) -> Contents:
    if archive.problem:
        raise Unreadable(archive.problem)
    return (unzip if suffix_of(name) == ".zip" else untar)(archive.data, select)


def _decoded(parts: Parts, content: bytes | Unreadable) -> _Decoded:
    if isinstance(content, Unreadable):
        return _Decoded(parts, problem=content.reason)
    try:
        return _Decoded(parts, cells_of(parts[-1], content))
    except Unreadable as unreadable:
        return _Decoded(parts, problem=unreadable.reason, is_empty=isinstance(unreadable, Empty))


def _within_limit(files: Sequence[_Decoded]) -> list[_Decoded]:
    """Return the files; those that exceed the limit of all source can't be read."""
    largest = limits.in_words(limits.ALL_SOURCE)
    problem = f"It was passed over: {largest} of source code of one submission are read in total."
    remaining = limits.ALL_SOURCE
    within = []
    for file in files:
        size = sum(len(cell.source.encode()) for cell in file.cells)
        if size > remaining:
            within.append(_Decoded(file.parts, problem=problem))
        else:
            within.append(file)
            remaining -= size
    return within


def _source_files(files: Sequence[_Decoded], modules: Collection[str]) -> list[SourceFile]:
    """Return the files that can be read, each section's own first, and those sections' files that can't be.

    A section's own file is the first one of its name that can be read, if there is any.
    """
    own: dict[str, _Decoded] = {}
    for file in sorted(files, key=lambda file: bool(file.problem)):
        module = section_module(file.parts[-1], modules)
        if module is not None:
            own.setdefault(module, file)
    module_of = {file.parts: module for module, file in own.items()}
    kept = [file for file in files if not file.problem or file.parts in module_of]
    kept.sort(key=lambda file: file.parts not in module_of)
    return [
        SourceFile(file.path, module_of.get(file.parts), file.cells, file.sentence if file.problem else "")
        for file in kept
    ]


def _why_none(files: Sequence[_Decoded]) -> str:
    """Return why none of the files can be read."""
    others = len(files) - SHOWN
    rest = [f"{others} more can't be read either."] if others > 0 else []
    return " ".join([*(file.sentence for file in files[:SHOWN]), *rest])[: limits.REASON]
