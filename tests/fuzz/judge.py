"""The judge on observations that no honest answer gives: the reference's, with a hostile one among them.

The observations of the references are recorded once, in this process. An attack then replaces one observation
of one question, and all checks of the exercise but its training are judged, as `grader grade` does.

Run as a program, this judges every attack on the exercises that are named, by default on all:

    python -m tests.fuzz.judge softmax SGD
"""

from __future__ import annotations

import dataclasses
import sys
import time
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import torch

from grader.datasets import training_data
from grader.execution.student_code import Answers
from grader.judging.evaluation import Examination
from grader.local.local_runner import drive_names
from tests.fixtures.shipped import COURSE, IMPLEMENTATIONS, exam
from tests.fuzz.hostile_values import hostile_observations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.checks.exercise import Exercise
    from grader.records.protocol import Ask, Observation
    from grader.records.verdict import CheckStatus

EXAM: Final = exam(shrinks=False)
REFERENCES: Final = {one.exercise.name: one for one in IMPLEMENTATIONS if one.kind == "reference"}
EXERCISES: Final = tuple(exercise.name for _section, exercise in COURSE.exercises())
ASKING_SECONDS: Final = 600.0
JUDGING_SECONDS: Final = 5.0
"""Processor seconds for all checks of an exercise on an attack; most take milliseconds."""

Key = tuple[str, tuple[str, ...], bool, int]


class Attack(NamedTuple):
    """A forged observation in the place of the reference's: of which questions, at which position."""

    key: Key
    position: int
    forged: Observation


class Replay:
    """The asker that repeats observations of the reference; an attack replaces one of them."""

    def __init__(self, recorded: dict[Key, list[Observation]], attack: Attack | None = None) -> None:
        self.recorded = recorded
        self.attack = attack

    def absent(self) -> tuple[CheckStatus, str] | None:
        """Return None: the reference defines everything."""
        return None

    def ask(self, questions: Sequence[Ask]) -> list[Observation]:
        """Return the observations of some questions."""
        key = key_of(questions)
        seen = list(self.recorded[key])
        if self.attack is not None and self.attack.key == key:
            seen[self.attack.position] = self.attack.forged
        return seen

    def search(self, question: Ask) -> Observation:
        """Never called: the exam searches for no smaller inputs."""
        raise NotImplementedError


class Recorder:
    """The asker that asks the reference, and records its observations."""

    def __init__(self, answers: Answers, exercise: Exercise) -> None:
        self.answers = answers
        self.exercise = exercise
        self.recorded: dict[Key, list[Observation]] = {}

    def absent(self) -> tuple[CheckStatus, str] | None:
        """Return None: the reference defines everything."""
        return None

    def ask(self, questions: Sequence[Ask]) -> list[Observation]:
        """Return the observations of some questions."""
        asked = self.answers.ask(self.exercise.name, 0, questions, ASKING_SECONDS)
        self.recorded[key_of(questions)] = [observation for observation, _error in asked]
        return self.recorded[key_of(questions)]

    def search(self, question: Ask) -> Observation:
        """Never called: the exam searches for no smaller inputs."""
        raise NotImplementedError


def key_of(questions: Sequence[Ask]) -> Key:
    """Return what tells the questions of an exercise apart."""
    first = questions[0]
    return first.expression, first.differentiate, first.on_simulated_gpu, first.seed


@cache
def recorded(name: str) -> tuple[Exercise, dict[Key, list[Observation]]]:
    """Return an exercise without its training, and what its reference does: everything right."""
    reference = REFERENCES[name]
    section, whole = reference.section, reference.exercise
    exercise = dataclasses.replace(whole, checks=[check for check in whole.checks if not check.band])
    torch.set_num_threads(1)
    training_data.use(COURSE.data)
    wanted = {one.name: one.spellings for one in section.exercises}
    recorder = Recorder(Answers(reference.files(COURSE), wanted, drive_names(section)), exercise)
    verdicts = Examination(exercise, EXAM, recorder).all()
    wrong = [one for one in verdicts if one.status not in {"passed", "skipped"} and not one.bonus]
    if wrong:
        raise AssertionError(wrong)
    return exercise, recorder.recorded


def attacks(name: str) -> Iterator[Attack]:
    """Yield the attacks on an exercise: on the first and the last input of each question."""
    _exercise, observations = recorded(name)
    for key, seen in observations.items():
        for position in sorted({0, len(seen) - 1}):
            for forged in hostile_observations(seen[position]):
                yield Attack(key, position, forged)


def problem(name: str, attack: Attack) -> str:
    """Return how the judge fails on an attack: an error in a check, or too much time; "" if it doesn't."""
    exercise, observations = recorded(name)
    examination = Examination(exercise, EXAM, Replay(observations, attack))
    started = time.process_time()
    examination.all()
    took = time.process_time() - started
    for fault in examination.faults.values():
        return f"{fault}"
    return f"judging took {took:.1f} s" if took > JUDGING_SECONDS else ""


def main(names: Sequence[str]) -> int:
    """Judge every attack on some exercises; print the first that fails in each way, and return the status."""
    found: dict[str, Attack] = {}
    total = 0
    for name in names or EXERCISES:
        started = time.monotonic()
        for count, attack in enumerate(attacks(name), start=1):  # noqa: B007 - the last one counts
            what = problem(name, attack)
            if what and what not in found:
                found[what] = attack
                print(f"{what}\n    {attack.key[0]}: {repr(attack.forged)[:400]}")  # noqa: T201
        total += count
        print(f"{name}: {count} attacks, {time.monotonic() - started:.0f} s", flush=True)  # noqa: T201
    print(f"{total} attacks on {len(names or EXERCISES)} exercises, {len(found)} ways to fail")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
