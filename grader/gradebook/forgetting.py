"""Remove a person: events, reports, pages and pending results. The class keeps its statistics."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from grader.gradebook import pending
from grader.gradebook.errors import GradebookError
from grader.gradebook.events import Event, ExercisePoints, Forgotten, exercise_key
from grader.gradebook.store import Draft
from grader.reporting import output_dir, report

if TYPE_CHECKING:
    from grader.gradebook.ledger import Ledger
    from grader.reporting.output_dir import RunFile, Source
    from grader.reporting.report import Report


@dataclass(frozen=True)
class Removal:
    """What there is about a person.

    Args:
        student: the name of the student's row and folder.
        folders: the folders of reports and pages.
        files: how many files are in them.
        events: how many events are about the student.
        left: what stays in the statistics, without a name.
    """

    student: str
    folders: tuple[Path, ...]
    files: int
    events: int
    left: Forgotten


def removal(out: Path, ledger: Ledger, student: str) -> Removal:
    """Return what there is about a person, without removing anything. Raises `GradebookError`."""
    places = (output_dir.reports_in(out), output_dir.reports_in(out / pending.FOLDER))
    folders = tuple(
        folder for place in places for folder in place.glob("*") if folder.name == student and folder.is_dir()
    )
    files = sum(path.is_file() for folder in folders for path in folder.rglob("*"))
    events: tuple[Event, ...] = ledger.store.events(student)
    if not folders and not events:
        raise GradebookError(f"There is nothing about a student {student} in {out}.")
    counting = report.read(places[0] / student)
    return Removal(student, folders, files, len(events), _left(counting))


def forget(out: Path, ledger: Ledger, run: RunFile, found: Removal) -> RunFile:
    """Remove what there is about a person, and return what is known of runs then.

    The database comes last: if removing files fails, the same command finds the person again. Raises
    `GradebookError` or `UsageError`.
    """
    waiting = pending.read(out)

    def remove() -> None:
        if waiting is not None:
            kept = tuple(one for one in waiting.differences if one.student != found.student)
            refused = tuple(one for one in waiting.not_regraded if one[0] != found.student)
            pending.rewrite(out, msgspec.structs.replace(waiting, differences=kept, not_regraded=refused))
        for folder in found.folders:
            shutil.rmtree(folder)

    output_dir.write_or_refuse(remove)
    rest = tuple(name for name in run.submissions if name != found.student)
    sources = tuple(source for one in run.sources if (source := _without(one, found.student)).paths)
    fresh = msgspec.structs.replace(run, submissions=rest, sources=sources)
    output_dir.save_run(out, fresh)
    ledger.store.forget(found.student, Draft("", found.left, ledger.author))
    return fresh


def _without(source: Source, student: str) -> Source:
    """Return where a run found submissions, without a path that is named like a student."""
    paths = [path for path in source.paths if student not in {Path(path).name, Path(path).stem}]
    return msgspec.structs.replace(source, paths=tuple(paths))


def _left(counting: Report | None) -> Forgotten:
    if counting is None or counting.points is None:
        return Forgotten(exercises=())
    return Forgotten(
        exercises=tuple(
            ExercisePoints(one.module, one.name, one.points, one.max_points, one.bonus)
            for one in counting.exercises
        ),
        misconceptions={
            exercise_key(one.module, one.name): (one.misconception.id, one.misconception.explanation)
            for one in counting.exercises
            if one.misconception is not None
        },
    )
