"""Where the reports on a student's attempts are.

`submissions/<name>/` holds report and feedback of the attempt that counts, and `attempts/<k>/` in it those of
each other one, which sat exam k. When another attempt counts, the one that did is copied to its own folder
first; then the new one takes its place, file by file and each atomically; then its own folder is removed. So
the report that counts is whole at each instant, and none is lost: after a crash one is there twice.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from grader.reporting import report
from grader.reporting.pages import student

if TYPE_CHECKING:
    from pathlib import Path

    from grader.reporting.report import Report

ATTEMPTS: Final = "attempts"


def reports(folder: Path) -> dict[int, Report]:
    """Return the reports on the attempts in a student's folder, by the numbers of their exams."""
    others = [found for path in _folders(folder) if (found := report.read(path)) is not None]
    counts = report.read(folder)
    every = others if counts is None else [*others, counts]
    return {one.exam: one for one in every}


def write(folder: Path, finished: Report) -> None:
    """Write the report on an attempt: where that attempt is, else beside the one that counts.

    Raises `OSError`.
    """
    counts = report.read(folder)
    is_place = counts is None or counts.exam == finished.exam or _is_tried_again(counts, finished)
    _write(folder if is_place else _folder(folder, finished), finished)
    failed = folder / ATTEMPTS / "0"
    before = report.read(failed)
    if before is not None and _is_tried_again(before, finished):
        _remove(failed)


def let_count(folder: Path, chosen: Report) -> None:
    """Let an attempt count, whose report was written. Raises `OSError`."""
    counts = report.read(folder)
    if counts is not None and counts.exam != chosen.exam:
        _write(_folder(folder, counts), counts)
    if counts != chosen:
        _write(folder, chosen)
    _remove(_folder(folder, chosen))


def _is_tried_again(before: Report, finished: Report) -> bool:
    """Return whether a report is on what could not be graded, and so had sat no exam, before."""
    return (
        before.points is None
        and not before.exam
        and bool(finished.exam)
        and (before.content == finished.content)
    )


def _remove(own: Path) -> None:
    if own.is_dir():
        shutil.rmtree(own)
    if own.parent.is_dir() and not any(own.parent.iterdir()):
        own.parent.rmdir()


def _write(folder: Path, finished: Report) -> None:
    # The page first: a submission with a report is not looked at again.
    student.write(folder, finished)
    if report.read(folder) != finished:
        report.write(folder, finished)


def _folder(folder: Path, one: Report) -> Path:
    return folder / ATTEMPTS / str(one.exam)


def _folders(folder: Path) -> list[Path]:
    own = folder / ATTEMPTS
    return sorted(own.iterdir()) if own.is_dir() else []
