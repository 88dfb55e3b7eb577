"""Whether a submission is one to another assignment: nothing in it has a name of the course."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.course.declarations import checks_in, declarations
from grader.execution.loading.near_misses import SHORTEST, SIMILAR
from grader.records.spelling import alike
from grader.submissions.naming import section_module

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course.course import Course
    from grader.records.verdict import ExerciseResult
    from grader.submissions import Submission

SHOWN: Final = 5
"""Names that a message shows."""
MAX_NAME: Final = 60


def why_unrelated(course: Course, submission: Submission, results: Sequence[ExerciseResult]) -> str:
    """Return why nothing in a submission is of a course, with the names that were found; "" if something is.

    Something is, if any exercise isn't missing; a file is named after a section; or a function or class is
    named, or almost named, as an exercise of the whole course, whichever of them are graded.
    """
    if any(result.status != "missing" for result in results):
        return ""
    modules = frozenset(checks_in(course.root).values())
    if any(section_module(file.path, modules) for file in submission.files):
        return ""
    found = dict.fromkeys(one.name for one in submission.definitions)
    known = names_of(course)
    if any(_is_near(name, known) for name in found):
        return ""
    return f"Nothing in it has a name of this course: it defines {_listed(list(found))}."


def names_of(course: Course) -> frozenset[str]:
    """Return the names of all exercises of a course, and of the classes and methods that they may be."""
    declared = [name for path in checks_in(course.root) for name in declarations(path)]
    spelled = [name for section in course.sections for names in section.spellings.values() for name in names]
    return frozenset(part for name in (*declared, *spelled) for part in name.split("."))


def _is_near(name: str, known: frozenset[str]) -> bool:
    return name in known or (len(name) >= SHORTEST and bool(alike(name, known, least=SIMILAR)))


def _listed(names: list[str]) -> str:
    if not names:
        return "no functions and no classes"
    shown = ", ".join(name[:MAX_NAME] for name in names[:SHOWN])
    return shown if len(names) <= SHOWN else f"{shown} and {len(names) - SHOWN} more"
