"""The answers of one student to one section, loaded into this process and ready to be asked.

The sandboxed child and the student's desk both hold their answers so.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import msgspec

from grader.execution.deadline import deadline
from grader.execution.loading import load, sittings
from grader.execution.observe import observe
from grader.execution.torch_state import Apart
from grader.records.protocol import EXPIRED, Absent, Found

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from grader.execution.loading import Attempt, Loaded, LoadError
    from grader.records.protocol import Ask, Observation
    from grader.records.sources import SourceFile

LOAD_SECONDS: Final = 10.0
SHORTEST: Final = 0.5
"""Seconds that a program has to be loaded once more, for another exercise, when those are used up."""
STILL_TO_DO: Final = "{} is still to do"
NOT_DEFINED: Final = "{} is not defined"


class Answers:
    """What a program defines of the exercises that are wanted.

    Args:
        files: the program.
        wanted: the exercises, each with the names under which its answer may be found.
        drive: what the section's drive file defines.
        overrides: sources that replace what the program defines under these names.
        attempts: how many definitions of one name count.

    """

    def __init__(
        self,
        files: Sequence[SourceFile],
        wanted: Mapping[str, tuple[str, ...]],
        drive: Mapping[str, object],
        *,
        overrides: Mapping[str, str] | None = None,
        attempts: int = 5,
    ) -> None:
        self.drive = drive
        self.files = frozenset(file.path for file in files)
        self.apart = Apart()
        self.loaded: dict[str, Loaded] = {}
        self.attempts: dict[str, tuple[Attempt, ...]] = {}
        until = time.monotonic() + LOAD_SECONDS
        with self.apart.at_work():
            for group in sittings(files, wanted):
                with deadline(max(SHORTEST, until - time.monotonic())):
                    loaded = load(tuple(files), group, attempts=attempts, overrides=overrides or {})
                for name in group:
                    self.loaded[name] = loaded
                    self.attempts[name] = tuple(one for one in loaded.attempts(name) if not one.is_stub)
        self.wanted = wanted

    def found(self, exercise: str) -> tuple[Found, ...]:
        """Return the definitions of an exercise, the last one first; stubs aren't any."""
        return tuple(Found(one.where, one.of) for one in self.attempts[exercise])

    def absent(self, exercise: str) -> Absent | None:
        """Return why there is no answer to an exercise; None if there is one."""
        if self.attempts[exercise]:
            return None
        fault = self.fault(exercise)
        if fault is not None:
            refusal = self.loaded[exercise].pristine.refusal(fault)
            if refusal is not None:
                return Absent("failed", f"{NOT_DEFINED.format(exercise)}: {refusal}")
            lines = "\n".join(fault.lines)
            if fault.exception == EXPIRED:
                return Absent(
                    "timeout", f"stopped after {LOAD_SECONDS:g} s, before {exercise} was reached\n{lines}"
                )
            return Absent("error", f"{lines}\n{fault.exception}: {fault.message}".strip())
        stub = bool(self.loaded[exercise].attempts(exercise))
        return Absent("failed", (STILL_TO_DO if stub else NOT_DEFINED).format(exercise))

    def fault(self, exercise: str) -> LoadError | None:
        """Return the error because of which an exercise isn't defined, if there is one."""
        return self.loaded[exercise].missing(exercise)

    def ask(
        self,
        exercise: str,
        attempt: int,
        asks: Sequence[Ask],
        seconds: float,
        *,
        quits: tuple[type[BaseException], ...] = (),
    ) -> list[tuple[Observation, BaseException | None]]:
        """Ask one definition of an exercise, within so many seconds (see `grader.execution.observe`).

        An observation that ran out of time is the last one, as is one of an exception that `quits`.
        """
        names = {**self.drive, exercise: self.attempts[exercise][attempt].answer}
        with self.loaded[exercise].supplying(), deadline(seconds), self.apart.at_work():
            return observed(asks, names, files=self.files, seconds=seconds, quits=quits)


def observed(
    asks: Sequence[Ask],
    names: Mapping[str, object],
    *,
    files: Collection[str],
    seconds: float,
    quits: tuple[type[BaseException], ...] = (),
) -> list[tuple[Observation, BaseException | None]]:
    """Ask one question after the other, up to one that runs out of the seconds, or raises what `quits`."""
    seen: list[tuple[Observation, BaseException | None]] = []
    for ask in asks:
        started = time.monotonic()
        observation, error = observe(ask, names, files=files)
        raised = observation.raised
        if raised is not None and raised.kind == EXPIRED:
            endless = time.monotonic() - started > seconds / 2
            raised = msgspec.structs.replace(raised, endless=endless)
            seen.append((msgspec.structs.replace(observation, raised=raised), error))
            break
        seen.append((observation, error))
        if isinstance(error, quits):
            break
    return seen
