"""Name the misconception behind an incorrect answer: the chaff that behaves like it on all inputs.

All submissions of a run get the same exam, so each chaff of an exercise is run once, when the first
submission fails that exercise. A misconception is named only if exactly one chaff explains the failure.
"""

from __future__ import annotations

import contextlib
import re
import time
from dataclasses import dataclass, replace
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
    from collections.abc import Iterable, Iterator, Mapping

    from grader.checks.check import Check, Question
    from grader.checks.exercise import Exercise
    from grader.course.course import Course, Section
    from grader.judging.generated_cases import Exam
    from grader.records.protocol import Observation
    from grader.records.verdict import CheckStatus
    from grader.sandbox import Server

TIME_FACTOR: Final = 6
"""The time limit for making an exercise's catalogue, in multiples of the exercise's own time limit."""
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


class CatalogueEntry(NamedTuple):
    """A misconception and its symptoms.

    `family` is the misconception that this one is another spelling of; without one, the misconception itself.
    """

    misconception: Misconception
    family: Misconception
    symptoms: Symptoms


def find_explanation(found: Symptoms, catalogue: Iterable[CatalogueEntry]) -> Misconception | None:
    """Return the one misconception that explains an incorrect answer; None if there is none, or several.

    Several spellings of one misconception count as one, and their family is returned.
    """
    entries = [entry for entry in catalogue if behave_alike(found, entry.symptoms)]
    if len(entries) == 1:
        return entries[0].misconception
    families = {entry.family.id: entry.family for entry in entries}
    return next(iter(families.values())) if len(families) == 1 else None


class Catalogue:
    """The misconceptions of a course with their symptoms in one exam, made exercise by exercise on demand.

    If the entries of an exercise can't be made, its incorrect answers get no misconception; verdicts and
    points don't depend on it.
    """

    def __init__(self, course: Course, exam: Exam, server: Server) -> None:
        self.course = course
        self.exam = exam
        self.server = server
        self.entries_by_exercise: dict[str, list[CatalogueEntry]] = {}
        self.right_by_exercise: dict[str, Mapping[Question, tuple[Observation, ...]]] = {}

    def diagnose(self, section: Section, examination: Examination) -> Misconception | None:
        """Return the misconception that explains an incorrect answer, if exactly one does."""
        found = self._seen(examination)
        if found is None:
            return None
        entries = self.entries(section, examination.exercise)
        try:
            return find_explanation(found, entries) or self._difference(section, examination.exercise, found)
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
            with (
                contextlib.suppress(Exception),
                Process(self.server) as process,
                self._examined(reference, process) as examination,
            ):
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
        entries = self.entries(section, examination.exercise)
        alike = [entry.misconception.id for entry in entries if behave_alike(found, entry.symptoms)]
        if alike:
            return f"several explain it: {', '.join(alike)}"
        said = [entry.misconception.id for entry in entries if _differ_in_words(found, entry.symptoms)]
        if said:
            return f"it raises other exceptions than {', '.join(said)}"
        near = [entry.misconception.id for entry in entries if _share_observations(found, entry.symptoms)]
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

    def entries(self, section: Section, exercise: Exercise) -> list[CatalogueEntry]:
        """Return the misconceptions of one exercise with their symptoms; empty if they can't be made."""
        if exercise.name not in self.entries_by_exercise:
            try:
                self.entries_by_exercise[exercise.name] = self._make(section, exercise)
            except Exception:  # noqa: BLE001 - a bug here must not cost a submission its grading
                self.entries_by_exercise[exercise.name] = []
        return self.entries_by_exercise[exercise.name]

    def _make(self, section: Section, exercise: Exercise) -> list[CatalogueEntry]:
        until = time.monotonic() + TIME_FACTOR * self.exam.seconds(exercise)
        made: list[CatalogueEntry] = []
        chaff = list(chaff_of(self.course, section, exercise))
        named = {implementation.name: misconception(implementation) for implementation in chaff}
        with Process(self.server, may_follow=lambda _earlier, _later: True) as process:
            for implementation in chaff:
                behaviour = self._symptoms(implementation, process)
                if time.monotonic() > until:
                    return []  # an incomplete catalogue could name one of several explanations
                if behaviour is not None:
                    family = named[implementation.same_as or implementation.name]
                    made.append(CatalogueEntry(named[implementation.name], family, behaviour))
        return made

    def _symptoms(self, implementation: Implementation, process: Process) -> Symptoms | None:
        with self._examined(implementation, process) as examination:
            return symptoms(examination)

    @contextlib.contextmanager
    def _examined(self, implementation: Implementation, process: Process) -> Iterator[Examination]:
        """Yield an implementation, examined with the students' exam, in the same sandbox."""
        section, exercise = implementation.section, implementation.exercise
        files = implementation.files(self.course)
        groups = self.course.supplied.groups(files, section.spellings)
        wanted, supplied = next(group for group in groups if exercise.name in group.wanted)
        load = Load(section.module, files, wanted, {}, 1, supplied)
        on_gpu = self.exam.uses_gpu(exercise)
        session = SandboxSession(process, load, submission_budget(inf), on_gpu=on_gpu)
        shorter = replace(exercise, checks=list(compared(exercise)))
        budget = ExerciseBudget(self.exam.seconds(shorter), session.budget)
        try:
            examination = Examination(shorter, self.exam, SandboxAsker(session, exercise, 0, budget))
            examination.judge()
            examination.require_judged()
            yield examination
        finally:
            session.close()


def misconception(implementation: Implementation) -> Misconception:
    """Return a chaff as shown to students: its name, and its explanation with one line per paragraph."""
    paragraphs = filter(str.strip, re.split(r"\n[^\S\n]*\n", implementation.explanation))
    text = "\n\n".join(part if part.startswith("    ") else " ".join(part.split()) for part in paragraphs)
    return Misconception(implementation.name.replace("_", "-"), text)
