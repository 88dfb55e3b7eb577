"""Choose which files of a submission are read, by their paths only: all that a student may have written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.submissions import limits
from grader.submissions.contents import is_archive, is_source, is_written, shown
from grader.submissions.naming import ENVIRONMENTS, section_module, why_not_entered

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from grader.submissions.contents import Parts

PACKAGES: Final = {"d2l": ("__init__.py", "torch.py"), "grader": ("pytest_plugin.py",)}
"""Packages that come with a course; a folder of that name is a copy if it holds one of these files."""
COURSE_FILES: Final = frozenset({"conftest.py", "d2l.py"})
COURSE_PREFIXES: Final = ("test_", "drive_")
"""What the names of a course's checks files and drive files begin with."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen of the files in a submission.

    Args:
        sources: the Python files and notebooks to read, in order.
        written: the files with answers in words beside them.
        archives: the archives in it.
        passed_over: sentences about what was left out.
    """

    sources: list[Parts]
    written: list[Parts]
    archives: list[Parts]
    passed_over: list[str]


def choose(files: Iterable[Parts], modules: Collection[str]) -> Choice:
    """Choose the sources to read, section modules first.

    What belongs to the course is passed over, unless there is nothing else: its checks files would define
    what students are asked for.
    """
    files = list(files)
    candidates = [parts for parts in files if is_source(parts[-1]) or is_archive(parts[-1])]
    sources = in_order((parts for parts in candidates if is_source(parts[-1])), modules)
    own = _without_course_files(sources, modules)
    chosen = own[: limits.FILES]
    passed_over = []
    if len(own) < len(sources):
        passed_over.append(f"{_some(sources, own)} part of the course, not of the answers.")
    if len(chosen) < len(own):
        passed_over.append(f"{_some(own, chosen)} not read: only {limits.FILES} files of a submission are.")
    written = sorted(parts for parts in files if is_written(parts[-1]))[: limits.WRITTEN] if chosen else []
    return Choice(chosen, written, [parts for parts in candidates if is_archive(parts[-1])], passed_over)


def in_order(paths: Iterable[Parts], modules: Collection[str]) -> list[Parts]:
    """Return paths in the order of reading: the first file of each section, the least deep, then by path."""
    ordered = sorted(set(paths), key=lambda parts: (len(parts), parts))
    first: dict[str, Parts] = {}
    for parts in ordered:
        module = section_module(parts[-1], modules)
        if module is not None:
            first.setdefault(module, parts)
    sections = set(first.values())
    return sorted(ordered, key=lambda parts: parts not in sections)


def students_files(paths: Collection[Parts]) -> tuple[list[Parts], list[str]]:
    """Return the files of an archive that lie where a student's may, and sentences about other folders.

    Other folders hold installed packages, checkpoints or data. `grader.submissions.walking.walk` doesn't
    enter them.
    """
    environments = {
        parts[:depth] for parts in paths for depth, name in enumerate(parts) if depth and name in ENVIRONMENTS
    }
    files: list[Parts] = []
    left_out: dict[str, None] = {}
    for parts in paths:
        for folder in _folders_of(parts):
            parent = folder[-2] if len(folder) > 1 else ""
            is_environment = "is a virtual environment" if folder in environments else ""
            if why := is_environment or why_not_entered(folder[-1], parent):
                left_out[f"{_shown(folder)} {why}."] = None
                break
        else:
            files.append(parts)
    return files, list(left_out)


def not_opened(archives: Iterable[Parts]) -> list[str]:
    """Return sentences about archives that lie beside sources, or in an archive."""
    return [f"{_shown(parts)} was not opened: it is an archive inside the submission." for parts in archives]


def _without_course_files(sources: Sequence[Parts], modules: Collection[str]) -> list[Parts]:
    """Return the sources that a course doesn't bring with it; all, if it brings all of them."""
    copies = {parts[:-1] for parts in sources if len(parts) > 1 and parts[-1] in PACKAGES.get(parts[-2], ())}
    own = [
        parts
        for parts in sources
        if not _is_course_file(parts[-1], modules) and copies.isdisjoint(_folders_of(parts))
    ]
    return own or list(sources)


def _is_course_file(name: str, modules: Collection[str]) -> bool:
    section = next((name.removeprefix(one) for one in COURSE_PREFIXES if name.startswith(one)), "")
    return name in COURSE_FILES or (name.endswith(".py") and section_module(section, modules) is not None)


def _folders_of(parts: Parts) -> Iterable[Parts]:
    """Return the folders that a path leads through, the outermost first."""
    return (parts[:depth] for depth in range(1, len(parts)))


def _shown(parts: Parts) -> str:
    return shown("/".join(parts))


def _some(every: Sequence[Parts], kept: Sequence[Parts]) -> str:
    """Return the subject of a sentence about those that are not kept, and its verb."""
    kept_ones = set(kept)
    first, *others = [parts for parts in every if parts not in kept_ones]
    if not others:
        return f"{_shown(first)} is"
    return f"{_shown(first)} and {len(others)} other file{'s' * (len(others) > 1)} are"
