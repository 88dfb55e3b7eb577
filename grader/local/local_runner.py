"""Check a student's answers in this process: `pytest assignments`, `grader watch`, `%check`.

The checks and their verdicts are those of `grader grade`; here the answers run without a sandbox.
"""

from __future__ import annotations

import bdb
import time
import tokenize
from typing import TYPE_CHECKING, Any, Final, Protocol

from grader.course import course as courses
from grader.execution.deadline import FOREVER, is_debugging
from grader.execution.student_code import Answers
from grader.execution.unmodified_stub import UnmodifiedStub, is_unmodified
from grader.judging.error_carried_forward import definition, wrong_siblings
from grader.judging.evaluation import Examination, timeout_of
from grader.plots.build import figure_of
from grader.records.protocol import EXPIRED
from grader.records.sources import Cell, SourceFile
from grader.records.verdict import ExerciseResult, Verdict, summarize

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from grader.checks.exercise import Exercise
    from grader.checks.plot_specs import Figure
    from grader.course.course import Section
    from grader.execution.loading import LoadError
    from grader.judging.generated_cases import Exam
    from grader.records.protocol import Absent, Ask, Observation
    from grader.records.verdict import CheckStatus

INTERRUPTS: Final = frozenset({"KeyboardInterrupt", "BdbQuit", "Exit"})
"""Exceptions by which a person stops the run. Loading a file catches them like any other exception."""
UNREADABLE: Final = "Unreadable"
"""The kind of load error of a file that can't be read."""


class SectionAnswers(Protocol):
    """The answers to the exercises of a section: those of a file (`Answers`), or of a running notebook."""

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
        """Ask an answer, and stop it after this many seconds."""


class LocalAsker:
    """Asks an answer in this process.

    Args:
        answers: the answers to the section.
        exercise: the exercise to ask.
        seconds: the time limit for all its questions together.
        quits: exceptions that stop the whole run, such as a debugger's `quit`; `ask` raises them.

    Attributes:
        error: the last exception that left the student's code, for a debugger.

    """

    def __init__(
        self,
        answers: SectionAnswers,
        exercise: Exercise,
        *,
        seconds: float,
        quits: tuple[type[BaseException], ...] = (bdb.BdbQuit,),
    ) -> None:
        self.answers = answers
        self.exercise = exercise
        self.seconds = seconds
        self.quits = quits
        self.deadline: float | None = None
        self.error: BaseException | None = None

    def absent(self) -> tuple[CheckStatus, str] | None:
        """Return status and message of an answer that is missing; None if there is one."""
        why = self.answers.absent(self.exercise.name)
        if why is None:
            return None
        fault = self.answers.fault(self.exercise.name)
        if fault is not None and fault.exception in INTERRUPTS:
            raise KeyboardInterrupt
        return why.status, why.message.removeprefix(f"{UNREADABLE}: ")

    def is_to_do(self) -> bool:
        """Return whether the exercise is still a stub."""
        why = self.answers.absent(self.exercise.name)
        return why is not None and why.is_stub

    def ask(self, questions: Sequence[Ask]) -> list[Observation]:
        """Return one observation for each question. Raises `Interrupted` when the time limit is exceeded."""
        now = time.monotonic()
        if self.deadline is None or is_debugging():
            self.deadline = FOREVER if is_debugging() else now + self.seconds
        left = max(0.1, self.deadline - now)
        answered = self.answers.ask(self.exercise.name, 0, questions, left, quits=self.quits)
        seen = [observation for observation, _error in answered]
        errors = [error for _observation, error in answered if error is not None]
        self.error = errors[-1] if errors else self.error
        if errors and isinstance(errors[-1], self.quits):
            raise errors[-1]
        if seen and seen[-1].raised is not None and seen[-1].raised.kind == EXPIRED:
            limit = f"stopped after {self.seconds:.3g} s, which is all the time this exercise has"
            raise timeout_of(seen, f"{limit}: does a loop never end?")
        return seen

    def search(self, question: Ask) -> Observation:
        """Return the observation for one more question, in the time limit of `ask`. Raises `Interrupted`."""
        (seen,) = self.ask([question])
        return seen

    def remove_time_limit(self) -> None:
        """Remove the time limit of this exercise: the time is spent in a debugger."""
        self.seconds = FOREVER
        if self.deadline is not None:
            self.deadline = FOREVER


class LocalRunner:
    """Checks the sections of a course; each is loaded and examined when first needed.

    Args:
        exam: the inputs, and the devices of their tensors.
        limited: whether exercises have a time limit; not while debugging.
        reference: the folder with solutions, if there is one. An exercise that fails because of a sibling
            is checked again with the solution's sibling.
        quits: exceptions that stop the whole run, not just the answer that raises them.
        find_answers: returns the answers to a section, given sources that replace the definitions of some
            names; by default, from the section's file.

    """

    def __init__(
        self,
        exam: Exam,
        *,
        limited: bool = True,
        reference: Path | None = None,
        quits: tuple[type[BaseException], ...] = (bdb.BdbQuit,),
        find_answers: Callable[[Section, Mapping[str, str]], SectionAnswers] | None = None,
    ) -> None:
        self.find_answers = find_answers or self.answers_in_file
        self.exam = exam
        self.limited = limited
        self.reference = reference
        self.quits = quits
        self.loaded: dict[tuple[Path, tuple[tuple[str, str], ...]], SectionAnswers] = {}
        self.examinations: dict[Exercise, Examination] = {}
        self.files: dict[Section, Path] = {}
        self.pictures: dict[Exercise, Figure | None] = {}

    def verdict(self, section: Section, exercise: Exercise, check: str) -> Verdict:
        """Return the verdict on one check. Raises `GraderFault` if it is not judged."""
        examination = self.examination(section, exercise)
        verdict = examination.verdict(check)
        examination.require_judged(check)
        return verdict

    def result(self, section: Section, exercise: Exercise) -> ExerciseResult:
        """Return the result of one exercise."""
        verdicts = self.examination(section, exercise).all()
        return summarize(exercise.name, section.number, section.module, verdicts)

    def picture(self, section: Section, exercise: Exercise) -> Figure | None:
        """Return the picture of an answer; None if it has none. Raises `PlotError`."""
        if exercise not in self.pictures:
            self.pictures[exercise] = figure_of(self.examination(section, exercise))
        return self.pictures[exercise]

    def asker(self, section: Section, exercise: Exercise) -> LocalAsker | None:
        """Return the asker of the examination that counts; None if it is not a `LocalAsker`."""
        asker = self.examination(section, exercise).asker
        return asker if isinstance(asker, LocalAsker) else None

    def suspects(self, section: Section, exercise: Exercise) -> tuple[str, ...]:
        """Return the failed siblings that an answer may have failed because of.

        With the reference there are none: the answer was checked with correct siblings. Siblings that are
        still to do are left out: calling them raises an exception that says so.
        """
        if self.reference is not None:
            return ()
        wrong = wrong_siblings(exercise, passed=lambda name: self._passed(section, name))
        askers = {one.name: self.asker(section, one) for one in section.exercises if one.name in wrong}
        return tuple(name for name, asker in askers.items() if asker is None or asker.absent() is None)

    def remove_time_limits(self) -> None:
        """Remove all time limits from now on: the student is debugging."""
        self.limited = False
        for examination in self.examinations.values():
            if isinstance(examination.asker, LocalAsker):
                examination.asker.remove_time_limit()

    def examination(self, section: Section, exercise: Exercise) -> Examination:
        """Return the examination that counts: with the student's siblings, or with the reference's."""
        if exercise not in self.examinations:
            first = self._examine(section, exercise, {})
            self.examinations[exercise] = first
            if exercise.uses and self.reference is not None and self._failed(first):
                self.examinations[exercise] = self._retry_with_reference(section, exercise, first)
        return self.examinations[exercise]

    def _retry_with_reference(self, section: Section, exercise: Exercise, first: Examination) -> Examination:
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
        answers = self.find_answers(section, overrides)
        seconds = self.exam.seconds(exercise) if self.limited else FOREVER
        return Examination(
            exercise, self.exam, LocalAsker(answers, exercise, seconds=seconds, quits=self.quits)
        )

    def answers_in_file(self, section: Section, overrides: Mapping[str, str]) -> SectionAnswers:
        """Return the answers in the student's file."""
        path = self.files.get(section, section.stub)
        key = (path, tuple(overrides.items()))
        if key not in self.loaded:
            wanted = {exercise.name: exercise.spellings for exercise in section.exercises}
            file = source_file(path, section.module)
            self.loaded[key] = (
                UnmodifiedStub()
                if len(file.cells) == 1 and is_unmodified(file.cells[0].source, wanted)
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
    """Return a student's file; if it can't be read, an empty one with the reason."""
    try:
        with tokenize.open(path) as file:
            return SourceFile(str(path), module, (Cell(None, file.read()),))
    except FileNotFoundError:
        problem = f"{path.name} is missing. Copy it again from the course material."
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = f"{path.name}, line {line}, is not valid {error.encoding.upper()}. Save the file as UTF-8."
    except SyntaxError:
        problem = f"{path.name} has an encoding that Python does not know. Save the file as UTF-8."
    except OSError as error:
        problem = f"{path.name} can't be read: {error.strerror}."
    return SourceFile(str(path), module, (), problem)


def drive_names(section: Section) -> dict[str, Any]:
    """Return the names that a section's drive file defines, with their values."""
    return dict(vars(courses.load_module(section.drive))) if section.drive else {}


def _points(examination: Examination) -> float:
    return sum(verdict.points for verdict in examination.all() if not verdict.bonus)
