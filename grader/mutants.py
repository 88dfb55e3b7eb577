"""Tries the mutants of an exercise's reference, each in a forked child of a process where all is ready."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.audit import at_desk
from grader.examine import GraderFault
from grader.matrix import HARMLESS, Row
from grader.mutation import mutants
from grader.specimens import Specimen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from multiprocessing.connection import Connection

    from grader.check import Check
    from grader.course import Course
    from grader.exam import Exam
    from grader.matrix import Fate
    from grader.verdict import CheckStatus

LEAST_SECONDS: Final = 2.0
SLOWER: Final = 5.0
"""How many times the reference's own time a mutant has, besides `LEAST_SECONDS`."""
JUDGING: Final = 10.0
"""Seconds that a child may live longer, since checks need time to judge."""
MEMORY: Final = 4 << 30
"""Bytes that a mutant may have, beyond those that its process begins with."""


class Died(Exception):
    """A mutant's process ended before it told what became of the checks."""


def tried(course: Course, reference: Specimen, exam: Exam) -> Iterator[Row]:
    """Try all mutants of an exercise; yield a row for each, named by its line: `21.1`, `21.2`, `23.1`.

    A mutant is killed if a check rejects it that the reference passes, a bonus check included. Training
    checks are asked only if no other has killed it, for models take long to train.
    """
    at_desk(course, reference, exam)  # now inputs are drawn, oracles asked, and modules imported
    started = time.monotonic()
    passed = {check.name for check in at_desk(course, reference, exam).checks if check.status == "passed"}
    took = time.monotonic() - started
    section, exercise = reference.section, reference.exercise
    seconds = min(exercise.seconds, LEAST_SECONDS + SLOWER * took)
    limited = replace(exercise, seconds=seconds)
    source = reference.path.read_text(encoding="utf-8")
    numbers: dict[int, int] = {}
    for mutant in mutants(source, exercise.name, [one.name for one in section.exercises]):
        number = numbers[mutant.line] = numbers.get(mutant.line, 0) + 1
        name = f"{mutant.line}.{number}"
        specimen = Specimen("mutant", name, section, limited, reference.path, source=mutant.source)
        try:
            statuses = _in_child(course, specimen, exam, passed)
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
    course: Course, mutant: Specimen, exam: Exam, passed: Collection[str]
) -> dict[str, CheckStatus]:
    """Examine a mutant in a forked process. Raises `Died`, or `GraderFault` where a check itself fails."""
    forking = multiprocessing.get_context("fork")
    ours, theirs = forking.Pipe(duplex=False)
    child = forking.Process(target=_examine, args=(theirs, course, mutant, exam, passed), daemon=True)
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        child.start()
        theirs.close()
        try:
            if not ours.poll(mutant.exercise.seconds + JUDGING):
                raise Died("It is stopped: it takes too long.")
            told: dict[str, CheckStatus] | str = ours.recv()
        except EOFError:
            raise Died("It ends the process.") from None
        finally:
            child.kill()
            child.join()
            ours.close()
    if isinstance(told, str):
        raise GraderFault(told)
    return told


def _examine(
    answer: Connection, course: Course, mutant: Specimen, exam: Exam, passed: Collection[str]
) -> None:
    """Examine a mutant in this process, which is there for nothing else; send what becomes of the checks."""
    _limit_memory()
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    try:
        statuses = _statuses(course, mutant, exam, [one for one in mutant.exercise.checks if not one.band])
        if not rejected(statuses, passed) and len(statuses) < len(mutant.exercise.checks):
            statuses = _statuses(course, mutant, exam, mutant.exercise.checks)
        answer.send(statuses)
    except GraderFault as fault:
        answer.send(str(fault))


def _statuses(course: Course, mutant: Specimen, exam: Exam, checks: list[Check]) -> dict[str, CheckStatus]:
    asked = replace(mutant, exercise=replace(mutant.exercise, checks=checks))
    return {check.name: check.status for check in at_desk(course, asked, exam).checks}


def _limit_memory() -> None:
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    limit = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
