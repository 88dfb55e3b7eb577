"""A student's program behind the wall: forks a child when one is needed, and carries questions to it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from grader.execution.student_code import LOAD_SECONDS, NOT_DEFINED, SHORTEST
from grader.judging.evaluation import Interrupted, expired
from grader.records.devices import BROKEN, OPENING_SECONDS
from grader.records.protocol import EXPIRED, Absent, Contents, Found, Load, Observations, Opened, Pose
from grader.sandbox import ChannelClosed, DeadlinePassed, FrameTooLarge, ServerFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.checks.exercise import Exercise
    from grader.records.protocol import Ask, Observation
    from grader.records.verdict import CheckStatus
    from grader.sandbox import Child, Server

Message = TypeVar("Message", Contents, Observations)

GRACE: Final = 2.0
MAX_CONTENTS: Final = 2**20
MAX_WHERE: Final = 200
CONDUCT: Final = 2**16
"""Bytes that what an observation says besides its result and gradients may take: names, exceptions, lines."""
UNREADABLE: Final = "what came back could not be read: did your code write to a channel that isn't its own?"
SILENT: Final = "the process that ran your code ended without a word: does it call exit, or crash?"


class NoGpu(ServerFailed):
    """A process behind the wall could not open the GPU; the message says why."""


def opening_problem(child: Child) -> str:
    """Wait until a new child has opened the GPU, and say what keeps it from that; "" where nothing does.

    Nothing of a student's is there yet: whatever goes wrong isn't their doing.
    """
    try:
        said = child.receive(time.monotonic() + OPENING_SECONDS, MAX_CONTENTS)
        return msgspec.msgpack.decode(said, type=Opened).problem
    except (ChannelClosed, DeadlinePassed, FrameTooLarge, msgspec.MsgspecError) as error:
        return str(error)


def most(asks: Sequence[Ask]) -> int:
    """Return how many bytes the answer to some questions may rightly take."""
    return sum(CONDUCT + ask.room * (1 + len(ask.differentiate)) for ask in asks)


class Seat:
    """One program and one section. A child that is stopped or dies is replaced for the next exercise."""

    def __init__(self, server: Server, load: Load) -> None:
        self.server = server
        self.load = load
        self.child: Child | None = None
        self.held: Contents | None = None
        self.broken: Interrupted | None = None

    def contents(self) -> Contents:
        """Return what the program holds. Raises `Interrupted` where it can't even be loaded.

        A program without files holds nothing, and needs no child to say so.
        """
        if not self.load.files:
            return self._checked(Contents({}, {}))
        if self.broken is not None:
            raise self.broken
        if self.child is None:
            try:
                self._sit_down()
            except Interrupted as stop:
                if self.held is None:
                    self.broken = stop
                raise
        if self.held is None:
            raise Interrupted("crashed", SILENT)
        return self.held

    def ask(self, exercise: str, attempt: int, asks: Sequence[Ask], deadline: float) -> list[Observation]:
        """Return one observation a question; raises `Interrupted`, after which the child is gone."""
        self.contents()
        seconds = max(0.1, deadline - time.monotonic())
        until = time.monotonic() + seconds + GRACE
        self._send(Pose(exercise, attempt, tuple(asks), seconds), until)
        seen = self._receive(Observations, until, most(asks)).seen
        last = seen[-1].raised if seen else None
        if last is not None and last.kind == EXPIRED and len(seen) <= len(asks):
            self.stand_up()
            raise expired(seen, seconds)
        if len(seen) != len(asks):
            self.stand_up()
            raise Interrupted("crashed", UNREADABLE)
        if any(one.raised is not None and BROKEN in one.raised.message for one in seen):
            self.stand_up()
        return list(seen)

    def stand_up(self) -> None:
        """End the child, if there is one."""
        if self.child is not None:
            child, self.child = self.child, None
            child.close()

    def _sit_down(self) -> None:
        self.child = self.server.fork()
        problem = "" if self.server.gpu is None else opening_problem(self.child)
        if problem:
            self.stand_up()
            raise NoGpu(problem)
        # At worst, the time is used up at once, and each exercise has the program loaded once more.
        until = time.monotonic() + LOAD_SECONDS + SHORTEST * len(self.load.wanted) + GRACE
        self._send(self.load, until)
        self.held = self._checked(self._receive(Contents, until, MAX_CONTENTS))

    def _checked(self, contents: Contents) -> Contents:
        """Keep what was asked for, and no more attempts than are allowed; the child may claim anything."""
        found = {
            name: tuple(
                Found(one.where[:MAX_WHERE], one.of)
                for one in contents.found.get(name, ())[: self.load.attempts]
            )
            for name in self.load.wanted
        }
        absent = {
            name: contents.absent.get(name, Absent("failed", NOT_DEFINED.format(name)))
            for name, attempts in found.items()
            if not attempts
        }
        return Contents(found, absent)

    def _send(self, message: Load | Pose, until: float) -> None:
        if self.child is None:
            raise Interrupted("crashed", SILENT)
        try:
            self.child.send(msgspec.msgpack.encode(message), until)
        except (ChannelClosed, DeadlinePassed) as error:
            raise self._gone(error) from error

    def _receive(self, kind: type[Message], until: float, limit: int) -> Message:
        if self.child is None:
            raise Interrupted("crashed", SILENT)
        try:
            return msgspec.msgpack.decode(self.child.receive(until, limit), type=kind)
        except (ChannelClosed, DeadlinePassed, FrameTooLarge) as error:
            raise self._gone(error) from error
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
            self.stand_up()
            raise Interrupted("crashed", UNREADABLE) from error

    def _gone(self, error: Exception) -> Interrupted:
        """Find out how the child ended, or end it, and say so to the student."""
        child, self.child = self.child, None
        if child is None:
            return Interrupted("crashed", SILENT)
        end = child.close()
        cause = end.cause(self.server.limits)
        if isinstance(error, FrameTooLarge):
            return Interrupted("crashed", "the result is far larger than any right one")
        if cause == "out_of_memory":
            gib = self.server.limits.memory / 2**30
            return Interrupted("out_of_memory", f"your code used more than the {gib:.3g} GiB that it has")
        if cause == "timeout":
            return Interrupted(
                "timeout", "stopped: all the time is used up, and the code could not be interrupted"
            )
        how = f"by signal {end.signal}" if end.signal else f"with exit status {end.code}"
        return Interrupted("crashed", f"{SILENT} (it ended {how})")


class WallAsker:
    """Asks one attempt at one exercise, through a seat, until a deadline."""

    def __init__(self, seat: Seat, exercise: Exercise, attempt: int, deadline: float) -> None:
        self.seat = seat
        self.exercise = exercise
        self.attempt = attempt
        self.deadline = deadline

    def absent(self) -> tuple[CheckStatus, str] | None:
        """Say why there is no answer."""
        try:
            why = self.seat.contents().absent.get(self.exercise.name)
        except Interrupted as stop:
            return stop.status, stop.message
        return None if why is None else (why.status, why.message)

    def found(self) -> Found | None:
        """Return which attempt is asked."""
        try:
            return self.seat.contents().found[self.exercise.name][self.attempt]
        except (Interrupted, IndexError):
            return None

    def ask(self, questions: Sequence[Ask]) -> list[Observation]:
        """Return one observation a question."""
        return self.seat.ask(self.exercise.name, self.attempt, questions, self.deadline)
