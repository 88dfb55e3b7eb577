"""The implementations that a course is tested on: stub, reference, wheat and chaff of every exercise."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from grader.records.sources import Cell, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.checks.exercise import Exercise
    from grader.course.course import Course, Section

Kind = Literal["stub", "reference", "wheat", "chaff", "mutant"]


class SpecimenError(ValueError):
    """A wheat or chaff file isn't one; the message says what it lacks."""


@dataclass(frozen=True, eq=False)
class Specimen:
    """One implementation of one exercise, laid over the reference.

    `fails` names the checks that must fail, each of them; it is empty unless the specimen is chaff. `same_as`
    names the chaff of the same exercise that holds the same misconception in another spelling. A mutant's
    `source` is in no file.
    """

    kind: Kind
    name: str
    section: Section
    exercise: Exercise
    path: Path
    explanation: str = ""
    fails: tuple[str, ...] = ()
    same_as: str = ""
    source: str = ""

    def __str__(self) -> str:
        """Name the specimen: `softmax/chaff/normalizes_columns`."""
        return f"{self.exercise.name}/{self.kind}/{self.name}"

    def files(self, course: Course) -> tuple[SourceFile, ...]:
        """Return the program: stub, reference, mutant, or the reference with wheat or chaff after it.

        Of two definitions of a name the last one counts, as in any module.
        """
        base = self.path if self.kind == "stub" else course.solution(self.section)
        source = self.source or base.read_text(encoding="utf-8")
        if self.kind in {"wheat", "chaff"}:
            source += "\n\n" + self.path.read_text(encoding="utf-8")
        return (SourceFile(str(base), self.section.module, (Cell(None, source),)),)


def specimens(course: Course) -> Iterator[Specimen]:
    """Yield all specimens of a course. Raises `SpecimenError` for a file that isn't one."""
    for section, exercise in course.exercises():
        yield Specimen("stub", section.module, section, exercise, section.stub)
        yield Specimen("reference", section.module, section, exercise, course.solution(section))
        for kind in ("wheat", "chaff"):
            yield from _specimens(kind, course, section, exercise)


def chaff_of(course: Course, section: Section, exercise: Exercise) -> Iterator[Specimen]:
    """Yield the chaff of one exercise: its misconceptions. Raises `SpecimenError`."""
    yield from _specimens("chaff", course, section, exercise)


def _specimens(
    kind: Literal["wheat", "chaff"], course: Course, section: Section, exercise: Exercise
) -> Iterator[Specimen]:
    for path in sorted((course.reference / section.chapter / kind / exercise.name).glob("*.py")):
        yield _specimen(kind, section, exercise, path)


def _specimen(kind: Literal["wheat", "chaff"], section: Section, exercise: Exercise, path: Path) -> Specimen:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    explanation, _, last = text.rpartition("Fails:")
    fails = tuple(name.strip() for name in last.split(",") if name.strip()) if explanation else ()
    if not text or bool(fails) != (kind == "chaff"):
        message = (
            f'{path} needs a docstring; that of a chaff ends with "Fails: right_values", '
            "naming the check that it fails; that of a wheat doesn't"
        )
        raise SpecimenError(message)
    known = {check.name for check in exercise.checks}
    unknown = [name for name in fails if name not in known]
    if unknown:
        message = f"{path} says that it fails {unknown[0]}, which is no check of {exercise.name}"
        raise SpecimenError(message)
    explanation, same_as = _partitioned(explanation.strip() or text)
    if same_as and not path.with_name(f"{same_as}.py").exists():
        message = f"{path} says that it is the same as {same_as}, which is no chaff of {exercise.name}"
        raise SpecimenError(message)
    return Specimen(kind, path.stem, section, exercise, path, explanation, fails, same_as)


def _partitioned(text: str) -> tuple[str, str]:
    """Return an explanation, and the name of the chaff that it says it is the same as."""
    explanation, _, last = text.rpartition("\nSame as:")
    return (explanation.strip(), last.strip()) if explanation else (text, "")
