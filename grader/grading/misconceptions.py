"""Which misconception explains a wrong answer: the chaff whose answers agree with it on all that was asked.

Every student gets the same exam, so what each chaff of an exercise answers is found once, when a first
submission fails that exercise. A name is given only where exactly one chaff explains the failure.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.course.implementations import SpecimenError, chaff_of
from grader.grading.sandbox_session import Seat, WallAsker
from grader.judging.evaluation import Examination, GraderFault
from grader.judging.observation_equality import agree
from grader.records.protocol import Load
from grader.records.verdict import Misconception
from grader.sandbox import SandboxUnavailable, ServerFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.checks.check import Check, Question
    from grader.checks.exercise import Exercise
    from grader.course.course import Course, Section
    from grader.course.implementations import Specimen
    from grader.judging.generated_cases import Exam
    from grader.records.protocol import Observation
    from grader.records.verdict import CheckStatus
    from grader.sandbox import Server

PATIENCE: Final = 6
"""How many times the seconds of an exercise its catalogue may take; after that there is none."""
COMPARABLE: Final = frozenset({"passed", "failed", "error", "blocked"})
"""The statuses of checks that follow from what an answer does, and not from how fast the machine is."""


@dataclass(frozen=True)
class Symptoms:
    """What a wrong answer shows: the status of each check, and what was seen where one failed.

    `calls` says which functions were called that do the exercise. Questions whose checks all passed are left
    out: that a random result is not the same as another right one means nothing.
    """

    statuses: Mapping[str, CheckStatus]
    calls: str
    seen: Mapping[Question, tuple[Observation, ...]]


def symptoms(examination: Examination) -> Symptoms | None:
    """Return what an examined answer shows; None where it is right, missing, or was stopped."""
    outcomes = {check.name: examination.outcomes.get(check.name) for check in compared(examination.exercise)}
    statuses = {name: outcome.status for name, outcome in outcomes.items() if outcome is not None}
    if len(statuses) < len(outcomes) or not COMPARABLE.issuperset(statuses.values()):
        return None
    broken = [
        check for check in compared(examination.exercise) if statuses[check.name] in {"failed", "error"}
    ]
    if not broken or any(check.question is None for check in broken):
        return None
    seen = {
        check.question: tuple(one.observation for one in examination.seen[check.question].each)
        for check in broken
        if check.question is not None
    }
    scratch = outcomes.get("from_scratch")
    calls = scratch.failure[1].message if scratch is not None and scratch.failure is not None else ""
    return Symptoms(statuses, calls, seen)


def compared(exercise: Exercise) -> Iterable[Check]:
    """Return the checks by which answers are compared: those that carry no bonus, and train nothing."""
    return [check for check in exercise.checks if not check.bonus and not check.band]


def same(one: Symptoms, other: Symptoms) -> bool:
    """Return whether two wrong answers show the same, up to rounding, on every input."""
    return (
        one.statuses == other.statuses
        and one.calls == other.calls
        and all(
            agree(mine, theirs)
            for question, sightings in one.seen.items()
            for mine, theirs in zip(sightings, other.seen[question], strict=True)
        )
    )


class Entry(NamedTuple):
    """A misconception, what it shows, and whose other spelling it is: its own, or another misconception's."""

    misconception: Misconception
    family: Misconception
    shown: Symptoms


def explanation(found: Symptoms, catalogue: Iterable[Entry]) -> Misconception | None:
    """Return the one misconception that explains what a wrong answer shows.

    Of several spellings of one misconception, the one that the others say they are the same as.
    """
    explaining = [entry for entry in catalogue if same(found, entry.shown)]
    if len(explaining) == 1:
        return explaining[0].misconception
    families = {entry.family.id: entry.family for entry in explaining}
    return next(iter(families.values())) if len(families) == 1 else None


class Catalogue:
    """The misconceptions of a course, and what they show in one exam; exercise by exercise, when needed.

    A catalogue that can't be made explains nothing, and costs nobody anything.
    """

    def __init__(self, course: Course, exam: Exam, server: Server) -> None:
        self.course = course
        self.exam = exam
        self.server = server
        self.known: dict[str, list[Entry]] = {}

    def diagnose(self, section: Section, examination: Examination) -> Misconception | None:
        """Return the misconception that explains a wrong answer, where exactly one does."""
        found = symptoms(examination)
        if found is None:
            return None
        return explanation(found, self.of(section, examination.exercise))

    def of(self, section: Section, exercise: Exercise) -> list[Entry]:
        """Return the misconceptions of one exercise with what they show."""
        if exercise.name not in self.known:
            try:
                self.known[exercise.name] = self._made(section, exercise)
            except (GraderFault, SpecimenError, ServerFailed, SandboxUnavailable, OSError, SyntaxError):
                self.known[exercise.name] = []
        return self.known[exercise.name]

    def _made(self, section: Section, exercise: Exercise) -> list[Entry]:
        until = time.monotonic() + PATIENCE * self.exam.seconds(exercise)
        made: list[Entry] = []
        chaff = list(chaff_of(self.course, section, exercise))
        named = {specimen.name: misconception(specimen) for specimen in chaff}
        for specimen in chaff:
            shown = self._shown(specimen)
            if time.monotonic() > until:
                return []  # part of a catalogue might name what another part explains as well
            if shown is not None:
                family = named[specimen.same_as or specimen.name]
                made.append(Entry(named[specimen.name], family, shown))
        return made

    def _shown(self, specimen: Specimen) -> Symptoms | None:
        """Ask a chaff what students are asked, behind the same wall."""
        section, exercise = specimen.section, specimen.exercise
        wanted = {one.name: one.spellings for one in section.exercises}
        seat = Seat(self.server, Load(section.module, specimen.files(self.course), wanted, {}, 1))
        shorter = replace(exercise, checks=list(compared(exercise)))
        deadline = time.monotonic() + self.exam.seconds(shorter)
        try:
            examination = Examination(shorter, self.exam, WallAsker(seat, exercise, 0, deadline))
            examination.judge()
        finally:
            seat.stand_up()
        return symptoms(examination)


def misconception(specimen: Specimen) -> Misconception:
    """Return a chaff as students meet it: its name, and its explanation without the breaks of lines."""
    paragraphs = re.split(r"\n\s*\n", specimen.explanation)
    said = "\n\n".join(part if part.startswith("    ") else " ".join(part.split()) for part in paragraphs)
    return Misconception(specimen.name.replace("_", "-"), said)
