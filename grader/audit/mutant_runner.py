"""Run checks on the mutants of a reference, each in a forked child of a process with everything loaded."""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import os
import resource
import signal
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.audit.audit import run_locally
from grader.audit.kill_matrix import NOT_REJECTING, Row
from grader.audit.mutant_generation import mutants
from grader.course.implementations import Implementation
from grader.execution.deadline import FOREVER
from grader.judging.evaluation import GraderFault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from multiprocessing.connection import Connection

    from grader.audit.kill_matrix import Fate
    from grader.checks.check import Check
    from grader.course.course import Course
    from grader.judging.generated_cases import Exam
    from grader.records.verdict import CheckStatus

MIN_CPU_SECONDS: Final = 3
CPU_FACTOR: Final = 5
"""A mutant may use this many times the reference's processor time, besides `MIN_CPU_SECONDS`."""
WALL_CLOCK_FACTOR: Final = 30
"""A mutant may take this many times its processor time: the machine may be busy, or the mutant asleep."""
GRACE_SECONDS: Final = 10
"""Seconds for a child to exit after it has sent its result or closed its pipe."""
MEMORY_BYTES: Final = 4 << 30
"""Bytes that a mutant may allocate, beyond those of its process at the start."""


class MutantCrashed(Exception):
    """A mutant's process ended before it sent the statuses of the checks."""


def try_mutants(course: Course, reference: Implementation, exam: Exam) -> Iterator[Row]:
    """Run the checks on all mutants of an exercise; yield a row for each, named by its line: `21.1`, `21.2`.

    A mutant is killed if it is rejected by a check that the reference passes, bonus checks included. Training
    checks are slow, and run only if no other check has killed the mutant.
    """
    section, exercise = reference.section, replace(reference.exercise, seconds=FOREVER)
    unlimited = replace(reference, exercise=exercise)
    run_locally(course, unlimited, exam)  # draws inputs, computes the oracles' results, imports modules
    started = time.process_time()
    passed = {check.name for check in run_locally(course, unlimited, exam).checks if check.status == "passed"}
    seconds = MIN_CPU_SECONDS + CPU_FACTOR * math.ceil(time.process_time() - started)
    source = reference.path.read_text(encoding="utf-8")
    numbers: dict[int, int] = {}
    for mutant in mutants(source, exercise.name, [one.name for one in section.exercises]):
        number = numbers[mutant.line] = numbers.get(mutant.line, 0) + 1
        name = f"{mutant.line}.{number}"
        implementation = Implementation(
            "mutant", name, section, exercise, reference.path, source=mutant.source
        )
        try:
            statuses = _in_child(course, implementation, exam, passed, seconds)
        except MutantCrashed as crash:
            yield Row("mutant", name, {}, fate="killed", diff=mutant.diff, reason=str(crash))
        except GraderFault as fault:
            yield Row("mutant", name, {}, str(fault), fate="killed", diff=mutant.diff)
        else:
            fate: Fate = "killed" if rejected(statuses, passed) else "surviving"
            yield Row("mutant", name, statuses, fate=fate, diff=mutant.diff)


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
