"""Check a student's answers in this process: `pytest assignments`, `grader watch`, `%check`.

The checks and their verdicts are those of `grader grade`; here the answers run without a sandbox.
"""

from __future__ import annotations

import bdb
import contextlib
import io
import time
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from grader.course import course as courses
from grader.course.correct_answers import CorrectAnswers
from grader.execution.deadline import FOREVER, is_debugging
from grader.execution.loading import MAX_ATTEMPTS
from grader.execution.loading.replacing import Replacement, answer_in
from grader.execution.student_code import Answers
from grader.execution.unmodified_stub import UnmodifiedStub, is_unmodified
from grader.judging.error_carried_forward import ErrorCarriedForward, revealing_asks
from grader.judging.evaluation import Examination, Interrupted, timeout_of
from grader.local.hand_in import LocalFiles
from grader.plots.build import figure_of
from grader.records.protocol import EXPIRED
from grader.records.verdict import ExerciseResult, Verdict, summarize

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from grader.checks.exercise import Exercise
    from grader.checks.plot_specs import Figure
    from grader.course.course import Section
    from grader.execution.loading import Attempt, LoadError
    from grader.judging.generated_cases import Exam
    from grader.records.protocol import Absent, Ask, Observation
    from grader.records.sources import SourceFile
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

    def raised_while_loaded(self) -> Collection[str]:
        """Return the names of the exceptions that were raised while the files were loaded."""

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

    def used(self, exercise: str, attempt: int, asks: Sequence[Ask], seconds: float) -> frozenset[str]:
        """Return the exercises whose answers another one enters when it is defined, and asked this."""


FindAnswers: TypeAlias = (
    "Callable[[Section, Mapping[str, Replacement], Mapping[str, tuple[str, ...]]], SectionAnswers]"
)


class LocalAsker:
    """Asks an answer in this process.

    Args:
        answers: the answers to the section.
        exercise: the exercise to ask.
        seconds: the time limit for all its questions together.
        quits: exceptions that stop the whole run, such as a debugger's `quit`; `ask` raises them.
        attempt: which attempt at the exercise is asked; by default the last one.

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
        attempt: int = 0,
    ) -> None:
        self.attempt = attempt
        self.answers = answers
        self.exercise = exercise
        self.seconds = seconds
        self.quits = quits
        self.deadline: float | None = None
        self.error: BaseException | None = None

    def absent(self) -> tuple[CheckStatus, str] | None:
        """Return status and message of an answer that is missing; None if there is one."""
        if not INTERRUPTS.isdisjoint(self.answers.raised_while_loaded()):
            raise KeyboardInterrupt
        why = self.answers.absent(self.exercise.name)
        if why is None:
            return None
        return why.status, why.message.removeprefix(f"{UNREADABLE}: ")

    def file_is_broken(self, exercises: Sequence[str]) -> bool:
        """Return whether none of a section's exercises is defined, all for the same reason."""
        faults = [self.answers.fault(name) for name in exercises]
        return all(fault is not None and fault == faults[0] for fault in faults)

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
        answered = self.answers.ask(self.exercise.name, self.attempt, questions, left, quits=self.quits)
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
        reference: the folder with solutions, if there is one. An exercise that fails because of other wrong
            answers is checked again with the solutions in their place.
        quits: exceptions that stop the whole run, not just the answer that raises them.
        find_answers: returns the answers to a section, given correct answers to some exercises and the
            spellings of those whose calls are recorded; by default, from the files of `program`.
        program: returns the files in which a section's exercises are looked for, its own file first; by
            default, those in its folder of assignments.
        sections: all sections whose answers can call each other; by default, only those of one section can.

    """

    def __init__(
        self,
        exam: Exam,
        *,
        limited: bool = True,
        reference: Path | None = None,
        quits: tuple[type[BaseException], ...] = (bdb.BdbQuit,),
        find_answers: FindAnswers | None = None,
        program: Callable[[Section], Sequence[SourceFile]] | None = None,
        sections: Sequence[Section] = (),
    ) -> None:
        self.find_answers = find_answers or self.answers_in_files
        self.program = program or LocalFiles().program
        self.exam = exam
        self.limited = limited
        self.reference = reference
        self.quits = quits
        self.loaded: dict[tuple[str, tuple[str, ...], tuple[str, ...]], SectionAnswers] = {}
        self.places: dict[str, tuple[Section, Exercise]] = {}
        self.solutions: dict[str, Path] = {}
        self.correct_answers = CorrectAnswers(self.solutions)
        self.firsts: dict[str, Examination] = {}
        self.askers: list[LocalAsker] = []
        self.carried: ErrorCarriedForward[Examination] = ErrorCarriedForward(self)
        for section in sections:
            self._add(section)
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
        """Return the failed exercises that an answer called when it failed, and that may be why.

        With the reference there are none: the answer was checked with correct ones. Those still to do are
        left out: calling them raises an exception that says so. So are those that call this answer in turn.
        """
        self._add(section)
        if self.reference is not None or not self.may_be_asked_again(self.first(exercise.name)):
            return ()
        called = self.carried.wrong_calls(exercise.name, rounds=1)
        written = [name for name in self.places if name in called and not _is_absent(self.first(name))]
        return tuple(one for one in written if exercise.name not in self.carried.wrong_calls(one, rounds=1))

    def right_before(self, section: Section, exercise: Exercise) -> Attempt | None:
        """Return an attempt at a wrong exercise that is right, and doesn't count here: the last one does."""
        answers = self.find_answers(section, {}, {})
        if not isinstance(answers, Answers) or not answers.has_earlier(exercise.name):
            return None
        every = self._load(section, {}, {}, attempts=MAX_ATTEMPTS)
        for index, attempt in enumerate(every.attempts[exercise.name]):
            asker = LocalAsker(
                every, exercise, seconds=self._seconds(exercise), quits=self.quits, attempt=index
            )
            if index and not self.is_wrong(Examination(exercise, self.exam, asker)):
                return attempt
        return None

    def printed(self, section: Section, exercise: Exercise, check: str) -> str:
        """Return what the answer prints in the call that is shown for a failed check; "" if nothing is shown.

        It is called once more for that, unless a debugger may stop it.
        """
        examination = self.examination(section, exercise)
        case, asker = examination.shown_cases.get(check), self.asker(section, exercise)
        question = examination.checks[check].question
        if case is None or asker is None or question is None or not self.limited:
            return ""
        output = io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.suppress(Interrupted):
            asker.search(case.ask(question))
        return output.getvalue()

    def remove_time_limits(self) -> None:
        """Remove all time limits from now on: the student is debugging."""
        self.limited = False
        for asker in self.askers:
            asker.remove_time_limit()

    def examination(self, section: Section, exercise: Exercise) -> Examination:
        """Return the examination that counts: with what the student wrote, or with the reference's."""
        self._add(section)
        if self.reference is None:
            return self.first(exercise.name)
        return self.carried.final(exercise.name)

    def first(self, name: str) -> Examination:
        """Return the examination with all that the student wrote."""
        if name not in self.firsts:
            self.firsts[name] = self._examine(name, {})
        return self.firsts[name]

    def is_wrong(self, examination: Examination) -> bool:
        """Return whether an answer is not correct."""
        return any(verdict.status != "passed" and not verdict.bonus for verdict in examination.all())

    def may_be_asked_again(self, examination: Examination) -> bool:
        """Return whether there is an answer, or code that should define it, and it is not correct."""
        return self.is_wrong(examination) and not _is_missing_or_endless(examination)

    def used(self, name: str, replaced: frozenset[str]) -> frozenset[str]:
        """Return the exercises that an answer calls on the inputs on which it failed."""
        section, exercise = self.places[name]
        traced = {one: other.spellings for one, (_section, other) in self.places.items() if one != name}
        answers = self.find_answers(section, self._correct(replaced), traced)
        used = answers.used(name, 0, revealing_asks(self.first(name)), self._seconds(exercise))
        if self.reference is None:
            return used
        return frozenset(one for one in used if self.correct_answers.replaceable(one, name))

    def again(self, name: str, replaced: frozenset[str]) -> Examination:
        """Return the examination with correct answers in place of some."""
        return self._examine(name, self._correct(replaced))

    def better(self, first: Examination, again: Examination) -> bool:
        """Return whether the second examination is worth more."""
        return _points(again) > _points(first)

    def _add(self, section: Section) -> None:
        self.places |= {exercise.name: (section, exercise) for exercise in section.exercises}
        if self.reference is not None:
            solution = self.reference / section.chapter / f"{section.module}.py"
            self.solutions |= {exercise.name: solution for exercise in section.exercises}

    def _correct(self, names: frozenset[str]) -> dict[str, Replacement]:
        return {
            name: Replacement(
                self.places[name][1].spellings, answer_in(self.correct_answers.source(name), name)
            )
            for name in sorted(names)
        }

    def _seconds(self, exercise: Exercise) -> float:
        return self.exam.seconds(exercise) if self.limited else FOREVER

    def _examine(self, name: str, replaced: Mapping[str, Replacement]) -> Examination:
        section, exercise = self.places[name]
        answers = self.find_answers(section, replaced, {})
        asker = LocalAsker(answers, exercise, seconds=self._seconds(exercise), quits=self.quits)
        self.askers.append(asker)
        return Examination(exercise, self.exam, asker)

    def answers_in_files(
        self, section: Section, replaced: Mapping[str, Replacement], traced: Mapping[str, tuple[str, ...]]
    ) -> SectionAnswers:
        """Return the answers in the student's files."""
        key = (section.module, tuple(replaced), tuple(traced))
        if key not in self.loaded:
            is_to_do = is_unmodified(self.program(section), section.spellings)
            self.loaded[key] = UnmodifiedStub() if is_to_do else self._load(section, replaced, traced)
        return self.loaded[key]

    def _load(
        self,
        section: Section,
        replaced: Mapping[str, Replacement],
        traced: Mapping[str, tuple[str, ...]],
        attempts: int = 1,
    ) -> Answers:
        return Answers(
            self.program(section),
            section.spellings,
            drive_names(section),
            section=section.module,
            replaced=replaced,
            traced=traced,
            attempts=attempts,
        )


def drive_names(section: Section) -> dict[str, Any]:
    """Return the names that a section's drive file defines, with their values."""
    return dict(vars(courses.load_module(section.drive))) if section.drive else {}


def _is_absent(examination: Examination) -> bool:
    return examination.asker.absent() is not None


def _is_missing_or_endless(examination: Examination) -> bool:
    """Return whether an answer is still to do, or its file didn't end, which it would not do again either."""
    absent = examination.asker.absent()
    return absent is not None and absent[0] in {"failed", "timeout"}


def _points(examination: Examination) -> float:
    return sum(verdict.points for verdict in examination.all() if not verdict.bonus)
