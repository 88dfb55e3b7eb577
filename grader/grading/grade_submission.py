"""Grade one submission: load it in the sandbox, examine its answers, keep the best attempt."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import msgspec

from grader.course.call_setup import setup_of
from grader.course.correct_answers import CorrectAnswers
from grader.execution.loading import MAX_ATTEMPTS
from grader.execution.student_code import LOAD_SECONDS
from grader.grading.gpu_sharing import ran_out_of_gpu_memory
from grader.grading.process import NoGpu, Process
from grader.grading.remote_functions import RemoteFunctions
from grader.grading.retries import Asked, Examined, Program, Retries
from grader.grading.sandbox_session import MIN_LOAD_SECONDS, SandboxAsker, SandboxSession
from grader.grading.time_budget import SEARCH_SHARE, ExerciseBudget, submission_budget
from grader.judging.error_carried_forward import ErrorCarriedForward, worth
from grader.judging.evaluation import Examination
from grader.judging.withheld import explained
from grader.plots.panels import panels_shown
from grader.records.protocol import Load
from grader.records.verdict import Attempt, summarize
from grader.submissions.positions import code_at

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence

    from grader.checks.exercise import Exercise
    from grader.course.course import Course, Section
    from grader.grading.gpu_sharing import GpuLock
    from grader.grading.misconceptions import Catalogue
    from grader.grading.time_budget import Budget
    from grader.judging.generated_cases import Exam
    from grader.records.protocol import Ask
    from grader.records.sources import SourceFile
    from grader.records.verdict import ExerciseResult
    from grader.records.worker_protocol import Attempts
    from grader.sandbox import Server
    from grader.submissions import Submission


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
        self.correct_answers = CorrectAnswers(
            {exercise.name: course.solution(section) for section, exercise in course.exercises()}
        )
        self.functions = RemoteFunctions(course, self.correct_answers, exam)

    def grade(self, submission: Submission) -> tuple[ExerciseResult, ...]:
        """Return the results of all exercises, in the order of the course.

        An exercise that failed, and called another answer that is wrong, is graded once more with a correct
        one in its place, if the course has a reference (`grader.judging.error_carried_forward`).

        Raises `grader.sandbox.ServerFailed` if the sandbox fails.
        """
        programs = [Program(one, submission.program(one.module)) for one in self.course.sections]
        sections = {exercise.name: section for section, exercise in self.course.exercises()}
        return tuple(
            self._located(submission, sections[result.name], result)
            for result in self.grade_programs(programs)
        )

    def answered(self, submission: Submission, sections: Iterable[Section]) -> list[Section]:
        """Return those of some sections of which a submission has an answer that isn't a stub."""
        programs = [Program(one, submission.program(one.module)) for one in sections]
        return [program.section for program in programs if self._has_answer(program)]

    def grade_section(
        self, section: Section, files: Sequence[SourceFile], budget: Budget | None = None
    ) -> list[ExerciseResult]:
        """Return the results of a section's exercises, as of a submission in which there is nothing else."""
        return self.grade_programs([Program(section, files)], budget)

    def grade_exercises(
        self, section: Section, files: Sequence[SourceFile], exercises: Sequence[Exercise]
    ) -> dict[str, ExerciseResult]:
        """Return the results of some exercises as the student wrote everything, by name."""
        examined = self.examine([Asked(Program(section, files), exercises)], self.full_budget())
        return {name: one.result for name, one in examined.items()}

    def grade_programs(
        self, programs: Sequence[Program], budget: Budget | None = None
    ) -> list[ExerciseResult]:
        """Return the results of all exercises of some sections.

        Args:
            programs: the sections, each with the files in which its exercises are looked for.
            budget: the time of the whole submission, by default a full one.
        """
        budget = budget or self.full_budget()
        firsts = self.examine([Asked(one, one.section.exercises) for one in programs], budget)
        with self.process() as process:
            carried = ErrorCarriedForward(Retries(self, programs, firsts, budget, process))
            return [carried.final(name) for name in firsts]

    def full_budget(self) -> Budget:
        """Return the time of one submission, of which nothing is used yet."""
        return submission_budget(self.exam.submission_seconds(self.course.seconds_per_submission))

    def examine(
        self, asked: Sequence[Asked], budget: Budget, process: Process | None = None
    ) -> dict[str, Examined]:
        """Return exercises of a submission, graded, by name.

        All of them are asked before any result is explained, so that explanations take no answer's time. An
        answer that runs out of the memory of a shared GPU is run once more with the GPU to itself: another
        answer may have taken the memory.

        Args:
            asked: the exercises to ask, by program.
            budget: the submission's time.
            process: in which to ask, if not in one that ends with this.
        """
        if self.gpu_lock is None:
            return self._examine_once(asked, budget, process)
        examined: dict[str, Examined] = {}
        with self.gpu_lock.shared(), contextlib.suppress(NoGpu):
            examined = self._examine_once(asked, budget, process)
        again = [one.without(lambda name: _has_result(examined.get(name))) for one in asked]
        if not any(one.exercises for one in again):
            return examined
        with self.gpu_lock.exclusive():
            return examined | self._examine_once(again, budget, process)

    def process(self) -> Process:
        """Return what holds the sessions of a submission, one after the other; no child is there yet."""
        return Process(self.server, self._may_follow)

    def sessions(
        self, asked: Asked, budget: Budget, process: Process, *, on_gpu: bool = True
    ) -> Generator[tuple[SandboxSession, list[Exercise]]]:
        """Yield one session after the other, closed before the next, and the exercises to ask in it.

        With `on_gpu`, those that have to be asked on a GPU are.
        """
        program, exercises = asked
        section, files = program.section, program.files
        seconds = LOAD_SECONDS
        for wanted, supplied in self.course.supplied.groups(files, section.spellings):
            in_group = [exercise for exercise in exercises if exercise.name in wanted]
            if not in_group:
                continue
            load = Load(
                section.module,
                tuple(files),
                wanted,
                dict(program.replaced),
                self.attempts,
                supplied,
                seconds,
                dict(program.traced),
            )
            needs_gpu = on_gpu and any(map(self.exam.uses_gpu, in_group))
            session = SandboxSession(process, load, budget, self.functions, on_gpu=needs_gpu)
            try:
                yield session, in_group
            finally:
                session.close()
            seconds = max(MIN_LOAD_SECONDS, seconds - session.load_seconds)

    def used(
        self,
        program: Program,
        exercise: Exercise,
        attempt: int,
        asks: Sequence[Ask],
        budget: Budget,
        process: Process,
    ) -> frozenset[str]:
        """Return the program's traced answers that an attempt at an exercise enters, as its process says."""
        alone = contextlib.nullcontext() if self.gpu_lock is None else self.gpu_lock.exclusive()
        limit = ExerciseBudget(self.exam.seconds(exercise), budget)
        found: frozenset[str] = frozenset()
        with alone:
            for session, _asked in self.sessions(Asked(program, [exercise]), budget, process):
                found |= session.used(exercise.name, attempt, asks, limit.searches)
            if self.gpu_lock is not None:
                process.end()  # else it would hold memory of the GPU that another worker has to itself
        return found

    def _located(self, submission: Submission, section: Section, result: ExerciseResult) -> ExerciseResult:
        """Return a result with all places that it names: in the submission, in the course and in the book."""
        folder = section.checks.parent.relative_to(self.course.root).as_posix()
        checks = tuple(
            msgspec.structs.replace(check, setup=setup_of(section, check.counterexample, folder))
            for check in result.checks
        )
        location = submission.location(result.module, section.spellings[result.name], result.attempt)
        return msgspec.structs.replace(
            result, checks=checks, location=location, book=section.book, title=section.title,
            code=code_at(submission.files, location),
        )  # fmt: skip

    def _has_answer(self, program: Program) -> bool:
        budget, asked = self.full_budget(), Asked(program, program.section.exercises)
        with (
            self.process() as process,
            contextlib.closing(self.sessions(asked, budget, process, on_gpu=False)) as sessions,
        ):
            return any(
                SandboxAsker(session, exercise, 0, ExerciseBudget(LOAD_SECONDS, budget)).found() is not None
                for session, in_group in sessions
                for exercise in in_group
            )

    def _may_follow(self, earlier: Load, later: Load) -> bool:
        """Return whether nothing came with an earlier program that answers what a later one is asked."""
        return not any(
            self.course.supplied.reveals(earlier.supplied, later.wanted[name])
            or any(
                correct.source and not self.correct_answers.replaceable(one, name)
                for one, correct in earlier.replaced.items()
            )
            for name in later.wanted
        )

    def _examine_once(
        self, asked: Sequence[Asked], budget: Budget, process: Process | None
    ) -> dict[str, Examined]:
        found: dict[str, Examined] = {}
        held: list[tuple[SandboxSession, list[Exercise]]] = []
        with contextlib.nullcontext(process) if process else self.process() as held_in:
            # One after the other, so that the GPU isn't opened again after something that doesn't use it.
            for one in sorted(asked, key=lambda one: not any(map(self.exam.uses_gpu, one.exercises))):
                for session, in_group in self.sessions(one, budget, held_in):
                    for exercise in in_group:
                        found[exercise.name] = self._best(one.program.section, exercise, session)
                    held.append((session, in_group))
            held_in.end()  # a server has one child at a time, and here others follow
        if self.exam.shown is not None and not any(one.program.replaced for one in asked):
            found |= self._explained(held, found, self.exam.shown, budget)
        return {
            exercise.name: self._diagnosed(one.program.section, found[exercise.name])
            for one in asked
            for exercise in one.exercises
        }

    def _diagnosed(self, section: Section, examined: Examined) -> Examined:
        """Return a result with the misconception that explains it, if there is one."""
        result = examined.result
        if self.catalogue is None or result.status == "correct":
            return examined
        misconception = self.catalogue.diagnose(section, examined.examination)
        return examined._replace(result=msgspec.structs.replace(result, misconception=misconception))

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
        self,
        sessions: Iterable[tuple[SandboxSession, list[Exercise]]],
        examined: Mapping[str, Examined],
        shown: Exam,
        budget: Budget,
    ) -> dict[str, Examined]:
        """Return results in the words of the exam that is shown, which is sat in another process."""
        found: dict[str, Examined] = {}
        with self.process() as process:
            for secret, exercises in sessions:
                session = SandboxSession(process, secret.load, budget, on_gpu=secret.on_gpu)
                for exercise in exercises:
                    found[exercise.name] = self._in_the_words_of(shown, examined[exercise.name], session)
                session.close()
        return found

    def _in_the_words_of(self, shown: Exam, examined: Examined, session: SandboxSession) -> Examined:
        exercise, result = examined.examination.exercise, examined.result
        budget = ExerciseBudget(SEARCH_SHARE * shown.seconds(exercise), session.budget)
        asker = SandboxAsker(session, exercise, examined.attempt, budget)
        again = Examination(exercise, shown, asker)
        verdicts = explained(examined.examination, again)
        summary = summarize(result.name, result.section, result.module, verdicts, result.attempt)
        plot = () if summary.status == "correct" else panels_shown(again)
        return examined._replace(result=msgspec.structs.replace(summary, plot=plot))


def _has_result(examined: Examined | None) -> bool:
    """Return whether an answer got what it needs of the GPU's memory."""
    return examined is not None and not ran_out_of_gpu_memory([examined.result])
