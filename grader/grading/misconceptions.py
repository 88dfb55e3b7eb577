"""Name the misconception behind an incorrect answer: the chaff that behaves like it on all inputs.

All submissions of a run get the same exam, so what a chaff of an exercise does is seen once, when the first
submission fails that exercise in the same way as far as that. A misconception is named only if exactly one
chaff explains the failure.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, replace
from functools import partial
from itertools import starmap
from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.course.implementations import Implementation, chaff_of
from grader.grading.process import Process
from grader.grading.sandbox_session import SandboxAsker, SandboxSession
from grader.grading.time_budget import ExerciseBudget, submission_budget
from grader.judging.differences import Pair, difference
from grader.judging.evaluation import Examination, Interrupted
from grader.judging.observation_equality import agree
from grader.records.check_names import FROM_SCRATCH
from grader.records.protocol import Load
from grader.records.verdict import Misconception

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from grader.checks.check import Check, Question
    from grader.checks.exercise import Exercise
    from grader.course.course import Course, Section
    from grader.judging.generated_cases import Exam
    from grader.records.protocol import Observation
    from grader.records.verdict import CheckStatus
    from grader.sandbox import Server

    AsksChaff = AbstractContextManager[Examination]

TIME_FACTOR: Final = 6
"""The time for asking chaff because of one answer, in multiples of the exercise's own time limit."""
UNLIMITED: Final = submission_budget(inf)
COMPARABLE: Final = frozenset({"passed", "failed", "error", "blocked"})
"""The statuses of checks that depend on what an answer does, and not on the speed of the machine."""


@dataclass(frozen=True)
class Symptoms:
    """How an incorrect answer behaves.

    Questions whose checks all passed are left out: two correct answers may return different random results.
    Where nothing but exceptions was seen, all questions count, also those whose checks are blocked: an answer
    that raises in its first epoch has another misconception than one that raises in its second.

    Args:
        statuses: the status of each check, by name.
        calls: the message of `from_scratch`, if it failed: which ready-made functions were called.
        observations: the observations of each question with a failed check, or of all.
    """

    statuses: Mapping[str, CheckStatus]
    calls: str
    observations: Mapping[Question, tuple[Observation, ...]]


def symptoms(examination: Examination) -> Symptoms | None:
    """Return how an examined answer behaves; None if it is correct or missing, or was stopped.

    It may be asked more. Then its process has to be ended afterwards.
    """
    outcomes = {check.name: examination.outcomes.get(check.name) for check in compared(examination.exercise)}
    statuses = {name: outcome.status for name, outcome in outcomes.items() if outcome is not None}
    if len(statuses) < len(outcomes) or not COMPARABLE.issuperset(statuses.values()):
        return None
    broken = [
        check for check in compared(examination.exercise) if statuses[check.name] in {"failed", "error"}
    ]
    if not broken or any(check.question is None for check in broken):
        return None
    only_raises = all(statuses[check.name] == "error" for check in broken)
    telling = compared(examination.exercise) if only_raises else broken
    try:
        observations = {
            check.question: tuple(one.observation for one in examination.ask(check.question).cases)
            for check in telling
            if check.question is not None
        }
    except Interrupted:
        return None
    scratch = outcomes.get(FROM_SCRATCH)
    calls = scratch.failure[1].message if scratch is not None and scratch.failure is not None else ""
    return Symptoms(statuses, calls, observations)


def compared(exercise: Exercise) -> Iterable[Check]:
    """Return the checks by which answers are compared: those without bonus points and without training."""
    return [check for check in exercise.checks if not check.bonus and not check.band]


def behave_alike(one: Symptoms, other: Symptoms) -> bool:
    """Return whether two incorrect answers behave the same on every input, up to rounding."""
    return (
        one.statuses == other.statuses
        and one.calls == other.calls
        and all(
            agree(mine, theirs)
            for question, observed in one.observations.items()
            for mine, theirs in zip(observed, other.observations[question], strict=True)
        )
    )


def _differ_in_words(one: Symptoms, other: Symptoms) -> bool:
    """Return whether two answers behave the same, except that what they raise differs."""
    return one.statuses == other.statuses and all(
        agree(mine, theirs) or (mine.raised is not None and theirs.raised is not None)
        for mine, theirs in _pairs(one, other)
    )


def _share_observations(one: Symptoms, other: Symptoms) -> bool:
    """Return whether two answers behave the same on what was asked of both."""
    return any(True for _pair in _pairs(one, other)) and all(starmap(agree, _pairs(one, other)))


def _pairs(one: Symptoms, other: Symptoms) -> Iterator[tuple[Observation, Observation]]:
    for question, observed in one.observations.items():
        yield from zip(observed, other.observations.get(question, ()), strict=False)


class Seen(NamedTuple):
    """What a chaff did when it was asked for one check; no observations if the check was blocked.

    Where only the first case of a question was asked, there is no check with a status yet.
    """

    check: str
    status: CheckStatus | None
    question: Question | None
    observations: tuple[Observation, ...]

    def differs(self, found: Symptoms) -> bool:
        """Return whether an answer with these symptoms behaves otherwise."""
        theirs = found.observations.get(self.question, ()) if self.question is not None else ()
        return (self.status is not None and self.status != found.statuses[self.check]) or not all(
            starmap(agree, zip(self.observations, theirs, strict=False))
        )


class KnownMistake:
    """A chaff, asked only as far as is needed to tell whether an answer behaves like it.

    Most chaff differ from an answer in the first case that they are asked, and most others in the first check
    that they fail or pass. What was seen is kept for the next answer. Whatever a chaff is asked next, it is
    asked from the beginning: what it does may depend on what it was asked before.

    Args:
        misconception: what it is called, and what students read.
        family: the misconception that this one is another spelling of; without one, the misconception itself.
        asked: returns a context in which the chaff can be examined.
    """

    def __init__(
        self, misconception: Misconception, family: Misconception, asked: Callable[[], AsksChaff]
    ) -> None:
        self.misconception = misconception
        self.family = family
        self._asked = asked
        self._ways = iter((self._ask_one_case, self._ask_until_it_differs))
        self._seen: list[Seen] = []
        self._symptoms: Symptoms | None = None
        self._is_complete = False

    def explains(self, found: Symptoms) -> bool:
        """Return whether an answer with these symptoms behaves like this chaff on every input."""
        while not self._is_complete and not any(one.differs(found) for one in self._seen):
            next(self._ways, self._ask_everything)(found)
        return self._symptoms is not None and behave_alike(found, self._symptoms)

    @property
    def symptoms(self) -> Symptoms | None:
        """All of its symptoms; None if it has none that can be compared."""
        if not self._is_complete:
            self._ask_everything()
        return self._symptoms

    def _ask_one_case(self, found: Symptoms) -> None:
        """Ask for the first case that all answers are asked, if the answer went wrong in that question."""
        with self._asked() as examination:
            question = examination.exercise.question
            if question not in found.observations or examination.asker.absent() is not None:
                return
            try:
                observed = examination.asker.ask([examination.exam.cases(question)[0].ask(question)])
            except Interrupted:
                return
        self._seen = [Seen("", None, question, tuple(observed))]

    def _ask_everything(self, _found: Symptoms | None = None) -> None:
        self._ask_until_it_differs(None)

    def _ask_until_it_differs(self, found: Symptoms | None) -> None:
        """Ask for one check after the other, up to the first in which it differs from an answer, if any."""
        seen: list[Seen] = []
        behaviour, is_complete = None, False
        with self._asked() as examination:
            for check in examination.exercise.checks:
                status = examination.outcome(check).status
                results = examination.seen.get(check.question) if check.question is not None else None
                observed = tuple(case.observation for case in results.cases) if results is not None else ()
                seen.append(Seen(check.name, status, check.question, observed))
                if found is not None and seen[-1].differs(found):
                    break
            else:
                behaviour, is_complete = symptoms(examination), True
        # Only now: what was seen in a time that was too short is worth nothing.
        self._seen, self._symptoms, self._is_complete = seen, behaviour, is_complete


def find_explanation(found: Symptoms, known: Iterable[KnownMistake]) -> Misconception | None:
    """Return the one misconception that explains an incorrect answer; None if there is none, or several.

    Several spellings of one misconception count as one, and their family is returned.
    """
    explaining = [one for one in known if one.explains(found)]
    if len(explaining) == 1:
        return explaining[0].misconception
    families = {one.family.id: one.family for one in explaining}
    return next(iter(families.values())) if len(families) == 1 else None


class TookTooLong(Exception):
    """The chaff of an exercise used up their time. One that explains an answer could be one of several."""


class Catalogue:
    """The misconceptions of a course with their symptoms in one exam, made on demand.

    If an answer can't be compared with those of its exercise, it gets no misconception; verdicts and points
    don't depend on it.
    """

    def __init__(self, course: Course, exam: Exam, server: Server) -> None:
        self.course = course
        self.exam = exam
        self.server = server
        self.known_by_exercise: dict[str, list[KnownMistake]] = {}
        self.right_by_exercise: dict[str, Mapping[Question, tuple[Observation, ...]]] = {}
        self._budget = UNLIMITED
        self._process = Process(server, may_follow=lambda _earlier, _later: True)

    def diagnose(self, section: Section, examination: Examination) -> Misconception | None:
        """Return the misconception that explains an incorrect answer, if exactly one does."""
        found = self._seen(examination)
        if found is None:
            return None
        exercise = examination.exercise
        try:
            with self._limited(exercise):
                named = find_explanation(found, self.known(section, exercise))
        except Exception:  # noqa: BLE001 - a bug here must not cost a submission its grading
            named = None
        try:
            return named or self._difference(section, exercise, found)
        except Exception:  # noqa: BLE001 - what came back may be forged, and contradict itself
            return None

    def _difference(self, section: Section, exercise: Exercise, found: Symptoms) -> Misconception | None:
        """Return what distinguishes an incorrect answer from the reference, if that can be said."""
        right = self.right_observations(section, exercise)
        calls = tuple(f"{name}(" for name in exercise.spellings)
        return difference(
            [
                Pair(got, want, case.inputs, direct=question.asks.lstrip("(").startswith(calls))
                for question, observed in found.observations.items()
                if question in right
                for case, got, want in zip(self.exam.cases(question), observed, right[question], strict=True)
            ]
        )

    def right_observations(
        self, section: Section, exercise: Exercise
    ) -> Mapping[Question, tuple[Observation, ...]]:
        """Return what the reference does, for each question; empty if that can't be found out."""
        if exercise.name not in self.right_by_exercise:
            self.right_by_exercise[exercise.name] = {}
            solution = self.course.solution(section)
            reference = Implementation("reference", section.module, section, exercise, solution)
            with contextlib.suppress(Exception), self._asked(reference) as examination:
                examination.judge()
                examination.require_judged()
                self.right_by_exercise[exercise.name] = {
                    question: tuple(one.observation for one in seen.cases)
                    for question, seen in examination.seen.items()
                }
        return self.right_by_exercise[exercise.name]

    def cause(self, section: Section, examination: Examination) -> str:
        """Return why an incorrect answer has no misconception, for those who mend the catalogue."""
        found = self._seen(examination)
        if found is None:
            return "it was stopped, or nothing that is compared failed"
        known = self.known(section, examination.exercise)
        alike = [one.misconception.id for one in known if one.explains(found)]
        if alike:
            return f"several explain it: {', '.join(alike)}"
        symptoms_by_name = {
            one.misconception.id: behaviour for one in known if (behaviour := one.symptoms) is not None
        }
        said = [name for name, theirs in symptoms_by_name.items() if _differ_in_words(found, theirs)]
        if said:
            return f"it raises other exceptions than {', '.join(said)}"
        near = [name for name, theirs in symptoms_by_name.items() if _share_observations(found, theirs)]
        if near:
            return f"it fails other checks than {', '.join(near)}, or calls other functions"
        return "nothing behaves like it"

    def _seen(self, examination: Examination) -> Symptoms | None:
        with self._in_time_of_its_own(examination):
            return symptoms(examination)

    @contextlib.contextmanager
    def _in_time_of_its_own(self, examination: Examination) -> Iterator[None]:
        """In the block, ask the answer in another process, in nobody's time: no points depend on a name."""
        asker = examination.asker
        if not isinstance(asker, SandboxAsker):
            yield
            return
        before = asker.session
        with Process(self.server) as process:
            session = SandboxSession(
                process, before.load, submission_budget(inf), before.functions, on_gpu=before.on_gpu
            )
            budget = ExerciseBudget(self.exam.seconds(examination.exercise), session.budget)
            examination.asker = SandboxAsker(session, examination.exercise, asker.attempt, budget)
            try:
                yield
            finally:
                examination.asker = asker

    def known(self, section: Section, exercise: Exercise) -> list[KnownMistake]:
        """Return the known mistakes in one exercise. Raises `ImplementationError`."""
        if exercise.name not in self.known_by_exercise:
            chaff = list(chaff_of(self.course, section, exercise))
            named = {one.name: misconception(one) for one in chaff}
            self.known_by_exercise[exercise.name] = [
                KnownMistake(named[one.name], named[one.same_as or one.name], partial(self._asked, one))
                for one in chaff
            ]
        return self.known_by_exercise[exercise.name]

    @contextlib.contextmanager
    def _limited(self, exercise: Exercise) -> Iterator[None]:
        """In the block, all that is asked shares the time for one answer, and a process on a GPU."""
        self._budget = submission_budget(TIME_FACTOR * self.exam.seconds(exercise))
        try:
            with self._process:
                yield
        finally:
            self._budget = UNLIMITED

    @contextlib.contextmanager
    def _asked(self, implementation: Implementation) -> Iterator[Examination]:
        """Yield the examination of an implementation by the students' exam, in the same sandbox.

        Raises `TookTooLong` at the end.
        """
        section, exercise = implementation.section, implementation.exercise
        files = implementation.files(self.course)
        groups = self.course.supplied.groups(files, section.spellings)
        wanted, supplied = next(group for group in groups if exercise.name in group.wanted)
        load = Load(section.module, files, wanted, {}, 1, supplied)
        on_gpu = self.exam.uses_gpu(exercise)
        limit = self._budget
        session = SandboxSession(self._process, load, limit, on_gpu=on_gpu)
        shorter = replace(exercise, checks=list(compared(exercise)))
        budget = ExerciseBudget(self.exam.seconds(shorter), limit)
        try:
            yield Examination(shorter, self.exam, SandboxAsker(session, exercise, 0, budget))
        finally:
            session.close()
            if limit is UNLIMITED:
                self._process.end()
        if not limit.left():
            raise TookTooLong


def misconception(implementation: Implementation) -> Misconception:
    """Return a chaff as shown to students: its name, and its explanation with one line per paragraph."""
    paragraphs = filter(str.strip, re.split(r"\n[^\S\n]*\n", implementation.explanation))
    text = "\n\n".join(part if part.startswith("    ") else " ".join(part.split()) for part in paragraphs)
    return Misconception(implementation.name.replace("_", "-"), text)
