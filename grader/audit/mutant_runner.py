"""Tries the mutants of an exercise's reference, each in a forked child of a process where all is ready."""

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

from grader.audit.audit import at_desk
from grader.audit.kill_matrix import HARMLESS, Row
from grader.audit.mutant_generation import mutants
from grader.course.implementations import Specimen
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

LEAST_SECONDS: Final = 3
SLOWER: Final = 5
"""How many times the reference's processor time a mutant has, besides `LEAST_SECONDS`."""
PATIENCE: Final = 30
"""How many times its processor time a mutant may last: the machine may be busy, or the mutant asleep."""
GRACE: Final = 10
"""Seconds in which a child that has told everything, or can tell no more, is gone by itself."""
MEMORY: Final = 4 << 30
"""Bytes that a mutant may have, beyond those that its process begins with."""


class Died(Exception):
    """A mutant's process ended before it told what became of the checks."""


def tried(course: Course, reference: Specimen, exam: Exam) -> Iterator[Row]:
    """Try all mutants of an exercise; yield a row for each, named by its line: `21.1`, `21.2`, `23.1`.

    A mutant is killed if a check rejects it that the reference passes, a bonus check included. Training
    checks are asked only if no other has killed it, for models take long to train.
    """
    section, exercise = reference.section, replace(reference.exercise, seconds=FOREVER)
    unlimited = replace(reference, exercise=exercise)
    at_desk(course, unlimited, exam)  # now inputs are drawn, oracles asked, and modules imported
    started = time.process_time()
    passed = {check.name for check in at_desk(course, unlimited, exam).checks if check.status == "passed"}
    seconds = LEAST_SECONDS + SLOWER * math.ceil(time.process_time() - started)
    source = reference.path.read_text(encoding="utf-8")
    numbers: dict[int, int] = {}
    for mutant in mutants(source, exercise.name, [one.name for one in section.exercises]):
        number = numbers[mutant.line] = numbers.get(mutant.line, 0) + 1
        name = f"{mutant.line}.{number}"
        specimen = Specimen("mutant", name, section, exercise, reference.path, source=mutant.source)
        try:
            statuses = _in_child(course, specimen, exam, passed, seconds)
        except Died as died:
            yield Row("mutant", name, {}, fate="killed", diff=mutant.diff, reason=str(died))
        except GraderFault as fault:
            yield Row("mutant", name, {}, str(fault), fate="killed", diff=mutant.diff)
        else:
            fate: Fate = "killed" if rejected(statuses, passed) else "surviving"
            yield Row("mutant", name, statuses, fate=fate, diff=mutant.diff)


def rejected(statuses: dict[str, CheckStatus], passed: Collection[str]) -> bool:
    """Return whether a check rejects a mutant that the reference passed."""
    return any(status not in HARMLESS for name, status in statuses.items() if name in passed)


def _in_child(
    course: Course, mutant: Specimen, exam: Exam, passed: Collection[str], seconds: int
) -> dict[str, CheckStatus]:
    """Examine a mutant in a forked process. Raises `Died`, or `GraderFault` where a check itself fails.

    Its time is that of the processor: how busy the machine is must not decide who survives.
    """
    forking = multiprocessing.get_context("fork")
    ours, theirs = forking.Pipe(duplex=False)
    child = forking.Process(target=_examine, args=(theirs, course, mutant, exam, passed, seconds))
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        child.start()
        theirs.close()
        told: dict[str, CheckStatus] | str | None = None
        try:
            if ours.poll(PATIENCE * seconds):
                with contextlib.suppress(EOFError):
                    told = ours.recv()
                child.join(GRACE)  # it is at its end
        finally:
            child.kill()
            child.join()
            ours.close()
    if told is None:
        slow = child.exitcode in {-signal.SIGKILL, -signal.SIGXCPU}
        raise Died("It takes too long, and is stopped." if slow else "It ends the process.")
    if isinstance(told, str):
        raise GraderFault(told)
    return told


def _examine(
    answer: Connection, course: Course, mutant: Specimen, exam: Exam, passed: Collection[str], seconds: int
) -> None:
    """Examine a mutant in this process, which is there for nothing else; send what becomes of the checks."""
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
    except Exception as fault:  # noqa: BLE001 - a fault of a check, or ours: it must not count as the mutant's
        answer.send(str(fault) or repr(fault))


def _statuses(course: Course, mutant: Specimen, exam: Exam, checks: list[Check]) -> dict[str, CheckStatus]:
    asked = replace(mutant, exercise=replace(mutant.exercise, checks=checks))
    return {check.name: check.status for check in at_desk(course, asked, exam).checks}


def _limit(seconds: int) -> None:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    memory = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
