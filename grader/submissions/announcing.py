"""The first lines of a run: what each path was taken for, why, and how to overrule it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.submissions.finding import with_own_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.submissions.finding import Decision, Found


def first_lines(found: Found) -> Iterator[str]:
    """Yield a line for each folder, and one for all files, which are one submission each."""
    for folder in found.folders:
        yield f"{with_own_name(folder.path)}: {_said(folder)}."
    if len(found.files) == 1:
        yield f"{found.files[0]}: one submission."
    elif found.files:
        yield f"{len(found.files)} files: one submission each."


def _said(folder: Decision) -> str:
    what = folder.layout.says(folder.count)
    if not folder.is_guess:
        return f"{what} ({folder.layout.option})"
    return f"{what} ({folder.reason}); {folder.layout.otherwise}" if folder.reason else what
