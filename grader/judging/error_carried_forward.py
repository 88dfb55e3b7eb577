"""Count a mistake once: an exercise that calls an incorrect sibling is rerun with the reference's sibling.

A sibling is another exercise of the section that this one may call (`Exercise.uses`).
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.records.verdict import Verdict, summarize

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from grader.checks.exercise import Exercise
    from grader.records.verdict import ExerciseResult

RETRIED: Final = "this doesn't hold either with the course's own {} in place of yours"
"""The message of a check that failed once more."""
UNDECIDED: Final = "this could not be decided with the course's own {}"
"""The message of a check that was skipped then."""


def wrong_siblings(exercise: Exercise, *, passed: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the siblings that an exercise may call and whose base checks did not all pass."""
    return tuple(name for name in exercise.uses if not passed(name))


def definition(solution: Path, name: str) -> str:
    """Return the source of one definition in a reference module, preceded by the module's imports."""
    source = solution.read_text(encoding="utf-8")
    nodes = [
        node
        for node in ast.parse(source).body
        if isinstance(node, (ast.Import, ast.ImportFrom)) or getattr(node, "name", None) == name
    ]
    return "\n".join(ast.unparse(node) for node in nodes)


def without_text(again: ExerciseResult, first: ExerciseResult, siblings: Sequence[str]) -> ExerciseResult:
    """Return the result of a retry without anything that the process of that retry could have worded.

    This process had the reference's source, and a submission could show it to its author: as the message of
    an exception, as a value, as the name of a file, or by the time that it takes. Statuses and points remain.
    """
    seconds = {verdict.name: verdict.seconds for verdict in first.checks}
    replaced = " and ".join(siblings)
    messages = {"passed": "", "skipped": UNDECIDED.format(replaced)}
    by_grader = {"blocked", "not_judged"}
    checks = tuple(
        Verdict(
            name=one.name,
            statement=one.statement,
            status=one.status,
            points=one.points,
            max_points=one.max_points,
            bonus=one.bonus,
            message=one.message
            if one.status in by_grader
            else messages.get(one.status, RETRIED.format(replaced)),
            seconds=seconds[one.name],
            blocked_by=one.blocked_by,
            fault=one.fault,
        )
        for one in again.checks
    )
    result = summarize(again.name, again.section, again.module, checks, first.attempt)
    return replace(result, misconception=again.misconception)
