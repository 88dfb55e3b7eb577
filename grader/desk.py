"""The student's desk: the answers in a folder of assignments, examined in this process.

What is judged, and how, is the same as in the grader; here nothing stands between the two halves.
"""

from __future__ import annotations

import time
import tokenize
from typing import TYPE_CHECKING, Any

from grader import course as courses
from grader.answers import Answers
from grader.examine import Examination, expired
from grader.messages import EXPIRED
from grader.resit import definition, wrong_siblings
from grader.sources import Cell, SourceFile
from grader.verdict import ExerciseResult, Verdict, summarize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from grader.course import Section
    from grader.exam import Exam
    from grader.exercise import Exercise
    from grader.messages import Ask, Observation
    from grader.verdict import CheckStatus


class DeskAsker:
    """Asks an answer in this process.

    `error` is the last exception that left the student's code, for a debugger to look at.
    """

    def __init__(self, answers: Answers, exercise: Exercise, *, seconds: float) -> None:
        self.answers = answers
        self.exercise = exercise
        self.seconds = seconds
        self.until: float | None = None
        self.error: BaseException | None = None

    def absent(self) -> tuple[CheckStatus, str] | None:
        """Say why there is no answer."""
        why = self.answers.absent(self.exercise.name)
        return None if why is None else (why.status, why.message)

    def ask(self, questions: Sequence[Ask]) -> list[Observation]:
        """Return one observation a question; raises `Interrupted` when the exercise's time is used up."""
        now = time.monotonic()
        if self.until is None:
            self.until = now + self.seconds
        seen = []
        for observation, error in self.answers.ask(
            self.exercise.name, 0, questions, max(0.1, self.until - now)
        ):
            self.error = error or self.error
            if observation.raised is not None and observation.raised.kind == EXPIRED:
                raise expired(observation, self.seconds)
            seen.append(observation)
        return seen


class Desk:
    """All sections at one desk, loaded and examined when first asked for.

    Args:
        exam: the inputs.
        device: where tensors are made.
        limited: whether exercises have a time limit; not while somebody debugs.
        reference: the folder with solutions, where there is one: it spares an exercise the mistakes of
            its siblings.

    """

    def __init__(
        self, exam: Exam, *, device: str = "cpu", limited: bool = True, reference: Path | None = None
    ) -> None:
        self.exam = exam
        self.device = device
        self.limited = limited
        self.reference = reference
        self.loaded: dict[tuple[Path, tuple[tuple[str, str], ...]], Answers] = {}
        self.examinations: dict[Exercise, Examination] = {}
        self.files: dict[Section, Path] = {}

    def verdict(self, section: Section, exercise: Exercise, check: str) -> Verdict:
        """Return the verdict on one check."""
        return self.examination(section, exercise).verdict(check)

    def result(self, section: Section, exercise: Exercise) -> ExerciseResult:
        """Return the result of one exercise."""
        verdicts = self.examination(section, exercise).all()
        return summarize(exercise.name, section.number, section.module, verdicts)

    def error(self, exercise: Exercise) -> BaseException | None:
        """Return the last exception that left the answer to an exercise."""
        examination = self.examinations.get(exercise)
        return examination.asker.error if examination and isinstance(examination.asker, DeskAsker) else None

    def examination(self, section: Section, exercise: Exercise) -> Examination:
        """Return the examination that counts: of the answer, or of the answer on the reference's siblings."""
        if exercise not in self.examinations:
            first = self._examine(section, exercise, {})
            self.examinations[exercise] = first
            if exercise.uses and self.reference is not None and self._failed(first):
                self.examinations[exercise] = self._resit(section, exercise, first)
        return self.examinations[exercise]

    def _resit(self, section: Section, exercise: Exercise, first: Examination) -> Examination:
        by_name = {sibling.name: sibling for sibling in section.exercises}

        def passed(name: str) -> bool:
            return name not in by_name or not self._failed(self.examination(section, by_name[name]))

        siblings = wrong_siblings(exercise, passed=passed)
        if not siblings or self.reference is None or first.asker.absent() is not None:
            return first
        solution = self.reference / section.chapter / f"{section.module}.py"
        again = self._examine(section, exercise, {name: definition(solution, name) for name in siblings})
        return again if _points(again) > _points(first) else first

    def _failed(self, examination: Examination) -> bool:
        return any(verdict.status != "passed" and not verdict.bonus for verdict in examination.all())

    def _examine(self, section: Section, exercise: Exercise, overrides: Mapping[str, str]) -> Examination:
        answers = self.answers(section, overrides)
        seconds = exercise.seconds if self.limited else float("inf")
        return Examination(exercise, self.exam, DeskAsker(answers, exercise, seconds=seconds))

    def answers(self, section: Section, overrides: Mapping[str, str]) -> Answers:
        """Return what the student's file defines."""
        path = self.files.get(section, section.stub)
        key = (path, tuple(overrides.items()))
        if key not in self.loaded:
            wanted = {exercise.name: exercise.spellings for exercise in section.exercises}
            self.loaded[key] = Answers(
                [source_file(path, section.module)],
                wanted,
                drive_names(section),
                overrides=overrides,
                attempts=1,
                device=self.device,
            )
        return self.loaded[key]


def source_file(path: Path, module: str) -> SourceFile:
    """Return a student's file as it is on disk; one that can't be read is empty and says why."""
    try:
        with tokenize.open(path) as file:
            return SourceFile(str(path), module, (Cell(None, file.read()),))
    except (OSError, SyntaxError, UnicodeDecodeError) as error:
        return SourceFile(str(path), module, (), f"{path.name} can't be read: {error}")


def drive_names(section: Section) -> dict[str, Any]:
    """Return what a section's drive file defines."""
    return dict(vars(courses.load_module(section.drive))) if section.drive else {}


def _points(examination: Examination) -> float:
    return sum(verdict.points for verdict in examination.all() if not verdict.bonus)
