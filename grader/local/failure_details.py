"""Explain a check that did not pass: its reason, and the details that the student reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.course.call_setup import setup_of
from grader.local.check_record import with_verdict
from grader.reporting.feedback import FailureDetails, shown_path
from grader.reporting.reasons import short_reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.checks.exercise import Exercise
    from grader.course.course import Section
    from grader.local.check_record import CheckRecord
    from grader.local.local_runner import LocalRunner
    from grader.records.verdict import Verdict

CHECK_ERROR: Final = "The check itself failed, which is not your fault. Show this to your instructor.\n"


def explain(
    runner: LocalRunner,
    section: Section,
    exercise: Exercise,
    record: CheckRecord,
    verdict: Verdict,
    *,
    to_do: str,
    all_hints: bool = False,
    is_selected: Callable[[str], bool] = lambda _check: True,
) -> tuple[CheckRecord, FailureDetails]:
    """Return the record of a check that did not pass, and the details that its student reads.

    Args:
        runner: what ran the check.
        section: the check's section.
        exercise: the check's exercise.
        record: the check's record so far.
        verdict: the check's verdict.
        to_do: the advice to give if the exercise is still a stub.
        all_hints: whether to show all hints, not just the first one.
        is_selected: whether a check of the same exercise, by its name, is part of this run.

    """
    asker = runner.asker(section, exercise)
    root = _root(runner, section, exercise, verdict)
    record = replace(with_verdict(record, verdict), root=root.name, reason=short_reason(root))
    advice = ""
    if asker is not None and asker.is_to_do():
        record = replace(record, status="todo", cause=f"{section.stub}::{exercise.name}")
        advice = to_do
    elif root.name == exercise.checks[0].name and root.status != "failed":
        advice = f"Fix this first: {exercise.name} can't be checked until it is defined."
        if asker is not None and asker.file_is_broken([one.name for one in section.exercises]):
            # Explained once, not for each of its exercises.
            record = replace(record, status=root.status, cause=f"{section.stub}")
            advice = f"Fix this first: nothing in {section.stub.name} can be checked until the file runs."
    elif root is not verdict and not is_selected(root.name):
        record = replace(record, status=root.status, cause=f"{section.stub}::{exercise.name}::{root.name}")
    shown = _with_setup(section, root)
    return record, FailureDetails(
        shown if root is verdict else verdict,
        shown,
        section,
        suspects=runner.suspects(section, exercise),
        right_before=_right_before(runner, section, exercise, verdict),
        printed="" if advice else runner.printed(section, exercise, root.name),
        uncounted=runner.examination(section, exercise).uncounted(root.name),
        all_hints=all_hints,
        advice=advice,
    )


def _right_before(runner: LocalRunner, section: Section, exercise: Exercise, verdict: Verdict) -> str:
    """Return a sentence about an earlier attempt at an exercise that is right; "" if there is none."""
    attempt = None if verdict.bonus else runner.right_before(section, exercise)
    if attempt is None:
        return ""
    what = f"{exercise.name} of line {attempt.line} is right, but the last definition counts here"
    if attempt.changed_at:
        what = f"{exercise.name} was right until line {attempt.changed_at} changed what it needs"
    return f"{what}. When you hand in, the best attempt counts."


def _with_setup(section: Section, verdict: Verdict) -> Verdict:
    """Return a verdict with the lines above its call, for a prompt in the current folder."""
    folder = Path(shown_path(section.checks.parent)).as_posix()
    return replace(verdict, setup=setup_of(section, verdict.counterexample, folder))


def _root(runner: LocalRunner, section: Section, exercise: Exercise, verdict: Verdict) -> Verdict:
    """Return the verdict that blocks a blocked one; of any other, itself."""
    while verdict.status == "blocked":
        verdict = runner.verdict(section, exercise, verdict.blocked_by)
    return verdict
