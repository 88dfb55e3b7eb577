"""Run checks on the mutants of correct answers, each in a fork of a process with everything loaded."""

from __future__ import annotations

import contextlib
import itertools
import math
import multiprocessing
import os
import random
import resource
import signal
import tempfile
import time
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.audit.audit import run_locally
from grader.audit.equivalent_mutants import change_in
from grader.audit.kill_matrix import NOT_REJECTING, Row
from grader.audit.mutant_generation import combined, defines, meaning, mutants, mutants_of_file
from grader.course.implementations import Implementation
from grader.execution.deadline import FOREVER
from grader.judging.evaluation import GraderFault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from multiprocessing.connection import Connection

    from grader.audit.kill_matrix import Fate
    from grader.audit.mutant_generation import Mutant
    from grader.checks.check import Check
    from grader.course.course import Course
    from grader.judging.generated_cases import Exam
    from grader.records.verdict import CheckStatus

MIN_CPU_SECONDS: Final = 3
CPU_FACTOR: Final = 5
"""A mutant may use this many times its original's processor time, besides `MIN_CPU_SECONDS`."""
WALL_CLOCK_FACTOR: Final = 30
"""A mutant may take this many times its processor time: the machine may be busy, or the mutant asleep."""
GRACE_SECONDS: Final = 10
"""Seconds for a child to exit after it has sent its result or closed its pipe."""
MEMORY_BYTES: Final = 4 << 30
"""Bytes that a mutant may allocate, beyond those of its process at the start."""
FAILING: Final = "def {name}(*_, **__):\n    return 'The definition failed.'\n"


class MutantCrashed(Exception):
    """A mutant's process ended before it sent the statuses of the checks."""


@dataclass(frozen=True)
class Candidate:
    """A mutant of a correct answer: of the reference, or of a wheat."""

    answer: Implementation
    mutant: Mutant
    name: str

    def implementation(self, course: Course) -> Implementation:
        """Return what is tried: the mutated reference, or the reference followed by the mutated wheat.

        A definition that raises an error is skipped, as in any answer. Then the reference's, which comes
        before, must not take its place: a wrong one in between does.
        """
        name, source = self.answer.exercise.name, self.mutant.source
        if self.answer.kind == "wheat":
            reference = course.solution(self.answer.section).read_text(encoding="utf-8")
            between = FAILING.format(name=name) if defines(self.mutant.module, name) else ""
            source = f"{reference}\n\n{between}\n\n{source}"
        exercise = replace(self.answer.exercise, seconds=FOREVER)
        return Implementation(
            "mutant", self.name, self.answer.section, exercise, self.answer.path, source=source
        )

    def row(self, fate: Fate, statuses: dict[str, CheckStatus] | None = None, **more: str) -> Row:
        """Return the mutant's row."""
        return Row(
            "mutant", self.name, statuses or {}, fate=fate, diff=self.mutant.diff,
            operators=self.mutant.operators, answer=answer_name(self.answer), **more,
        )  # fmt: skip


@dataclass(frozen=True)
class Baseline:
    """What a correct answer does: the checks that it passes, and the processor time that its mutants get."""

    passed: frozenset[str]
    seconds: int


def try_mutants(
    course: Course,
    answers: Sequence[Implementation],
    exam: Exam,
    *,
    wheat: bool = True,
    most: int | None = None,
    pairs: int = 0,
    changes: Collection[tuple[str, ...]] = (),
) -> Iterator[Row]:
    """Run the checks on the mutants of an exercise's correct answers, the reference first; yield their rows.

    A mutant of the reference is named by its line: `21.1`, `21.2`; one of a wheat `clamp:5.1`, a pair
    `21.1+24.3`. It is killed if it is rejected by a check that the answer passes, bonus checks included.
    Training checks are slow, and run only if no other check has killed the mutant.

    Without `wheat`, mutants of wheat are not tried. At `most` so many mutants are; they are drawn by the
    exam's seed. The others have the fate "untried". Then come so many `pairs` of killed mutants, and all
    whose diffs have the lines of one of the `changes`.
    """
    drawing = random.Random(f"{exam.seed}/{answers[0].exercise.name}")  # noqa: S311 - to be repeated
    candidates = [one for answer in answers for one in _candidates(answer)]
    candidates = _distinct(candidates, answers)
    asked = [one for one in candidates if wheat or one.answer.kind == "reference"]
    drawn = asked if most is None else drawing.sample(asked, min(most, len(asked)))
    chosen = {id(one) for one in drawn}
    baseline = cache(partial(_baseline, course, exam=exam))
    baseline(answers[0])  # draws inputs, computes the oracles' results, imports modules
    baseline.cache_clear()
    killed: list[tuple[Candidate, Row]] = []
    for candidate in candidates:
        if id(candidate) not in chosen:
            yield candidate.row("untried")
            continue
        row = _tried(course, candidate, exam, baseline(candidate.answer))
        if row.fate == "killed":
            killed.append((candidate, row))
        yield row
    for pair in itertools.chain(listed_pairs(candidates, changes), drawn_pairs(killed, pairs, drawing)):
        yield _tried(course, pair, exam, baseline(pair.answer))


def listed_pairs(
    candidates: Sequence[Candidate], changes: Collection[tuple[str, ...]]
) -> Iterator[Candidate]:
    """Yield the pairs whose diffs have the lines of one of these changes, unless a single mutant has them."""
    by_change = {change_in(one.mutant.diff) for one in candidates}
    for change in changes:
        if change in by_change:
            continue
        removed = {line for line in change if line.startswith("-")}
        parts = [
            one
            for one in candidates
            if removed >= {line for line in change_in(one.mutant.diff) if line.startswith("-")}
        ]
        for one, other in itertools.combinations(parts, 2):
            pair = _pair(one, other)
            if pair is not None and change_in(pair.mutant.diff) == change:
                yield pair
                break


def drawn_pairs(
    killed: Sequence[tuple[Candidate, Row]], count: int, drawing: random.Random
) -> Iterator[Candidate]:
    """Yield pairs of mutants of one answer that are killed by different checks, up to `count`.

    These can hide each other: what one of them does may be what the check that kills the other looks at. Two
    that the same checks kill are left out, since both changes would have to undo each other there.
    """
    possible = [
        (one, other)
        for (one, row), (other, another) in itertools.combinations(killed, 2)
        if one.answer is other.answer and row.rejected_by != another.rejected_by
    ]
    drawing.shuffle(possible)
    made = (pair for one, other in possible if (pair := _pair(one, other)) is not None)
    yield from itertools.islice(made, count)


def answer_name(answer: Implementation) -> str:
    """Return the name of a wheat; "" for the reference."""
    return answer.name if answer.kind == "wheat" else ""


def _candidates(answer: Implementation) -> Iterator[Candidate]:
    others = [one.name for one in answer.section.exercises]
    make = mutants_of_file if answer.kind == "wheat" else mutants
    source = answer.path.read_text(encoding="utf-8")
    prefix = f"{answer.name}:" if answer.kind == "wheat" else ""
    numbers: dict[int, int] = {}
    for mutant in make(source, answer.exercise.name, others):
        number = numbers[mutant.line] = numbers.get(mutant.line, 0) + 1
        yield Candidate(answer, mutant, f"{prefix}{mutant.line}.{number}")


def _distinct(candidates: Sequence[Candidate], answers: Sequence[Implementation]) -> list[Candidate]:
    """Return the candidates without those that say the same as an earlier one, or as a correct answer."""
    known = {meaning(answer.path.read_text(encoding="utf-8")) for answer in answers}
    kept = []
    for one in candidates:
        if (found := meaning(one.mutant.source)) not in known:
            known.add(found)
            kept.append(one)
    return kept


def _pair(one: Candidate, other: Candidate) -> Candidate | None:
    both = combined(one.mutant, other.mutant)
    if both is None or not meaning(both.source):
        return None
    return Candidate(one.answer, both, f"{one.name}+{other.name.rpartition(':')[2]}")


def _baseline(course: Course, answer: Implementation, *, exam: Exam) -> Baseline:
    unlimited = replace(answer, exercise=replace(answer.exercise, seconds=FOREVER))
    started = time.process_time()
    found = run_locally(course, unlimited, exam)
    seconds = MIN_CPU_SECONDS + math.ceil(CPU_FACTOR * (time.process_time() - started))
    return Baseline(frozenset(one.name for one in found.checks if one.status == "passed"), seconds)


def _tried(course: Course, candidate: Candidate, exam: Exam, baseline: Baseline) -> Row:
    implementation = candidate.implementation(course)
    try:
        statuses = _in_child(course, implementation, exam, baseline.passed, baseline.seconds)
    except MutantCrashed as crash:
        return candidate.row("killed", reason=str(crash))
    except GraderFault as fault:
        return candidate.row("killed", problem=str(fault))
    return candidate.row("killed" if rejected(statuses, baseline.passed) else "surviving", statuses)


def rejected(statuses: dict[str, CheckStatus], passed: Collection[str]) -> bool:
    """Return whether a check that the reference passed rejects the mutant."""
    return any(status not in NOT_REJECTING for name, status in statuses.items() if name in passed)


def _in_child(
    course: Course, mutant: Implementation, exam: Exam, passed: Collection[str], seconds: int
) -> dict[str, CheckStatus]:
    """Run the checks in a forked process. Raises `MutantCrashed`, or `GraderFault` if a check itself fails.

    The limit is on processor time: how busy the machine is must not decide which mutants survive.
    """
    forking = multiprocessing.get_context("fork")
    ours, theirs = forking.Pipe(duplex=False)
    child = forking.Process(target=_examine, args=(theirs, course, mutant, exam, passed, seconds))
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        child.start()
        theirs.close()
        result: dict[str, CheckStatus] | str | None = None
        try:
            if ours.poll(WALL_CLOCK_FACTOR * seconds):
                with contextlib.suppress(EOFError):
                    result = ours.recv()
                child.join(GRACE_SECONDS)
        finally:
            child.kill()
            child.join()
            ours.close()
    if result is None:
        slow = child.exitcode in {-signal.SIGKILL, -signal.SIGXCPU}
        raise MutantCrashed("It takes too long, and is stopped." if slow else "It ends the process.")
    if isinstance(result, str):
        raise GraderFault(result)
    return result


def _examine(
    answer: Connection,
    course: Course,
    mutant: Implementation,
    exam: Exam,
    passed: Collection[str],
    seconds: int,
) -> None:
    """Run the checks on a mutant in this process, made for it alone; send the statuses."""
    _limit(seconds)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    try:
        statuses = _statuses(course, mutant, exam, [one for one in mutant.exercise.checks if not one.band])
        if not rejected(statuses, passed) and len(statuses) < len(mutant.exercise.checks):
            statuses = _statuses(course, mutant, exam, mutant.exercise.checks)
        answer.send(statuses)
    except MemoryError:
        os._exit(1)
    except Exception as fault:  # noqa: BLE001 - a failure of a check, or ours: it must not count as killing
        answer.send(str(fault) or repr(fault))


def _statuses(
    course: Course, mutant: Implementation, exam: Exam, checks: list[Check]
) -> dict[str, CheckStatus]:
    asked = replace(mutant, exercise=replace(mutant.exercise, checks=checks))
    return {check.name: check.status for check in run_locally(course, asked, exam).checks}


def _limit(seconds: int) -> None:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    memory = pages * resource.getpagesize() + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
