"""The answers of one student to one section, loaded into this process and ready to be called.

The sandboxed child uses this, and so does the local run on the student's machine.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from grader.execution import call_watch
from grader.execution.deadline import deadline
from grader.execution.loading import MAX_ATTEMPTS, explain_missing, load
from grader.execution.loading.near_misses import inside_a_method, near_miss
from grader.execution.loading.running import NOTHING_REPLACED
from grader.execution.observe import observe
from grader.execution.stopwatch import WallStopwatch
from grader.execution.torch_state import SeparateTorchState
from grader.execution.used_answers import Entries, UsedAnswers
from grader.execution.without_compilers import prepare_for
from grader.records.protocol import (
    EXPIRED,
    MAX_DEFINITIONS,
    MAX_LOCATION,
    MAX_MESSAGE,
    MAX_REASON,
    Absent,
    Found,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from grader.execution.loading import Attempt, LoadError
    from grader.execution.loading.replacing import Replacement
    from grader.execution.stopwatch import Stopwatch
    from grader.records.protocol import Ask, Observation
    from grader.records.sources import SourceFile

LOAD_SECONDS: Final = 10.0
"""Seconds for loading a program."""
_NO_ATTRIBUTE: Final = re.compile(r"'(\w{1,100})' object has no attribute '(\w{1,100})'")
TO_DO_MESSAGE: Final = "{} is still to do"
NOT_DEFINED_MESSAGE: Final = "{} is not defined"


class Answers:
    """The definitions of the wanted exercises in a program.

    The modules that the course supplies to it must be `importable`.

    Args:
        files: the program.
        wanted: the exercises, each with the names under which its answer may be found.
        drive: what the section's drive file defines.
        section: the section's module, whose file is searched first; by default, all files are alike.
        replaced: by exercise, a correct answer that takes the place of the program's own.
        traced: the exercises that `used` tells, with their spellings.
        attempts: how many definitions of one name count.
        seconds: the time limit for loading the program; by default `LOAD_SECONDS`.
        stopwatch: what measures the time limits, of loading and of questions.

    """

    def __init__(  # noqa: PLR0913 - the rest is by keyword, and has a default
        self,
        files: Sequence[SourceFile],
        wanted: Mapping[str, tuple[str, ...]],
        drive: Mapping[str, object],
        *,
        section: str | None = None,
        replaced: Mapping[str, Replacement] = NOTHING_REPLACED,
        traced: Mapping[str, tuple[str, ...]] | None = None,
        attempts: int = MAX_ATTEMPTS,
        seconds: float | None = None,
        stopwatch: type[Stopwatch] = WallStopwatch,
    ) -> None:
        call_watch.remember()
        self.seconds = LOAD_SECONDS if seconds is None else seconds
        self.stopwatch = stopwatch
        self.drive = drive
        self.inside: dict[tuple[str, str], str] = {}
        self.files = frozenset(file.path for file in files)
        for source in (cell.source for file in files for cell in file.cells):
            prepare_for(source)
        self.torch_state = SeparateTorchState()
        self.attempts: dict[str, tuple[Attempt, ...]] = {}
        self.tracer = UsedAnswers(traced or {}, self.files)
        with self.torch_state.active():
            with deadline(self.seconds, stopwatch=stopwatch()):
                self.loaded = load(
                    tuple(files),
                    wanted,
                    section=section,
                    attempts=attempts,
                    replaced=replaced,
                    recording=partial(self.tracer.recording, self.tracer.loading),
                )
            self.tracer.learn(self.loaded)
            for name in wanted:
                self.attempts[name] = tuple(one for one in self.loaded.attempts(name) if not one.is_stub)
        self.wanted = wanted

    def found(self, exercise: str) -> tuple[Found, ...]:
        """Return the definitions of an exercise, the last one first, without stubs."""
        return tuple(
            Found(one.where[:MAX_LOCATION], min(one.of, MAX_DEFINITIONS)) for one in self.attempts[exercise]
        )

    def has_earlier(self, exercise: str) -> bool:
        """Return whether there is another attempt at an exercise, before the last one."""
        return sum(not candidate.is_stub for candidate in self.loaded.candidates[exercise]) > 1

    def absent(self, exercise: str) -> Absent | None:
        """Return why there is no answer to an exercise; None if there is one."""
        if self.attempts[exercise]:
            return None
        fault = self.fault(exercise)
        if fault is not None:
            reason = explain_missing(fault)
            if reason is not None:
                return _absent("failed", f"{NOT_DEFINED_MESSAGE.format(exercise)}: {reason}")
            lines = "\n".join(fault.lines)
            if fault.exception == EXPIRED:
                limit = f"{self.seconds:g} {self.stopwatch.unit}"
                return _absent("timeout", f"stopped after {limit}, before {exercise} was reached\n{lines}")
            return _absent("error", f"{lines}\n{fault.exception}: {fault.message}".strip())
        if self.loaded.attempts(exercise):
            return Absent("failed", TO_DO_MESSAGE.format(exercise), is_stub=True)
        meant = near_miss(self.loaded.programs.values(), exercise, self.wanted)
        message = NOT_DEFINED_MESSAGE.format(exercise)
        return _absent("failed", f"{message}. {meant}" if meant else message)

    def fault(self, exercise: str) -> LoadError | None:
        """Return the error because of which an exercise isn't defined, if there is one."""
        return self.loaded.missing(exercise)

    def raised_while_loaded(self) -> frozenset[str]:
        """Return the names of the exceptions that the program raised while it was loaded."""
        return frozenset(
            error.exception for _program, ran in self.loaded.ran for error in ran.errors.values()
        )

    def ask(
        self,
        exercise: str,
        attempt: int,
        asks: Sequence[Ask],
        seconds: float,
        *,
        quits: tuple[type[BaseException], ...] = (),
    ) -> list[tuple[Observation, BaseException | None]]:
        """Evaluate questions on one definition of an exercise (see `grader.execution.observe`).

        Args:
            exercise: the name of the exercise.
            attempt: the index of the definition in `found`.
            asks: the questions.
            seconds: timeout for all of them.
            quits: exceptions that end the evaluation. A timeout does, too; its observation is the last one.
        """
        names = {**self.drive, exercise: self.attempts[exercise][attempt].answer}
        limit = deadline(seconds, stopwatch=self.stopwatch())
        with self.loaded.active(), limit, self.torch_state.active():
            seen = observe_all(
                asks, names, files=self.files, seconds=seconds, stopwatch=self.stopwatch, quits=quits
            )
        return [(self._with_place(observation), error) for observation, error in seen]

    def _with_place(self, observation: Observation) -> Observation:
        """Return an observation that says where a missing attribute is defined, if somewhere inside."""
        raised = observation.raised
        if raised is None or raised.kind != AttributeError.__name__:
            return observation
        found = _NO_ATTRIBUTE.search(raised.message)
        if found is None:
            return observation
        owner, name = found.groups()
        if (owner, name) not in self.inside:
            self.inside[owner, name] = inside_a_method(self.loaded.programs.values(), owner, name)
        inside = self.inside[owner, name]
        message = f"{raised.message}\n{inside}" if inside else raised.message
        raised = msgspec.structs.replace(raised, message=message[:MAX_MESSAGE])
        return msgspec.structs.replace(observation, raised=raised)

    def used(self, exercise: str, attempt: int, asks: Sequence[Ask], seconds: float) -> frozenset[str]:
        """Return the traced exercises whose answers another one enters when it is defined, and asked this."""
        found = self.tracer.while_loaded(self.loaded, self.wanted[exercise])
        if attempt < len(self.attempts[exercise]):
            entries = Entries()
            with self.tracer.recording(entries):
                seen = self.ask(exercise, attempt, asks, seconds)
            found |= self.tracer.entered(entries, [error for _seen, error in seen if error is not None])
        return frozenset(found - {exercise})


def _absent(status: Literal["failed", "error", "timeout"], message: str) -> Absent:
    return Absent(status, message[:MAX_REASON])


def observe_all(
    asks: Sequence[Ask],
    names: Mapping[str, object],
    *,
    files: Collection[str],
    seconds: float,
    stopwatch: type[Stopwatch] = WallStopwatch,
    quits: tuple[type[BaseException], ...] = (),
) -> list[tuple[Observation, BaseException | None]]:
    """Evaluate the questions one by one, up to one that runs into the timeout or raises one of `quits`."""
    seen: list[tuple[Observation, BaseException | None]] = []
    for ask in asks:
        since_start = stopwatch()
        observation, error = observe(ask, names, files=files)
        raised = observation.raised
        if raised is not None and raised.kind == EXPIRED:
            endless = since_start.elapsed() > seconds / 2
            raised = msgspec.structs.replace(raised, endless=endless)
            seen.append((msgspec.structs.replace(observation, raised=raised), error))
            break
        seen.append((observation, error))
        if isinstance(error, quits):
            break
    return seen
