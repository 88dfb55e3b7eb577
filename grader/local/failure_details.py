"""What is to be told of a check that did not pass: why, and to whom an overview puts it down."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import TYPE_CHECKING, Final

from grader.course.due_dates import due
from grader.reporting.feedback import Finding

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grader.checks.check import Check
    from grader.checks.exercise import Exercise
    from grader.course.course import Section
    from grader.local.local_runner import Desk
    from grader.records.verdict import Verdict

    Told = dict[str, object]

WORD: Final = re.compile(r"\b[^\W\d]\w*")
FAULT: Final = "The check itself failed: no fault of yours. Show this to whoever gave you the course.\n"


def told_before(section: Section, exercise: Exercise, check: Check) -> Told:
    """Return what an overview must know of a check; as long as it isn't judged, the check is at fault."""
    return {
        "section": f"{section.number} {section.title}",
        "due": due(section.deadline),
        "file": str(section.stub),
        "exercise": exercise.name,
        "line": exercise.line,
        "worth": exercise.max_points,
        "checks": len([one for one in exercise.checks if not one.bonus]),
        "check": check.name,
        "root": check.name,
        "bonus": check.bonus,
        "status": "fault",
        "points": 0.0,
        "max_points": check.points,
        "cause": f"{section.stub}::{exercise.name}::fault",
        "picture": "",
    }


def explain(
    desk: Desk,
    section: Section,
    exercise: Exercise,
    verdict: Verdict,
    *,
    to_do: str,
    all_hints: bool = False,
    is_asked: Callable[[str], bool] = lambda _check: True,
) -> tuple[Told, Finding]:
    """Return what an overview must know of a check that did not pass, and what the student reads about it.

    Args:
        desk: where the check was asked.
        section: the check's section.
        exercise: the check's exercise.
        verdict: what was found of the check.
        to_do: what to advise where nothing is written yet.
        all_hints: whether the student wants more than the first hint.
        is_asked: whether a check of the same exercise, by its name, is reported by itself.

    """
    asker = desk.asker(section, exercise)
    root = _root(desk, section, exercise, verdict)
    told: Told = {"status": verdict.status, "points": verdict.points, "cause": "", "root": root.name}
    advice = ""
    if asker is not None and asker.is_to_do():
        told |= {"status": "todo", "cause": f"{section.stub}::{exercise.name}"}
        advice = to_do
    elif root.name == exercise.checks[0].name and root.status != "failed":
        # The file as a whole is broken: it is said once, and not for each of its exercises.
        told |= {"status": root.status, "cause": f"{section.stub}"}
        advice = f"Until this is mended, nothing in {section.stub.name} can be checked."
    elif root is not verdict and not is_asked(root.name):
        told |= {"status": root.status, "cause": f"{section.stub}::{exercise.name}::{root.name}"}
    suspects = desk.suspects(section, exercise)
    return told, Finding(verdict, root, section, suspects, all_hints, advice)


def shell_of(section: Section, call: str) -> str:
    """Return the command that opens a prompt for a call, if it calls what only the checks define."""
    helpers = _defined(section.drive) if section.drive else frozenset()
    return f"grader shell {section.module}" if helpers.intersection(WORD.findall(call)) else ""


@cache
def _defined(path: Path) -> frozenset[str]:
    """Return what a file defines at its top level, by name, without running it."""
    found: set[str] = set()
    for node in ast.parse(path.read_bytes()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found.update(target.id for target in targets if isinstance(target, ast.Name))
    return frozenset(found)


def _root(desk: Desk, section: Section, exercise: Exercise, verdict: Verdict) -> Verdict:
    """Return the verdict that a blocked one waits for; of another, itself."""
    while verdict.status == "blocked":
        verdict = desk.verdict(section, exercise, verdict.message.removeprefix("waits for "))
    return verdict
