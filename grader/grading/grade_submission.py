"""Grade one submission: load it in the sandbox, examine its answers, keep the best attempt."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from grader.execution.student_code import LOAD_SECONDS
from grader.grading.gpu_sharing import ran_out_of_gpu_memory
from grader.grading.sandbox_session import MIN_LOAD_SECONDS, NoGpu, SandboxAsker, SandboxSession
from grader.grading.time_budget import SEARCH_SHARE, ExerciseBudget, submission_budget
from grader.judging.error_carried_forward import definition, without_text, wrong_siblings
from grader.judging.evaluation import Examination
from grader.judging.withheld import explained
from grader.records.protocol import Load
from grader.records.verdict import Attempt, ExerciseResult, open_points, summarize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.checks.exercise import Exercise
    from grader.course.course import Course, Section
    from grader.grading.gpu_sharing import GpuLock
    from grader.grading.misconceptions import Catalogue
    from grader.grading.time_budget import Budget
    from grader.judging.generated_cases import Exam
    from grader.records.sources import SourceFile
    from grader.records.worker_protocol import Attempts
    from grader.sandbox import Server
    from grader.submissions import Submission

MAX_ATTEMPTS: Final = 5


class SubmissionGrader:
    """Grades submissions to one course, all with the same exam and in one sandbox server.

    Args:
        course: the exercises.
        exam: the inputs, and what the oracles return for them.
        server: the sandbox, which is running.
        attempts: "best": of several definitions of a name the best one counts; "last": only the last one.
        catalogue: used to name the misconceptions of incorrect answers; None leaves them unnamed.
        gpu_lock: the lock of the workers that share a GPU; None where the GPU isn't shared, or not used.
    """

    def __init__(
        self,
        course: Course,
        exam: Exam,
        server: Server,
        *,
        attempts: Attempts = "best",
        catalogue: Catalogue | None = None,
        gpu_lock: GpuLock | None = None,
    ) -> None:
        self.course = course
        self.exam = exam
        self.server = server
        self.attempts = MAX_ATTEMPTS if attempts == "best" else 1
        self.catalogue = catalogue
        self.gpu_lock = gpu_lock

    def grade(self, submission: Submission) -> tuple[ExerciseResult, ...]:
        """Return the results of all exercises, in the order of the course.

        Raises `grader.sandbox.ServerFailed` if the sandbox fails.
        """
        budget = self.full_budget()
        results: list[ExerciseResult] = []
        for section in self.course.sections:
            found = self.grade_section(section, submission.program(section.module), budget)
            spellings = {exercise.name: exercise.spellings for exercise in section.exercises}
            results += [
                msgspec.structs.replace(
                    result,
                    location=submission.location(section.module, spellings[result.name], result.attempt),
                )
                for result in found
            ]
        return tuple(results)

    def full_budget(self) -> Budget:
        """Return the time of one submission, of which nothing is used yet."""
        return submission_budget(self.exam.submission_seconds(self.course.seconds_per_submission))

    def grade_section(
        self, section: Section, files: Sequence[SourceFile], budget: Budget | None = None
    ) -> list[ExerciseResult]:
        """Return the results of a section's exercises.

        An exercise that failed, and calls another exercise that is incorrect, is graded once more with the
        reference's version of that exercise, if the course has a reference: a mistake costs points once. It
        has its time limit anew for that, since the other one may have used it up, but the submission's
        `budget` (by default a full one) is still the same.
        """
        budget = budget or self.full_budget()
        first = self.grade_exercises(section, files, section.exercises, budget=budget)
        correct = {name for name, result in first.items() if _is_correct_where_called(result)}
        for exercise in section.exercises:
            siblings = wrong_siblings(exercise, passed=correct.__contains__)
            siblings = siblings if self.course.solution(section).is_file() else ()
            if siblings and first[exercise.name].status not in {"correct", "missing"}:
                overrides = {name: definition(self.course.solution(section), name) for name in siblings}
                results = self.grade_exercises(section, files, (exercise,), overrides, budget)
                again = results[exercise.name]
                if worth(again) > worth(first[exercise.name]):
                    first[exercise.name] = without_text(again, first[exercise.name], siblings)
        return list(first.values())

    def grade_exercises(
        self,
        section: Section,
        files: Sequence[SourceFile],
        exercises: Sequence[Exercise],
        overrides: Mapping[str, str] | None = None,
        budget: Budget | None = None,
    ) -> dict[str, ExerciseResult]:
        """Return the results of some exercises of one program, by name.

        `overrides` are sources that replace what the program defines under these names; `budget` is the time
        of the whole submission, by default a full one. An answer that runs out of the memory of a shared GPU
        is run once more with the GPU to itself: another answer may have taken the memory.
        """
        budget = budget or self.full_budget()
        if self.gpu_lock is None:
            return self._grade_once(section, files, exercises, overrides or {}, budget)
        with self.gpu_lock.shared(), contextlib.suppress(NoGpu):
            results = self._grade_once(section, files, exercises, overrides or {}, budget)
            if not ran_out_of_gpu_memory(results.values()):
                return results
        with self.gpu_lock.exclusive():
            return self._grade_once(section, files, exercises, overrides or {}, budget)

    def _grade_once(
        self,
        section: Section,
        files: Sequence[SourceFile],
        exercises: Sequence[Exercise],
        overrides: Mapping[str, str],
        budget: Budget,
    ) -> dict[str, ExerciseResult]:
        all_wanted = {exercise.name: exercise.spellings for exercise in section.exercises}
        best: dict[str, Examined] = {}
        seconds = LOAD_SECONDS
        for wanted, supplied in self.course.supplied.groups(files, all_wanted):
            asked = [exercise for exercise in exercises if exercise.name in wanted]
            if not asked:
                continue
            load = Load(
                section.module, tuple(files), wanted, dict(overrides), self.attempts, supplied, seconds
            )
            session = SandboxSession(self.server, load, budget)
            try:
                examined = [self._best(section, exercise, session) for exercise in asked]
            finally:
                session.close()
            seconds = max(MIN_LOAD_SECONDS, seconds - session.load_seconds)
            # After close(): this and the catalogue open sessions, and a server has one child at a time.
            if self.exam.shown is not None:
                examined = self._explained(load, examined, self.exam.shown, budget)
            best |= {one.result.name: one for one in examined}
        return {one.name: self._diagnosed(section, best[one.name]) for one in exercises}

    def _diagnosed(self, section: Section, examined: Examined) -> ExerciseResult:
        """Return a result with the misconception that explains it, if there is one."""
        result = examined.result
        if self.catalogue is None or result.status == "correct":
            return result
        diagnosis = self.catalogue.diagnose(section, examined.examination)
        return msgspec.structs.replace(result, misconception=diagnosis)

    def _best(self, section: Section, exercise: Exercise, session: SandboxSession) -> Examined:
        """Return the best attempt; of equally good ones, the definition that comes last."""
        budget = ExerciseBudget(self.exam.seconds(exercise), session.budget)
        best: Examined | None = None
        for index in range(self.attempts):
            asker = SandboxAsker(session, exercise, index, budget)
            found = asker.found()
            if index and found is None:
                break
            examination = Examination(exercise, self.exam, asker)
            verdicts = examination.all()
            attempt = Attempt(found.where, found.of, last=index == 0) if found else None
            result = summarize(exercise.name, section.number, section.module, verdicts, attempt)
            if best is None or worth(result) > worth(best.result):
                best = Examined(result, examination, index)
            if best.result.status == "correct" or not budget.asks.left():
                break
        if best is None:
            raise AssertionError
        return best

    def _explained(
        self, load: Load, examined: Sequence[Examined], shown: Exam, budget: Budget
    ) -> list[Examined]:
        """Return results in the words of the exam that is shown, which is sat in a process of its own."""
        session = SandboxSession(self.server, load, budget)
        try:
            return [self._in_the_words_of(shown, one, session) for one in examined]
        finally:
            session.close()

    def _in_the_words_of(self, shown: Exam, examined: Examined, session: SandboxSession) -> Examined:
        exercise, result = examined.examination.exercise, examined.result
        budget = ExerciseBudget(SEARCH_SHARE * shown.seconds(exercise), session.budget)
        asker = SandboxAsker(session, exercise, examined.attempt, budget)
        verdicts = explained(examined.examination, Examination(exercise, shown, asker))
        summary = summarize(result.name, result.section, result.module, verdicts, result.attempt)
        return examined._replace(result=summary)


class Examined(NamedTuple):
    """The attempt at an exercise that counts: its result, its examination, and its number, from 0."""

    result: ExerciseResult
    examination: Examination
    attempt: int


def worth(result: ExerciseResult) -> tuple[float, float]:
    """Return by what the better of two results is chosen: what it may be worth, then what it certainly is.

    Points that are open could all be the student's.
    """
    return result.points + open_points(result), result.points


def _is_correct_where_called(result: ExerciseResult) -> bool:
    """Return whether the counted definition is correct, and the one that the program calls."""
    return result.status == "correct" and (result.attempt is None or result.attempt.last)
