"""Grade one submission: load it behind the wall, examine its answers, keep the best attempt."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Final

import msgspec

from grader.grading.gpu_sharing import found_it_full
from grader.grading.sandbox_session import NoGpu, Seat, WallAsker
from grader.judging.error_carried_forward import definition, wrong_siblings
from grader.judging.evaluation import Examination
from grader.records.protocol import Load
from grader.records.verdict import Attempt, ExerciseResult, summarize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.checks.exercise import Exercise
    from grader.course.course import Course, Section
    from grader.grading.gpu_sharing import Turns
    from grader.grading.misconceptions import Catalogue
    from grader.judging.generated_cases import Exam
    from grader.records.sources import SourceFile
    from grader.records.worker_protocol import Attempts
    from grader.sandbox import Server
    from grader.submissions import Submission

MAX_ATTEMPTS: Final = 5


class Marker:
    """Grades submissions to one course, all with the same exam, behind one server.

    With a `catalogue`, wrong answers are told their misconception. `turns` are those of the workers that
    share a GPU.
    """

    def __init__(
        self,
        course: Course,
        exam: Exam,
        server: Server,
        *,
        attempts: Attempts = "best",
        catalogue: Catalogue | None = None,
        turns: Turns | None = None,
    ) -> None:
        self.course = course
        self.exam = exam
        self.server = server
        self.attempts = MAX_ATTEMPTS if attempts == "best" else 1
        self.catalogue = catalogue
        self.turns = turns

    def mark(self, submission: Submission) -> tuple[ExerciseResult, ...]:
        """Return the results of all exercises, in the order of the course.

        Raises `grader.judging.evaluation.GraderFault` or `grader.sandbox.ServerFailed` where the grader
        fails.
        """
        results: list[ExerciseResult] = []
        for section in self.course.sections:
            results += self.mark_section(section, submission.program(section.module))
        return tuple(results)

    def mark_section(self, section: Section, files: Sequence[SourceFile]) -> list[ExerciseResult]:
        """Return the results of a section's exercises.

        An exercise that failed, and builds on a sibling that is wrong, is graded once more on the
        reference's sibling, where the course has a reference: a mistake is paid for once.
        """
        first = self.sit(section, files, section.exercises)
        correct = {name for name, result in first.items() if _is_right_where_it_is_called(result)}
        for exercise in section.exercises:
            siblings = wrong_siblings(exercise, passed=correct.__contains__)
            siblings = siblings if self.course.solution(section).is_file() else ()
            if siblings and first[exercise.name].status not in {"correct", "missing"}:
                overrides = {name: definition(self.course.solution(section), name) for name in siblings}
                again = self.sit(section, files, (exercise,), overrides)[exercise.name]
                if again.points > first[exercise.name].points:
                    first[exercise.name] = again
        return list(first.values())

    def sit(
        self,
        section: Section,
        files: Sequence[SourceFile],
        exercises: Sequence[Exercise],
        overrides: Mapping[str, str] | None = None,
    ) -> dict[str, ExerciseResult]:
        """Return the results of some exercises of one program, by name.

        `overrides` are sources that replace what the program defines under these names. Whoever runs out of
        the memory of a GPU beside others is asked once more, alone: it may have been them.
        """
        if self.turns is None:
            return self._sit(section, files, exercises, overrides or {})
        with self.turns.together(), contextlib.suppress(NoGpu):
            results = self._sit(section, files, exercises, overrides or {})
            if not found_it_full(results.values()):
                return results
        with self.turns.alone():
            return self._sit(section, files, exercises, overrides or {})

    def _sit(
        self,
        section: Section,
        files: Sequence[SourceFile],
        exercises: Sequence[Exercise],
        overrides: Mapping[str, str],
    ) -> dict[str, ExerciseResult]:
        wanted = {exercise.name: exercise.spellings for exercise in section.exercises}
        seat = Seat(self.server, Load(section.module, tuple(files), wanted, dict(overrides), self.attempts))
        try:
            best = [self._best(section, exercise, seat) for exercise in exercises]
        finally:
            seat.stand_up()
        # Only now: the catalogue takes the seat, for a server has one child at a time.
        return {result.name: self._diagnosed(section, result, examined) for result, examined in best}

    def _diagnosed(self, section: Section, result: ExerciseResult, examined: Examination) -> ExerciseResult:
        """Return a result with the misconception that explains it, where there is one."""
        if self.catalogue is None or result.status == "correct":
            return result
        return msgspec.structs.replace(result, misconception=self.catalogue.diagnose(section, examined))

    def _best(self, section: Section, exercise: Exercise, seat: Seat) -> tuple[ExerciseResult, Examination]:
        """Return the result of the best attempt; among equals the last definition counts."""
        deadline = time.monotonic() + self.exam.seconds(exercise)
        best: tuple[ExerciseResult, Examination] | None = None
        for index in range(self.attempts):
            asker = WallAsker(seat, exercise, index, deadline)
            found = asker.found()
            if index and found is None:
                break
            examination = Examination(exercise, self.exam, asker)
            verdicts = examination.all()
            attempt = Attempt(found.where, found.of, last=index == 0) if found else None
            result = summarize(exercise.name, section.number, section.module, verdicts, attempt)
            if best is None or result.points > best[0].points:
                best = result, examination
            if best[0].status == "correct" or time.monotonic() > deadline:
                break
        if best is None:
            raise AssertionError
        return best


def _is_right_where_it_is_called(result: ExerciseResult) -> bool:
    """Return whether the definition that counted is right, and the one that the rest of the program calls."""
    return result.status == "correct" and (result.attempt is None or result.attempt.last)
