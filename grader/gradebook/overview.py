"""What is derived for a whole class: `gradebook.csv` with marks, and `class.html`."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from grader.course import course_toml
from grader.gradebook.counting import let_count
from grader.gradebook.errors import GradebookError
from grader.gradebook.events import Forgotten, Graded
from grader.gradebook.ledger import rules_of
from grader.gradebook.marks import Rules
from grader.gradebook.standing import standing_of
from grader.records.verdict import ExerciseResult, Misconception
from grader.reporting import gradebook, output_dir, report
from grader.reporting.pages import class_overview, student
from grader.reporting.pages.class_overview import About
from grader.reporting.standing import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from grader.gradebook.events import Event
    from grader.gradebook.ledger import Ledger
    from grader.gradebook.marks import Mark
    from grader.records.verdict import ExerciseStatus
    from grader.reporting.gradebook import Cell, Row
    from grader.reporting.output_dir import RunFile
    from grader.reporting.report import Report
    from grader.students import Identity


def write_overview(
    out: Path, reports: Sequence[Report], exercises: Sequence[ExerciseResult], ledger: Ledger, rules: Rules,
    missing: Sequence[Identity] = (), title: str = "",
) -> None:  # fmt: skip
    """Write what is derived for the reports that count of a run, and who is missing. Raises `UsageError`.

    That is `gradebook.csv`, `class.html`, and the page of each student, which has attempts and lateness.
    """
    rows = gradebook.rows(reports, missing)
    ledger.groups = groups_in(rows)
    try:
        marks = ledger.marks(rules, [row.name for row in rows])
        events = ledger.store.events()
    except GradebookError as error:
        raise output_dir.UsageError(str(error)) from error
    further = columns(rows, marks)
    about = About(title, last_graded(events), {name: standing_of(one, rules) for name, one in marks.items()},
                  tuple(missing))  # fmt: skip
    left = left_by_forgotten(events)
    output_dir.write_or_refuse(lambda: gradebook.write(out, reports, exercises, missing, further))
    output_dir.write_or_refuse(lambda: class_overview.write(out, reports, exercises, left, about))
    output_dir.write_or_refuse(lambda: write_pages(out, reports, about))


def write_pages(out: Path, reports: Sequence[Report], about: About) -> None:
    """Write the page of each submission that was graded, with what the gradebook says. Raises `OSError`."""
    for one in reports:
        folder = output_dir.reports_in(out) / one.submission
        if one.points is not None and folder.is_dir():
            student.write(folder, one, about.standings.get(one.submission, NOTHING))


def last_graded(events: Sequence[Event]) -> date | None:
    """Return the day on which a report was last graded, in UTC; None if none was."""
    times = [event.time for event in events if isinstance(event.content, Graded)]
    return max(times).astimezone(UTC).date() if times else None


def title_of(course: Path) -> str:
    """Return the title of a course; "" if it has none. Raises `CourseError`."""
    syllabus = course_toml.read(course)
    return syllabus.title if syllabus is not None else ""


def rewrite_overview(out: Path, run: RunFile, ledger: Ledger) -> None:
    """Write both files again, for the submissions of the last run; which attempts count may have changed.

    Raises `UsageError`, `CourseError` or `GradebookError`.
    """
    names = names_in(out, run)
    rules = rules_of(Path(run.course)) if run.course else Rules()
    folder, marks = output_dir.reports_in(out), ledger.marks(rules, names)
    reports = [one for name in names if (one := let_count(folder / name, marks[name])) is not None]
    exercises: dict[tuple[str, str], ExerciseResult] = {}
    for one in reports:
        for result in one.exercises:
            exercises.setdefault((result.module, result.name), result)
    title = title_of(Path(run.course)) if run.course else ""
    write_overview(out, reports, tuple(exercises.values()), ledger, rules, run.missing, title)


def names_in(out: Path, run: RunFile) -> tuple[str, ...]:
    """Return the submissions of the last run; all that have a report, if nothing says which those are."""
    folder = output_dir.reports_in(out)
    return run.submissions or tuple(sorted(path.parent.name for path in folder.glob(f"*/{report.FILE}")))


def rows_in(out: Path, run: RunFile) -> list[Row]:
    """Return the rows of the gradebook in an output folder."""
    folder = output_dir.reports_in(out)
    reports = [one for name in names_in(out, run) if (one := report.read(folder / name)) is not None]
    return gradebook.rows(reports, run.missing)


def groups_in(rows: Iterable[Row]) -> dict[str, str]:
    """Return the name of the group of each row that is a member of one."""
    return {row.name: row.group for row in rows if row.group}


def columns(rows: Sequence[Row], marks: Mapping[str, Mark]) -> dict[str, dict[str, Cell]]:
    """Return the columns about marks: those in which anybody has something that the points don't say."""
    found: dict[str, dict[str, Cell]] = {"late_days": {}, "penalty": {}, "mark": {}}
    differs = False
    for row in rows:
        mark, one = marks[row.name], row.report
        value = None if mark.value is None else float(mark.value)
        if value is None:
            differs |= one is not None and one.points is not None and not one.provisional
        else:
            differs |= one is None or value != one.points
        found["mark"][row.name] = value
        if mark.attempts:
            found["late_days"][row.name] = mark.late_days
            found["penalty"][row.name] = round(float(mark.penalty), 6)
    wanted = {name: any(found[name].values()) for name in ("late_days", "penalty")} | {"mark": differs}
    return {name: cells for name, cells in found.items() if wanted[name]}


def left_by_forgotten(events: Sequence[Event]) -> list[tuple[ExerciseResult, ...]]:
    """Return the results that people left in the statistics who were forgotten."""
    return [
        _results(event.content)
        for event in events
        if isinstance(event.content, Forgotten) and event.content.exercises
    ]


def _results(left: Forgotten) -> tuple[ExerciseResult, ...]:
    results = []
    for one in left.exercises:
        known = left.misconceptions.get(f"{one.module}.{one.name}")
        status: ExerciseStatus = (
            "correct" if one.points == one.max_points else "partial" if one.points else "incorrect"
        )
        results.append(
            ExerciseResult(
                one.name, "", one.module, status, one.points, one.max_points, one.bonus, (),
                misconception=Misconception(*known) if known else None,
            )
        )  # fmt: skip
    return tuple(results)
