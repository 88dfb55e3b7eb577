"""The attempt that counts, in the folder: the one that the mark comes from (`grader.gradebook.marks`)."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from grader.reporting import attempt_folders, output_dir

if TYPE_CHECKING:
    from pathlib import Path

    from grader.gradebook.marks import Mark
    from grader.reporting.report import Report


def let_count(folder: Path, mark: Mark) -> Report | None:
    """Let the attempt count that a mark comes from, and return its report; None if the folder has no report.

    If the gradebook knows of none that is there, the newest one counts. Raises `UsageError`.

    Args:
        folder: the folder of a student's reports.
        mark: the student's mark.

    """
    every = attempt_folders.reports(folder)
    if not every:
        return None
    same = [one for one in every.values() if mark.counting and one.content == mark.counting]
    chosen = max(same, key=lambda one: one.exam) if same else every[max(every)]
    output_dir.write_or_refuse(functools.partial(attempt_folders.let_count, folder, chosen))
    return chosen
