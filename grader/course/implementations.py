"""The implementations that test a course's checks: stub, reference, wheat and chaff of every exercise.

Wheat and chaff may depend on the version of a package: `Only with: pandas>=3` in their docstring. With
another version they are left out.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from grader.course.packages import is_requirement, unmet
from grader.records.sources import Cell, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.checks.exercise import Exercise
    from grader.course.course import Course, Section

Kind = Literal["stub", "reference", "wheat", "chaff", "mutant"]


class ImplementationError(ValueError):
    """A wheat or chaff file is malformed; the message says what is missing."""


@dataclass(frozen=True, eq=False)
class Implementation:
    """An implementation of one exercise; the rest of its module is the reference.

    `must_fail` names the checks that must all fail; it is empty unless the implementation is chaff. `same_as`
    names another chaff of this exercise with the same misconception. A mutant has its `source` here, not in a
    file.
    """

    kind: Kind
    name: str
    section: Section
    exercise: Exercise
    path: Path
    explanation: str = ""
    must_fail: tuple[str, ...] = ()
    same_as: str = ""
    source: str = ""

    def __str__(self) -> str:
        """Return its name: `softmax/chaff/normalizes_columns`."""
        return f"{self.exercise.name}/{self.kind}/{self.name}"

    def files(self, course: Course) -> tuple[SourceFile, ...]:
        """Return the program: stub, reference, mutant, or the reference followed by wheat or chaff.

        The last definition of a name counts, as in any module.
        """
        base = self.path if self.kind == "stub" else course.solution(self.section)
        source = self.source or base.read_text(encoding="utf-8")
        if self.kind in {"wheat", "chaff"}:
            source += "\n\n" + self.path.read_text(encoding="utf-8")
        return (SourceFile(str(base), self.section.module, (Cell(None, source),)),)


def implementations(course: Course) -> Iterator[Implementation]:
    """Yield all implementations of a course. Raises `ImplementationError`."""
    for section, exercise in course.exercises():
        yield Implementation("stub", section.module, section, exercise, section.stub)
        yield Implementation("reference", section.module, section, exercise, course.solution(section))
        for kind in ("wheat", "chaff"):
            yield from _implementations_of(kind, course, section, exercise)


def chaff_of(course: Course, section: Section, exercise: Exercise) -> Iterator[Implementation]:
    """Yield the chaff of one exercise. Raises `ImplementationError`."""
    yield from _implementations_of("chaff", course, section, exercise)


def _implementations_of(
    kind: Literal["wheat", "chaff"], course: Course, section: Section, exercise: Exercise
) -> Iterator[Implementation]:
    for path in sorted((course.reference / section.chapter / kind / exercise.name).glob("*.py")):
        found = _implementation(kind, section, exercise, path)
        if found is not None:
            yield found


def _implementation(
    kind: Literal["wheat", "chaff"], section: Section, exercise: Exercise, path: Path
) -> Implementation | None:
    """Return the implementation in a file; None if it depends on a package that is not installed so."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    explanation, _, last = text.rpartition("Fails:")
    must_fail = tuple(name.strip() for name in last.split(",") if name.strip()) if explanation else ()
    if not text or bool(must_fail) != (kind == "chaff"):
        message = (
            f'{path} needs a docstring. For chaff it must end with "Fails: right_values", naming the checks '
            "that fail; for wheat it must not"
        )
        raise ImplementationError(message)
    known = {check.name for check in exercise.checks}
    unknown = [name for name in must_fail if name not in known]
    if unknown:
        message = f"{path} says that it fails {unknown[0]}, which is no check of {exercise.name}"
        raise ImplementationError(message)
    explanation, only_with = _split(explanation.strip() or text, "Only with")
    explanation, same_as = _split(explanation, "Same as")
    if only_with and not is_requirement(only_with):
        message = f'{path} says "Only with: {only_with}", which must be like pandas>=3'
        raise ImplementationError(message)
    if unmet([only_with] if only_with else []):
        return None
    if same_as and not path.with_name(f"{same_as}.py").exists():
        message = f"{path} says that it is the same as {same_as}, which is no chaff of {exercise.name}"
        raise ImplementationError(message)
    return Implementation(kind, path.stem, section, exercise, path, explanation, must_fail, same_as)


def _split(text: str, field: str) -> tuple[str, str]:
    """Return the text before the line of a field, such as "Same as: NAME", and what the line says."""
    before, _, last = text.rpartition(f"\n{field}:")
    return (before.strip(), last.strip()) if before else (text, "")
