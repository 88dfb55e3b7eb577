"""CheckedExercise at what a notebook defines: the same checks, verdicts and words as `pytest assignments`."""

from __future__ import annotations

import dataclasses
import io
import secrets
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hypothesis.database import InMemoryExampleDatabase
from msgspec import structs

from grader.course.course_toml import data_set
from grader.course.due_dates import due
from grader.datasets import training_data
from grader.execution.torch_state import SeparateTorchState
from grader.judging.generated_cases import Exam
from grader.local.check_record import initial_record, with_verdict
from grader.local.failure_details import CHECK_ERROR, explain
from grader.local.local_runner import LocalRunner, drive_names
from grader.local.notebook.isolation import isolated
from grader.local.notebook.notebook_answers import NotebookAnswers
from grader.local.notebook.notebook_course import open_course
from grader.local.terminal_summary import Row
from grader.plots.render import draw
from grader.reporting.feedback import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.checks.exercise import Exercise
    from grader.course.course import Section
    from grader.execution.loading.replacing import Replacement
    from grader.local.check_record import CheckRecord
    from grader.local.notebook.cells import Cells
    from grader.reporting.feedback import FailureDetails

TO_DO: Final = "Write it in its cell, run that cell, then %check {} again."
ABSENT: Final = "Run the cell that defines it, then %check {} again."
ALL_OUTPUT: Final = "call it yourself to see them all"
FAILED_INPUTS: Final = InMemoryExampleDatabase()
"""Inputs that an answer failed on: the next check tries them first, until the kernel ends."""


@dataclass
class CheckedExercise:
    """The results of one exercise.

    Args:
        row: its row in the overview.
        failures: the failed checks to explain, in order.
        open_bonuses: bonus checks that did not pass.
        skipped: names of checks that can't run on this machine, with the reason.
        faults: names of checks that failed by themselves, with the traceback.
        output: the beginning of what the answer printed.
        picture: a PNG of the result; empty without one.

    """

    row: Row
    failures: list[FailureDetails] = field(default_factory=list)
    open_bonuses: list[FailureDetails] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    output: str = ""
    picture: bytes = b""


def notebook_runner(
    root: Path, namespace: dict[str, Any], cells: Cells, *, devices: tuple[str, ...]
) -> LocalRunner:
    """Return a runner that checks what a notebook's namespace defines now."""
    training_data.use(root / "assignments" / "data", "subset", data_set(root))
    reference = root / "reference"
    torch_state = SeparateTorchState()

    def find_answers(
        section: Section, replaced: Mapping[str, Replacement], traced: Mapping[str, tuple[str, ...]]
    ) -> NotebookAnswers:
        return NotebookAnswers(
            section,
            namespace,
            drive_names(section),
            cells=cells,
            torch_state=torch_state,
            replaced=replaced,
            traced=traced,
        )

    return LocalRunner(
        Exam(secrets.randbits(48), FAILED_INPUTS, devices=devices),
        reference=reference if reference.is_dir() else None,
        find_answers=find_answers,
        # Loading all checks takes long, and without the reference nothing is asked again.
        sections=[section for section, _ in open_course(root).find(())] if reference.is_dir() else (),
    )


def check_exercises(
    selected: Sequence[tuple[Section, Exercise]],
    runner: LocalRunner,
    namespace: dict[str, Any],
    *,
    all_hints: bool,
) -> list[CheckedExercise]:
    """Check exercises without changing the kernel. Raises `KeyboardInterrupt` when interrupted."""
    results = []
    for section, exercise in selected:
        with isolated(namespace) as output:
            result = _check(runner, section, exercise, all_hints=all_hints)
            _add_picture(result, runner, section, exercise)
        result.output = shortened(output.getvalue(), ALL_OUTPUT)
        results.append(result)
    return results


def is_defined(runner: LocalRunner, section: Section, exercise: Exercise) -> bool:
    """Return whether a notebook defines an exercise, even as a stub."""
    answers = runner.find_answers(section, {}, {})
    return isinstance(answers, NotebookAnswers) and answers.defines(exercise.name)


def _check(runner: LocalRunner, section: Section, exercise: Exercise, *, all_hints: bool) -> CheckedExercise:
    title = f"{section.number} {section.title}"
    base = [check for check in exercise.checks if not check.bonus]
    row = Row(
        title, exercise.name, Path(section.stub), exercise.line, exercise.max_points, len(base),
        due(section.deadline),
    )  # fmt: skip
    result = CheckedExercise(row)
    causes: set[str] = set()
    for check in exercise.checks:
        record = initial_record(section, exercise, check)
        try:
            verdict = runner.verdict(section, exercise, check.name)
            is_absent = runner.examination(section, exercise).asker.absent() is not None
            record = with_verdict(record, verdict)
            if verdict.status == "skipped":
                result.skipped.append((check.name, verdict.message))
            elif verdict.status != "passed":
                to_do = TO_DO.format(exercise.name)
                record, details = explain(
                    runner, section, exercise, record, verdict, to_do=to_do, all_hints=all_hints
                )
                if is_absent and not details.advice:
                    details = dataclasses.replace(details, advice=ABSENT.format(exercise.name))
                _add_details(result, record, details, is_first=not record.cause or record.cause not in causes)
                causes.add(record.cause)
        except Exception as error:  # noqa: BLE001 - a broken check must not stop the others
            record = structs.replace(record, status="fault")
            if not result.faults:  # one is enough for a report to the instructor
                result.faults.append((check.name, CHECK_ERROR + "".join(traceback.format_exception(error))))
        result.row.add(record)
    return result


def _add_picture(result: CheckedExercise, runner: LocalRunner, section: Section, exercise: Exercise) -> None:
    """Draw the picture of the result, if it has one."""
    file = io.BytesIO()
    try:
        picture = runner.picture(section, exercise)
        if picture is not None:
            draw(picture, file)
    except Exception as error:  # noqa: BLE001 - also a broken Matplotlib: the verdicts remain
        if not result.faults:
            result.faults.append(("its picture", f"{type(error).__name__}: {error}"))
    else:
        result.picture = file.getvalue()


def _add_details(
    result: CheckedExercise, record: CheckRecord, details: FailureDetails, *, is_first: bool
) -> None:
    """Add details to the failures or open bonuses; nothing is explained twice."""
    if record.bonus and record.status != "todo":
        result.open_bonuses.append(details)
    elif is_first and record.status != "blocked":
        result.failures.append(details)
