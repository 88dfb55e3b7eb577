"""The first lines of a run: what each path was taken for, why, and how to overrule it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.submissions.finding import with_own_name
from grader.submissions.layouts.layout import some

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.submissions.finding import Decision, Found


def first_lines(found: Found) -> Iterator[str]:
    """Yield a line for each folder, and one for all files, which are one submission each.

    What belongs to nobody in a folder, and what its layout has to say, is indented below its line.
    """
    for folder in found.folders:
        yield f"{with_own_name(folder.path)}: {_said(folder)}."
        yield from (f"  {line}" for line in _besides(folder))
    if len(found.files) == 1:
        yield f"{found.files[0]}: one submission."
    elif found.files:
        yield f"{len(found.files)} files: one submission each."


def _said(folder: Decision) -> str:
    what = folder.layout.says(folder.contents)
    if not folder.is_guess:
        return f"{what} ({folder.layout.option})"
    return f"{what} ({folder.reason}); {folder.layout.otherwise}" if folder.reason else what


def _besides(folder: Decision) -> Iterator[str]:
    names = folder.contents.nobodys
    if len(names) == 1:
        yield f"Belongs to nobody, and is not graded: {some(names)}."
    elif names:
        yield f"{len(names)} names belong to nobody, and are not graded: {some(names)}."
    yield from folder.contents.notes
