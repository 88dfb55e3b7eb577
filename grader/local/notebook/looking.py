"""Look at what a notebook defines: the same checks, verdicts and words as `pytest assignments`."""

from __future__ import annotations

import io
import secrets
import traceback
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hypothesis.database import InMemoryExampleDatabase

from grader.course.due_dates import due
from grader.datasets import training_data
from grader.execution.torch_state import Apart
from grader.judging.generated_cases import Exam
from grader.local.failure_details import FAULT, explain, told_before
from grader.local.local_runner import Desk, drive_names
from grader.local.notebook.keeping import kept
from grader.local.notebook.live import LiveAnswers
from grader.local.terminal_summary import Row
from grader.plots.render import draw
from grader.reporting.feedback import Finding, explained, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.checks.exercise import Exercise
    from grader.course.course import Section
    from grader.local.notebook.cells import Cells

TO_DO: Final = "Write it in its cell, run that cell, then %check {} again."
ABSENT: Final = "Run the cell that defines it, then %check {} again."
ALL_OF_IT: Final = "call it yourself to see them all"
FAILED_BEFORE: Final = InMemoryExampleDatabase()
"""Inputs that an answer failed on come first the next time, as long as the kernel runs."""


@dataclass
class Look:
    """What was found of one exercise.

    Args:
        row: its line in the overview.
        findings: what is explained, one check after the other.
        bonuses: what is open beyond the book.
        skipped: checks that can't be asked on this machine, and why.
        faults: what went wrong in checks themselves.
        printed: the beginning of what the answer printed.
        picture: a PNG of what the answer looks like; empty, if there is nothing to be seen.

    """

    row: Row
    findings: list[Finding] = field(default_factory=list)
    bonuses: list[Finding] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    printed: str = ""
    picture: bytes = b""


def desk_of(root: Path, namespace: dict[str, Any], cells: Cells, *, devices: tuple[str, ...]) -> Desk:
    """Return a desk on which the answers lie that a notebook's namespace holds now."""
    training_data.use(root / "assignments" / "data", "subset")
    reference = root / "reference"
    apart = Apart()

    def hold(section: Section, overrides: Mapping[str, str]) -> LiveAnswers:
        return LiveAnswers(
            section,
            namespace,
            drive_names(section),
            cells=cells,
            apart=apart,
            overrides=overrides,
        )

    return Desk(
        Exam(secrets.randbits(48), FAILED_BEFORE, devices=devices),
        reference=reference if reference.is_dir() else None,
        hold=hold,
    )


def look_at(
    wanted: Sequence[tuple[Section, Exercise]], desk: Desk, namespace: dict[str, Any], *, all_hints: bool
) -> list[Look]:
    """Check exercises, and leave the kernel as it was; an interrupt comes out as `KeyboardInterrupt`."""
    looks = []
    for section, exercise in wanted:
        with kept(namespace) as output:
            look = _look(desk, section, exercise, all_hints=all_hints)
            _put_picture(look, desk, section, exercise)
        look.printed = shortened(output.getvalue(), ALL_OF_IT)
        looks.append(look)
    return looks


def is_there(desk: Desk, section: Section, exercise: Exercise) -> bool:
    """Return whether a notebook defines an exercise, be it as a stub."""
    answers = desk.hold(section, {})
    return isinstance(answers, LiveAnswers) and answers.defines(exercise.name)


def _look(desk: Desk, section: Section, exercise: Exercise, *, all_hints: bool) -> Look:
    title = f"{section.number} {section.title}"
    base = [check for check in exercise.checks if not check.bonus]
    row = Row(
        title, exercise.name, Path(section.stub), exercise.line, exercise.max_points, len(base),
        due(section.deadline),
    )  # fmt: skip
    look = Look(row)
    causes: set[object] = set()
    for check in exercise.checks:
        told: dict[str, Any] = told_before(section, exercise, check)
        said = ""
        try:
            verdict = desk.verdict(section, exercise, check.name)
            is_absent = desk.examination(section, exercise).asker.absent() is not None
            told |= {"status": verdict.status, "points": verdict.points, "cause": ""}
            if verdict.status == "skipped":
                look.skipped.append((check.name, verdict.message))
            elif verdict.status != "passed":
                seen, finding = explain(
                    desk, section, exercise, verdict, to_do=TO_DO.format(exercise.name), all_hints=all_hints
                )
                told |= seen
                if is_absent and not finding.advice:
                    finding = replace(finding, advice=ABSENT.format(exercise.name))
                said = explained(finding)
                _put(look, told, finding, is_first=not told["cause"] or told["cause"] not in causes)
                causes.add(told["cause"])
        except Exception as error:  # noqa: BLE001 - whatever is wrong with a check, the others go on
            told["status"] = "fault"
            if not look.faults:  # one is enough to be shown to somebody
                look.faults.append((check.name, FAULT + "".join(traceback.format_exception(error))))
        look.row.take(told, said)
    return look


def _put_picture(look: Look, desk: Desk, section: Section, exercise: Exercise) -> None:
    """Draw what the answer looks like, if there is something to be seen."""
    file = io.BytesIO()
    try:
        picture = desk.picture(section, exercise)
        if picture is not None:
            draw(picture, file)
    except Exception as error:  # noqa: BLE001 - a broken Matplotlib, too: the verdicts stand
        if not look.faults:
            look.faults.append(("its picture", f"{type(error).__name__}: {error}"))
    else:
        look.picture = file.getvalue()


def _put(look: Look, told: Mapping[str, Any], finding: Finding, *, is_first: bool) -> None:
    """Put a finding where it belongs: what was said is not said again."""
    if told["bonus"] and told["status"] != "todo":
        look.bonuses.append(finding)
    elif is_first and told["status"] != "blocked":
        look.findings.append(finding)
