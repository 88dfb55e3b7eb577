"""Read a submission: from the bytes that were handed in to the source files that are graded.

While a class is graded, this runs in a confined process of its own (`grader.execution.reader_entry`).
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from grader.records.sources import SourceFile
from grader.submissions import limits
from grader.submissions.archives import untar, unzip
from grader.submissions.contents import is_source, shown
from grader.submissions.decoding import cells_of
from grader.submissions.errors import Unreadable
from grader.submissions.naming import section_module, suffix_of
from grader.submissions.positions import definitions
from grader.submissions.records import Submission

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.submissions.contents import Contents, Select
    from grader.submissions.records import HandIn, RawFile


def read(hand_in: HandIn) -> Submission:
    """Read what was handed in, without running any of it.

    Files are ordered by depth, then by path. If there are two files for one section, the first is used.

    Raises:
        Unreadable: it can't be read, through the student's fault.
    """
    select = _selector(hand_in.modules)
    contents, is_loose = _contents(hand_in, select)
    modules = () if is_loose else hand_in.modules
    files = {name: _source_file(name, content, modules) for name, content in contents}
    if not files:
        raise Unreadable(
            " ".join(
                (
                    "There is no Python in it: neither a .py file nor a notebook.",
                    "(Archives inside are not opened.)",
                    *hand_in.passed_over[:3],
                )
            )
        )
    ordered = tuple(files[name] for name in select(list(files)))
    if all(file.problem for file in ordered):
        first = ordered[0]
        raise Unreadable(first.problem if is_loose else f"{first.path}: {first.problem}"[: limits.REASON])
    if _source_bytes(ordered) > limits.ALL_SOURCE:
        raise Unreadable(
            f"Its files contain more than {limits.in_words(limits.ALL_SOURCE)} of source code in total. "
            "Hand in only the assignment."
        )
    found = (definition for file in ordered for definition in definitions(file))
    return Submission(ordered, tuple(itertools.islice(found, limits.DEFINITIONS)), hand_in.passed_over)


def _contents(hand_in: HandIn, select: Select) -> tuple[Contents, bool]:
    """Return the contents of a submission, and whether it is a single file, which is not a section module."""
    paths = {file.path.decode(errors="surrogateescape"): file for file in hand_in.files}
    sources = {path: file for path, file in paths.items() if is_source(_name(path))}
    if sources:
        chosen = select(list(sources))
        return ((name, _content(sources[name])) for name in chosen), not hand_in.is_folder
    if len(paths) > 1:
        names = ", ".join(shown(_name(path))[:80] for path in list(paths)[:3])
        raise Unreadable(
            f"It contains {len(paths)} archives ({names}) and no Python files. Hand in only one archive."
        )
    unpacked = (_unpacked(_name(path), archive, select) for path, archive in paths.items())
    return itertools.chain.from_iterable(unpacked), False


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _content(file: RawFile) -> bytes | Unreadable:
    return Unreadable(file.problem) if file.problem else file.data


def _unpacked(name: str, archive: RawFile, select: Select) -> Contents:
    if archive.problem:
        raise Unreadable(archive.problem)
    return (unzip if suffix_of(name) == ".zip" else untar)(archive.data, select)


def _selector(modules: Collection[str]) -> Select:
    def select(names: list[str]) -> list[str]:
        ordered = sorted(set(names), key=lambda name: (name.count("/"), name))
        sections: dict[str, str] = {}
        for name in ordered:
            if (module := section_module(name, modules)) is not None:
                sections.setdefault(module, name)
        selected = list(sections.values()) or ordered
        if len(selected) > limits.FILES:
            raise Unreadable(
                f"It contains more than {limits.FILES} Python files. Hand in only the assignment."
            )
        return selected

    return select


def _source_file(name: str, content: bytes | Unreadable, modules: Collection[str]) -> SourceFile:
    path, module = shown(name), section_module(name, modules)
    if isinstance(content, Unreadable):
        return SourceFile(path, module, (), content.reason)
    try:
        return SourceFile(path, module, cells_of(name, content))
    except Unreadable as unreadable:
        return SourceFile(path, module, (), unreadable.reason[: limits.REASON])


def _source_bytes(files: Collection[SourceFile]) -> int:
    return sum(len(cell.source.encode()) for file in files for cell in file.cells)
