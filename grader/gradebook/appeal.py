"""The page about a student for an appeal: the ledger, the mark, and for each failure all that it rests on.

It is one file that loads nothing. It never shows the seed: who has the output folder can grade again with the
command on the page.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.course.declarations import checks_in
from grader.gradebook.history import derivation, lines
from grader.reporting.pages.student import failures, pieces_of
from grader.reporting.rendering import pages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.gradebook.events import Event
    from grader.gradebook.marks import Mark, Rules
    from grader.records.verdict import ExerciseResult, Verdict
    from grader.reporting.pages.pieces import MarkedText
    from grader.reporting.report import Report


@dataclass(frozen=True)
class Disputed:
    """An exercise that did not get all points.

    Args:
        result: what was found.
        tolerance: how the checks file derives the tolerance; "" if it says nothing.
    """

    result: ExerciseResult
    tolerance: str

    @property
    def failures(self) -> list[tuple[Verdict, list[MarkedText]]]:
        """The checks that failed, with the failing input and both values."""
        return [(check, pieces_of(check)) for check in failures(self.result)]


def page(
    student: str, events: Sequence[Event], mark: Mark, rules: Rules, report: Report | None, *,
    course: Path | None, command: str,
) -> str:  # fmt: skip
    """Return the page, as HTML.

    Args:
        student: the name of the student's row and folder.
        events: all events about the student.
        mark: the mark.
        rules: the policy and deadlines that it follows from.
        report: the report that counts.
        course: the folder of the course.
        command: what grades it again.

    """
    wrong = [one for one in report.exercises if one.status != "correct"] if report is not None else []
    disputed = [Disputed(one, tolerance_of(course, one) if course is not None else "") for one in wrong]
    return pages().get_template("history.html").render(
        student=student, lines=lines(events), derivation=derivation(mark, rules), report=report,
        disputed=disputed, command=command,
    )  # fmt: skip


def tolerance_of(course: Path, result: ExerciseResult) -> str:
    """Return the lines by which a checks file derives an exercise's tolerances, with their comments."""
    path = next((path for path, module in checks_in(course).items() if module == result.module), None)
    if path is None:
        return ""
    try:
        text = path.read_text(encoding="utf-8-sig")
        tree = ast.parse(text)
    except (OSError, ValueError, SyntaxError):
        return ""
    source = text.splitlines()
    constants = {
        target.id: node
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    node = constants.get(result.name)
    if node is None or not isinstance(node.value, ast.Call):
        return ""
    shown: list[str] = []
    for keyword in node.value.keywords:
        if keyword.arg is None or "tolerance" not in keyword.arg:
            continue
        used = {one.id for one in ast.walk(keyword.value) if isinstance(one, ast.Name)} & constants.keys()
        for name in sorted(used):
            shown += _with_comment(source, constants[name])
        shown += [line.strip() for line in source[keyword.lineno - 1 : keyword.end_lineno]]
    return "\n".join(shown)


def _with_comment(source: Sequence[str], node: ast.stmt) -> list[str]:
    """Return the lines of a statement, and the comment above it."""
    first = node.lineno - 1
    while first and source[first - 1].startswith("#"):
        first -= 1
    return list(source[first : node.end_lineno])
