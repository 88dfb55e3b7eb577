"""Remove a person: events, reports, pages and pending results. The class keeps its statistics."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from grader.gradebook import pending
from grader.gradebook.errors import GradebookError
from grader.gradebook.events import Event, ExercisePoints, Forgotten, Renamed, exercise_key
from grader.gradebook.store import Draft
from grader.reporting import attempt_folders, gradebook, matches, output_dir, report
from grader.students.identity import KEYS

if TYPE_CHECKING:
    from grader.gradebook.ledger import Ledger
    from grader.reporting.matches import Match
    from grader.reporting.output_dir import RunFile, Source
    from grader.reporting.report import Report
    from grader.students import Identity


@dataclass(frozen=True)
class Removal:
    """What there is about a person.

    Args:
        student: the name of the student's row and folder.
        folders: the folders of reports and pages.
        files: how many files are in them.
        events: the events about the student, or about the group and its members.
        identities: what the reports and the roster say of who it is.
        left: what stays in the statistics, without a name.
    """

    student: str
    folders: tuple[Path, ...]
    files: int
    events: tuple[Event, ...]
    identities: frozenset[Identity]
    left: Forgotten


def removal(out: Path, ledger: Ledger, run: RunFile, student: str) -> Removal:
    """Return what there is about a person, without removing anything. Raises `GradebookError`."""
    places = (output_dir.reports_in(out), output_dir.reports_in(out / pending.FOLDER))
    folders = tuple(
        folder for place in places for folder in place.glob("*") if folder.name == student and folder.is_dir()
    )
    files = sum(path.is_file() for folder in folders for path in folder.rglob("*"))
    group = ledger.groups.get(student, "")
    if group:
        raise GradebookError(
            f"{student} handed in with the group {group}, whose reports have the names of all members: "
            "forget the group, by that name."
        )
    members = [name for name, of in ledger.groups.items() if of == student]
    about = [*ledger.events(student), *(event for name in members for event in ledger.events(name))]
    events = tuple({event.id: event for event in about}.values())
    identities = _identities(places[0] / student, run, student)
    if not folders and not events and not identities:
        raise GradebookError(f"There is nothing about a student {student} in {out}.")
    counting = report.read(places[0] / student)
    exported = out / output_dir.EXPORT  # for the class as a whole; it can be written again
    folders += (exported,) if exported.is_dir() else ()
    return Removal(student, folders, files, events, identities, _left(counting))


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
        rows = matches.read(out)
        others = [one for one in rows if not _is_about(one, found)]
        if others != rows:
            matches.write(out, others)

    try:
        output_dir.write_or_refuse(remove)
    except matches.MatchesError as error:
        raise GradebookError(str(error)) from error
    rest = tuple(name for name in run.submissions if name != found.student)
    sources = tuple(source for one in run.sources if (source := _without(one, found.student)).paths)
    missing = tuple(one for one in run.missing if one not in found.identities)
    fresh = msgspec.structs.replace(run, submissions=rest, sources=sources, missing=missing)
    output_dir.save_run(out, fresh)
    ledger.store.forget(found.events, Draft("", found.left, ledger.author))
    return fresh


def _without(source: Source, student: str) -> Source:
    """Return where a run found submissions, without a path that is named like a student."""
    paths = [path for path in source.paths if student not in {Path(path).name, Path(path).stem}]
    return msgspec.structs.replace(source, paths=tuple(paths))


def _identities(folder: Path, run: RunFile, student: str) -> frozenset[Identity]:
    """Return what reports say of a student or a group's members, or the roster of who handed nothing in."""
    reports = attempt_folders.reports(folder).values()
    found = {one for report_ in reports for one in (report_.student, *report_.members) if one.is_known}
    found |= {row.identity for row in gradebook.rows([], run.missing) if row.name == student}
    return frozenset(found)


def _is_about(row: Match, found: Removal) -> bool:
    """Return whether a row of `matches.csv` is about a person, as the submission or as the student."""
    contents = [event.content for event in found.events]
    names = {found.student, *(one.before for one in contents if isinstance(one, Renamed))}
    keys = {value for one in found.identities for key in (*KEYS, "name") if (value := getattr(one, key))}
    return row.submission in names or row.student in keys or (row.name != "" and row.name in keys)


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
