"""What is derived for a whole class: `gradebook.csv` with marks, and `class.html`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from grader.gradebook.errors import GradebookError
from grader.gradebook.events import Forgotten
from grader.gradebook.ledger import rules_of
from grader.gradebook.marks import Rules
from grader.records.verdict import ExerciseResult, Misconception
from grader.reporting import gradebook, output_dir, report
from grader.reporting.pages import class_overview

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.gradebook.events import Event
    from grader.gradebook.ledger import Ledger
    from grader.gradebook.marks import Mark
    from grader.records.verdict import ExerciseStatus
    from grader.reporting.gradebook import Cell
    from grader.reporting.output_dir import RunFile
    from grader.reporting.report import Report


def write_overview(
    out: Path, reports: Sequence[Report], exercises: Sequence[ExerciseResult], ledger: Ledger, rules: Rules
) -> None:
    """Write both files for the reports of a run. Raises `UsageError`."""
    try:
        marks = ledger.marks(rules, [one.submission for one in reports])
        left = left_by_forgotten(ledger.store.events())
    except GradebookError as error:
        raise output_dir.UsageError(str(error)) from error
    further = columns(reports, marks)
    output_dir.write_or_refuse(lambda: gradebook.write(out, reports, exercises, further))
    output_dir.write_or_refuse(lambda: class_overview.write(out, reports, exercises, left))


def rewrite_overview(out: Path, run: RunFile, ledger: Ledger) -> None:
    """Write both files again, for the submissions of the last run.

    Raises `UsageError`, `CourseError` or `GradebookError`.
    """
    folder = output_dir.reports_in(out)
    names = run.submissions or tuple(sorted(path.parent.name for path in folder.glob(f"*/{report.FILE}")))
    reports = [one for name in names if (one := report.read(folder / name)) is not None]
    exercises: dict[tuple[str, str], ExerciseResult] = {}
    for one in reports:
        for result in one.exercises:
            exercises.setdefault((result.module, result.name), result)
    rules = rules_of(Path(run.course)) if run.course else Rules()
    write_overview(out, reports, tuple(exercises.values()), ledger, rules)


def columns(reports: Sequence[Report], marks: Mapping[str, Mark]) -> dict[str, dict[str, Cell]]:
    """Return the columns about marks: those in which anybody has something that the points don't say."""
    found: dict[str, dict[str, Cell]] = {"late_days": {}, "penalty": {}, "mark": {}}
    differs = False
    for one in reports:
        mark = marks[one.submission]
        value = None if mark.value is None else float(mark.value)
        differs |= value != one.points and not (value is None and one.provisional)
        found["mark"][one.submission] = value
        found["late_days"][one.submission] = mark.late_days
        found["penalty"][one.submission] = round(float(mark.penalty), 6)
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
