"""A student's program in the sandbox: fork a child process on demand, and send it questions."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from grader.execution.student_code import NOT_DEFINED_MESSAGE
from grader.judging.evaluation import Interrupted, timeout_of
from grader.records.devices import GPU_FAILED, GPU_START_SECONDS
from grader.records.protocol import (
    EXPIRED,
    Absent,
    AskAttempt,
    Contents,
    Found,
    GpuStarted,
    Load,
    Observations,
)
from grader.sandbox import ChannelClosed, DeadlinePassed, FrameTooLarge, ServerFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.checks.exercise import Exercise
    from grader.records.protocol import Ask, Observation
    from grader.records.verdict import CheckStatus
    from grader.sandbox import Child, Server

Message = TypeVar("Message", Contents, Observations)

GRACE: Final = 2.0
MIN_LOAD_SECONDS: Final = 0.5
"""Seconds for loading a program once more, for another exercise, when the time for loading it is used up."""
MAX_CONTENTS: Final = 2**20
METADATA_BYTES: Final = 2**16
"""The most that names, exceptions and line numbers, without result and gradients, take in an observation."""
UNREADABLE: Final = (
    "the result could not be read: did your code write to a file descriptor that it didn't open?"
)
NO_RESULT: Final = "the process that ran your code ended without a result: does it call exit, or crash?"


class NoGpu(ServerFailed):
    """A sandboxed process could not open the GPU; the message says why."""


def opening_problem(child: Child) -> str:
    """Wait until a new child has opened the GPU; return why it can't, or "".

    The child has loaded no student code yet, so a failure here is not the student's.
    """
    try:
        payload = child.receive(time.monotonic() + GPU_START_SECONDS, MAX_CONTENTS)
        return msgspec.msgpack.decode(payload, type=GpuStarted).problem
    except (ChannelClosed, DeadlinePassed, FrameTooLarge, msgspec.MsgspecError) as error:
        return str(error)


def max_bytes(asks: Sequence[Ask]) -> int:
    """Return how many bytes the answers to some questions can take at most."""
    return sum(METADATA_BYTES + ask.max_result_bytes * (1 + len(ask.differentiate)) for ask in asks)


class SandboxSession:
    """One program and one section's exercises, in a sandboxed child process.

    The child is forked on demand. One that was stopped or died is replaced for the next exercise.

    Args:
        server: the sandbox, which is running.
        load: the program and what to look for in it.

    Attributes:
        load_seconds: how long loading the program has taken.
    """

    def __init__(self, server: Server, load: Load) -> None:
        self.server = server
        self.load = load
        self.child: Child | None = None
        self.loaded: Contents | None = None
        self.load_failure: Interrupted | None = None
        self.load_seconds = 0.0

    def contents(self) -> Contents:
        """Return what the program defines. Raises `Interrupted` if it can't be loaded.

        A program without files defines nothing, and no child is forked for it.
        """
        if not self.load.files:
            return self._checked(Contents({}, {}))
        if self.load_failure is not None:
            raise self.load_failure
        if self.child is None:
            try:
                self._open()
            except Interrupted as stop:
                if self.loaded is None:
                    self.load_failure = stop
                raise
        if self.loaded is None:
            raise Interrupted("crashed", NO_RESULT)
        return self.loaded

    def ask(self, exercise: str, attempt: int, asks: Sequence[Ask], deadline: float) -> list[Observation]:
        """Return one observation per question. Raises `Interrupted`, after which the child has ended."""
        self.contents()
        seconds = max(0.1, deadline - time.monotonic())
        until = time.monotonic() + seconds + GRACE
        self._send(AskAttempt(exercise, attempt, tuple(asks), seconds), until)
        seen = self._receive(Observations, until, max_bytes(asks)).seen
        last = seen[-1].raised if seen else None
        if last is not None and last.kind == EXPIRED and len(seen) <= len(asks):
            self.close()
            raise timeout_of(seen, seconds)
        if len(seen) != len(asks):
            self.close()
            raise Interrupted("crashed", UNREADABLE)
        if any(one.raised is not None and GPU_FAILED in one.raised.message for one in seen):
            self.close()
        return list(seen)

    def close(self) -> None:
        """End the child, if there is one."""
        if self.child is not None:
            child, self.child = self.child, None
            child.close()

    def _open(self) -> None:
        self.child = self.server.fork()
        problem = "" if self.server.gpu is None else opening_problem(self.child)
        if problem:
            self.close()
            raise NoGpu(problem)
        # In the worst case each exercise uses up its time at once, and the program is loaded anew for each.
        started = time.monotonic()
        until = started + self.load.seconds + MIN_LOAD_SECONDS * len(self.load.wanted) + GRACE
        try:
            self._send(self.load, until)
            self.loaded = self._checked(self._receive(Contents, until, MAX_CONTENTS))
        finally:
            self.load_seconds += time.monotonic() - started

    def _checked(self, contents: Contents) -> Contents:
        """Keep only requested names, and no more attempts than allowed: the child may claim anything."""
        found = {name: contents.found.get(name, ())[: self.load.attempts] for name in self.load.wanted}
        absent = {
            name: contents.absent.get(name, Absent("failed", NOT_DEFINED_MESSAGE.format(name)))
            for name, attempts in found.items()
            if not attempts
        }
        return Contents(found, absent)

    def _send(self, message: Load | AskAttempt, until: float) -> None:
        if self.child is None:
            raise Interrupted("crashed", NO_RESULT)
        try:
            self.child.send(msgspec.msgpack.encode(message), until)
        except (ChannelClosed, DeadlinePassed) as error:
            raise self._gone(error) from error

    def _receive(self, kind: type[Message], until: float, limit: int) -> Message:
        if self.child is None:
            raise Interrupted("crashed", NO_RESULT)
        try:
            return msgspec.msgpack.decode(self.child.receive(until, limit), type=kind)
        except (ChannelClosed, DeadlinePassed, FrameTooLarge) as error:
            raise self._gone(error) from error
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
            self.close()
            raise Interrupted("crashed", UNREADABLE) from error

    def _gone(self, error: Exception) -> Interrupted:
        """Find out how the child ended, or end it; return that as a message for the student."""
        child, self.child = self.child, None
        if child is None:
            return Interrupted("crashed", NO_RESULT)
        end = child.close()
        cause = end.cause(self.server.limits)
        if isinstance(error, FrameTooLarge):
            return Interrupted("crashed", "the result is far larger than any correct one")
        if cause == "out_of_memory":
            gib = self.server.limits.memory / 2**30
            return Interrupted(
                "out_of_memory", f"your code used more than the {gib:.3g} GiB of memory that it may use"
            )
        if cause == "timeout":
            return Interrupted(
                "timeout", "stopped: the time limit was reached, and the code could not be interrupted"
            )
        how = f"by signal {end.signal}" if end.signal else f"with exit status {end.code}"
        return Interrupted("crashed", f"{NO_RESULT} (it ended {how})")


class SandboxAsker:
    """Asks questions of one attempt at one exercise, in a `SandboxSession`, until a deadline.

    `deadline` is a time of `time.monotonic()`.
    """

    def __init__(self, session: SandboxSession, exercise: Exercise, attempt: int, deadline: float) -> None:
        self.session = session
        self.exercise = exercise
        self.attempt = attempt
        self.deadline = deadline

    def absent(self) -> tuple[CheckStatus, str] | None:
        """Return why the exercise can't be asked, as a status and a message; None if it can."""
        try:
            why = self.session.contents().absent.get(self.exercise.name)
        except Interrupted as stop:
            return stop.status, stop.message
        return None if why is None else (why.status, why.message)

    def found(self) -> Found | None:
        """Return where the attempt is defined; None if there is no such attempt."""
        try:
            return self.session.contents().found[self.exercise.name][self.attempt]
        except (Interrupted, IndexError):
            return None

    def ask(self, questions: Sequence[Ask]) -> list[Observation]:
        """Return one observation per question. Raises `Interrupted`."""
        return self.session.ask(self.exercise.name, self.attempt, questions, self.deadline)
