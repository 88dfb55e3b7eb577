"""The student's desk: the answers in a folder of assignments, examined in this process.

What is judged, and how, is the same as in the grader; here nothing stands between the two halves.
"""

from __future__ import annotations

import bdb
import time
import tokenize
from typing import TYPE_CHECKING, Any, Final, Protocol

from grader.course import course as courses
from grader.execution.deadline import FOREVER, debugged
from grader.execution.student_code import STILL_TO_DO, Answers
from grader.execution.unmodified_stub import Untouched, is_untouched
from grader.judging.error_carried_forward import definition, wrong_siblings
from grader.judging.evaluation import Examination, expired
from grader.plots.build import picture_of
from grader.records.protocol import EXPIRED
from grader.records.sources import Cell, SourceFile
from grader.records.verdict import ExerciseResult, Verdict, summarize

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from grader.checks.exercise import Exercise
    from grader.checks.plot_specs import Picture
    from grader.course.course import Section
    from grader.execution.loading import LoadError
    from grader.judging.generated_cases import Exam
    from grader.records.protocol import Absent, Ask, Observation
    from grader.records.verdict import CheckStatus

INTERRUPTS: Final = frozenset({"KeyboardInterrupt", "BdbQuit", "Exit"})
"""Exceptions by which a person stops the run; while a file is loaded they are kept like any other."""
UNREADABLE: Final = "Unreadable"
"""The kind of error that a file is loaded with that can't be read."""


class Held(Protocol):
    """The answers to a section, ready to be asked: those of a file (`Answers`), or of a running notebook."""

    def absent(self, exercise: str) -> Absent | None:
        """Return why there is no answer to an exercise; None if there is one."""

    def fault(self, exercise: str) -> LoadError | None:
        """Return the error because of which an exercise isn't defined, if there is one."""

    def ask(
        self,
        exercise: str,
        attempt: int,
        asks: Sequence[Ask],
        seconds: float,
        *,
        quits: tuple[type[BaseException], ...] = (),
    ) -> list[tuple[Observation, BaseException | None]]:
        """Ask an answer within so many seconds."""


class DeskAsker:
    """Asks an answer in this process.

    `error` is the last exception that left the student's code, for a debugger to look at. Those that stop the
    whole run come out of `ask`: `quits`, such as that of a debugger that is told to quit.
    """

    def __init__(
        self,
        answers: Held,
        exercise: Exercise,
        *,
        seconds: float,
        quits: tuple[type[BaseException], ...] = (bdb.BdbQuit,),
    ) -> None:
        self.answers = answers
        self.exercise = exercise
        self.seconds = seconds
        self.quits = quits
        self.until: float | None = None
        self.error: BaseException | None = None

    def absent(self) -> tuple[CheckStatus, str] | None:
        """Say why there is no answer."""
        why = self.answers.absent(self.exercise.name)
        if why is None:
            return None
        fault = self.answers.fault(self.exercise.name)
        if fault is not None and fault.exception in INTERRUPTS:
            raise KeyboardInterrupt
        return why.status, why.message.removeprefix(f"{UNREADABLE}: ")

    def is_to_do(self) -> bool:
        """Return whether there is just the stub."""
        why = self.answers.absent(self.exercise.name)
        return why is not None and why.message == STILL_TO_DO.format(self.exercise.name)

    def ask(self, questions: Sequence[Ask]) -> list[Observation]:
        """Return one observation a question; raises `Interrupted` when the exercise's time is used up."""
        now = time.monotonic()
        if self.until is None or debugged():
            self.until = FOREVER if debugged() else now + self.seconds
        left = max(0.1, self.until - now)
        answered = self.answers.ask(self.exercise.name, 0, questions, left, quits=self.quits)
        seen = [observation for observation, _error in answered]
        errors = [error for _observation, error in answered if error is not None]
        self.error = errors[-1] if errors else self.error
        if errors and isinstance(errors[-1], self.quits):
            raise errors[-1]
        if seen and seen[-1].raised is not None and seen[-1].raised.kind == EXPIRED:
            raise expired(seen, self.seconds)
        return seen

    def unlimit(self) -> None:
        """Let the time of this exercise never be used up: it was spent in a debugger."""
        self.seconds = FOREVER
        if self.until is not None:
            self.until = FOREVER


class Desk:
    """All sections at one desk, loaded and examined when first asked for.

    Args:
        exam: the inputs, and where their tensors are made.
        limited: whether exercises have a time limit; not while somebody debugs.
        reference: the folder with solutions, where there is one: it spares an exercise the mistakes of
            its siblings.
        quits: exceptions that stop the run, and not just the answer that they come from.
        hold: where the answers to a section come from, with the sources that replace what is defined under
            these names; by default, from the section's file.

    """

    def __init__(
        self,
        exam: Exam,
        *,
        limited: bool = True,
        reference: Path | None = None,
        quits: tuple[type[BaseException], ...] = (bdb.BdbQuit,),
        hold: Callable[[Section, Mapping[str, str]], Held] | None = None,
    ) -> None:
        self.hold = hold or self.answers
        self.exam = exam
        self.limited = limited
        self.reference = reference
        self.quits = quits
        self.loaded: dict[tuple[Path, tuple[tuple[str, str], ...]], Held] = {}
        self.examinations: dict[Exercise, Examination] = {}
        self.files: dict[Section, Path] = {}
        self.pictures: dict[Exercise, Picture | None] = {}

    def verdict(self, section: Section, exercise: Exercise, check: str) -> Verdict:
        """Return the verdict on one check."""
        return self.examination(section, exercise).verdict(check)

    def result(self, section: Section, exercise: Exercise) -> ExerciseResult:
        """Return the result of one exercise."""
        verdicts = self.examination(section, exercise).all()
        return summarize(exercise.name, section.number, section.module, verdicts)

    def picture(self, section: Section, exercise: Exercise) -> Picture | None:
        """Return the picture of an answer; None where there is nothing to be seen. Raises `PictureFault`."""
        if exercise not in self.pictures:
            self.pictures[exercise] = picture_of(self.examination(section, exercise))
        return self.pictures[exercise]

    def asker(self, section: Section, exercise: Exercise) -> DeskAsker | None:
        """Return who asks the answer that counts."""
        asker = self.examination(section, exercise).asker
        return asker if isinstance(asker, DeskAsker) else None

    def suspects(self, section: Section, exercise: Exercise) -> tuple[str, ...]:
        """Return the wrong siblings that may be why an answer failed.

        Without the reference nobody knows whether the answer is right on right siblings. That a sibling is
        still to do shows by itself.
        """
        if self.reference is not None:
            return ()
        wrong = wrong_siblings(exercise, passed=lambda name: self._passed(section, name))
        askers = {one.name: self.asker(section, one) for one in section.exercises if one.name in wrong}
        return tuple(name for name, asker in askers.items() if asker is None or asker.absent() is None)

    def unlimit(self) -> None:
        """Let no exercise's time be used up from now on: somebody debugs."""
        self.limited = False
        for examination in self.examinations.values():
            if isinstance(examination.asker, DeskAsker):
                examination.asker.unlimit()

    def examination(self, section: Section, exercise: Exercise) -> Examination:
        """Return the examination that counts: of the answer, or of the answer on the reference's siblings."""
        if exercise not in self.examinations:
            first = self._examine(section, exercise, {})
            self.examinations[exercise] = first
            if exercise.uses and self.reference is not None and self._failed(first):
                self.examinations[exercise] = self._resit(section, exercise, first)
        return self.examinations[exercise]

    def _resit(self, section: Section, exercise: Exercise, first: Examination) -> Examination:
        siblings = wrong_siblings(exercise, passed=lambda name: self._passed(section, name))
        if not siblings or self.reference is None or first.asker.absent() is not None:
            return first
        solution = self.reference / section.chapter / f"{section.module}.py"
        again = self._examine(section, exercise, {name: definition(solution, name) for name in siblings})
        return again if _points(again) > _points(first) else first

    def _passed(self, section: Section, name: str) -> bool:
        sibling = next((one for one in section.exercises if one.name == name), None)
        return sibling is None or not self._failed(self.examination(section, sibling))

    def _failed(self, examination: Examination) -> bool:
        return any(verdict.status != "passed" and not verdict.bonus for verdict in examination.all())

    def _examine(self, section: Section, exercise: Exercise, overrides: Mapping[str, str]) -> Examination:
        answers = self.hold(section, overrides)
        seconds = self.exam.seconds(exercise) if self.limited else FOREVER
        return Examination(
            exercise, self.exam, DeskAsker(answers, exercise, seconds=seconds, quits=self.quits)
        )

    def answers(self, section: Section, overrides: Mapping[str, str]) -> Held:
        """Return what the student's file defines."""
        path = self.files.get(section, section.stub)
        key = (path, tuple(overrides.items()))
        if key not in self.loaded:
            wanted = {exercise.name: exercise.spellings for exercise in section.exercises}
            file = source_file(path, section.module)
            self.loaded[key] = (
                Untouched()
                if len(file.cells) == 1 and is_untouched(file.cells[0].source, wanted)
                else Answers(
                    [file],
                    wanted,
                    drive_names(section),
                    overrides=overrides,
                    attempts=1,
                )
            )
        return self.loaded[key]


def source_file(path: Path, module: str) -> SourceFile:
    """Return a student's file as it is on disk; one that can't be read is empty and says why."""
    try:
        with tokenize.open(path) as file:
            return SourceFile(str(path), module, (Cell(None, file.read()),))
    except FileNotFoundError:
        problem = f"{path.name} is missing. Get the stub again from where the course came from."
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = f"{path.name}, line {line}, is not in {error.encoding.upper()}. Save the file as UTF-8."
    except SyntaxError:
        problem = f"{path.name} is in no encoding that Python knows. Save the file as UTF-8."
    except OSError as error:
        problem = f"{path.name} can't be read: {error.strerror}."
    return SourceFile(str(path), module, (), problem)


def drive_names(section: Section) -> dict[str, Any]:
    """Return what a section's drive file defines."""
    return dict(vars(courses.load_module(section.drive))) if section.drive else {}


def _points(examination: Examination) -> float:
    return sum(verdict.points for verdict in examination.all() if not verdict.bonus)
