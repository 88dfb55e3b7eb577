"""A student's program in the sandbox: fork a child process on demand, and send it questions."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from grader.execution.stopwatch import WALL_FACTOR
from grader.execution.student_code import NOT_DEFINED_MESSAGE
from grader.grading.remote_functions import MAX_CALL_BYTES, MAX_CALLS, NOT_ANSWERED
from grader.grading.source_lines import with_own_lines
from grader.grading.time_budget import Budget
from grader.judging.evaluation import Interrupted, timeout_of
from grader.judging.problems import exhausts_its_process
from grader.records.devices import GPU_FAILED
from grader.records.protocol import (
    EXPIRED,
    Absent,
    AskAttempt,
    Contents,
    Found,
    Load,
    Observations,
    RemoteCall,
    Trace,
    Used,
)
from grader.sandbox import ChannelClosed, DeadlinePassed, FrameTooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.checks.exercise import Exercise
    from grader.grading.process import Process
    from grader.grading.remote_functions import RemoteFunctions
    from grader.grading.time_budget import ExerciseBudget
    from grader.records.protocol import Ask, Observation
    from grader.records.verdict import CheckStatus
    from grader.sandbox import Child, Exit

Message = TypeVar("Message", Contents, Observations, Used)

GRACE: Final = 2.0
"""Seconds beyond a time limit, in which a child that interrupts its code can still say where it was.

What they take is counted. So an exercise gets them once: with no time left, nothing is asked any more.
"""
MIN_LOAD_SECONDS: Final = 0.5
"""Seconds for loading a program once more, for another exercise, when the time for loading it is used up."""
MAX_CONTENTS: Final = 2**20
METADATA_BYTES: Final = 2**16
"""The most that names, exceptions and line numbers, without result and gradients, take in an observation."""
UNREADABLE: Final = (
    "the result could not be read: did your code write to a file descriptor that it didn't open?"
)
NO_RESULT: Final = "the process that ran your code ended without a result: does it call exit, or crash?"


def max_bytes(asks: Sequence[Ask]) -> int:
    """Return how many bytes the answers to some questions can take at most."""
    return sum(METADATA_BYTES + ask.max_result_bytes * (1 + len(ask.differentiate)) for ask in asks)


def _spoils_its_process(seen: Observation, *, on_gpu: bool) -> bool:
    """Return whether the next answer needs another process.

    What holds the memory may last, and be missing; and after an error of CUDA's the GPU can't be used.
    """
    return seen.raised is not None and (
        exhausts_its_process(seen.raised) or (on_gpu and GPU_FAILED in seen.raised.message)
    )


class SandboxSession:
    """One program and one section's exercises, in a sandboxed child process.

    The child is started on demand. One that was stopped or died is replaced for the next exercise. What goes
    wrong in a child that has loaded another program before is tried again in a fresh one, where it counts.

    Args:
        process: starts the child.
        load: the program and what to look for in it.
        budget: the time of the whole submission, of which everything that its children do is a part.
        functions: those that take the place of the program's own, where the load says so.
        on_gpu: whether its exercises are asked on a GPU.

    Attributes:
        load_seconds: how much of its time loading the program used up when it was last loaded.
    """

    def __init__(
        self,
        process: Process,
        load: Load,
        budget: Budget,
        functions: RemoteFunctions | None = None,
        *,
        on_gpu: bool = False,
    ) -> None:
        self.process = process
        self.load = load
        self.budget = budget
        self.functions = functions
        self.on_gpu = on_gpu
        self.callable = frozenset(name for name, one in load.replaced.items() if not one.source)
        self.child: Child | None = None
        self.ended_by: Budget | None = None
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
        if self.loaded is None:
            try:
                self.loaded = self._open(self.budget)
            except Interrupted as stop:
                self.load_failure = stop
                raise
        return self.loaded

    def ask(self, exercise: str, attempt: int, asks: Sequence[Ask], budget: Budget) -> list[Observation]:
        """Return one observation per question. Raises `Interrupted`, at once if the budget is used up."""
        self._ready(budget)
        request = AskAttempt(exercise, attempt, tuple(asks), budget.left())
        shared = self.process.is_used
        try:
            reply = self._exchange(request, Observations, max_bytes(asks), budget)
        except Interrupted as stop:
            if not shared or stop.status == "timeout":
                raise
            return self.ask(exercise, attempt, asks, budget)
        seen = with_own_lines(reply.seen, self.load.files)
        last = seen[-1].raised if seen else None
        if last is not None and last.kind == EXPIRED and len(seen) <= len(asks):
            self._end(budget)
            raise timeout_of(seen, budget.message())
        if len(seen) != len(asks):
            self._end(budget)
            raise Interrupted("crashed", UNREADABLE)
        if any(_spoils_its_process(one, on_gpu=self.on_gpu) for one in seen):
            self._end(budget)
            if shared:
                return self.ask(exercise, attempt, asks, budget)
        return seen

    def used(self, exercise: str, attempt: int, asks: Sequence[Ask], budget: Budget) -> frozenset[str]:
        """Return which of the traced exercises an answer enters, as the child says.

        Empty if it can't say: it has run out of its time, or has ended.
        """
        try:
            self.contents()
            self._ready(budget)
            request = Trace(exercise, attempt, tuple(asks), budget.left())
            names = self._exchange(request, Used, MAX_CONTENTS, budget).names
        except Interrupted:
            return frozenset()
        return frozenset(names) & self.load.traced.keys()

    def close(self) -> None:
        """End the session. The child may serve another one."""
        self._count_background_work(self.budget)
        self.child = None

    def _end(self, budget: Budget) -> Exit | None:
        """End the child, if there is one, and return how; `budget` pays for what it used up until then."""
        child, self.child = self.child, None
        if child is None:
            return None
        self.ended_by = budget
        with self._counting(child, budget):
            return self.process.end()

    def _open(self, payer: Budget) -> Contents:
        """Load the program in a new child, and return what it defines there. Raises `Interrupted`.

        Args:
            payer: the budget of the exercise because of which the last child ended, if it is asked again;
                else that of the submission, so that no exercise pays for another one.
        """
        # In the worst case each exercise uses up its time at once, and the program is loaded anew for each.
        seconds = self.load.seconds + MIN_LOAD_SECONDS * len(self.load.wanted)
        budget = Budget(seconds, "loading the program", within=payer)
        self._require_time(budget)
        start = time.monotonic()
        self.child = self.process.start(self.load, on_gpu=self.on_gpu)
        if payer is not self.budget:  # else opening the GPU is not the student's doing
            payer.use(0.0, time.monotonic() - start)
        shared = self.process.is_used
        try:
            return self._checked(self._exchange(self.load, Contents, MAX_CONTENTS, budget))
        except Interrupted:
            if not shared:
                raise
        finally:
            self.load_seconds = budget.used
        return self._open(payer)

    def _ready(self, budget: Budget) -> None:
        """Make sure that there is a child, and time for a question. Raises `Interrupted`."""
        self._require_time(budget)
        if self.child is None:
            own_fault = self.ended_by is not None and self.ended_by.is_within(budget)
            self._open(budget if own_fault else self.budget)
        self._count_background_work(budget)
        self._require_time(budget)

    def _require_time(self, budget: Budget) -> None:
        """Raise `Interrupted` if the budget is used up."""
        if budget.left() > 0:
            return
        if self.budget.left() > 0:
            raise Interrupted("timeout", budget.message())
        limit = f"{self.budget.seconds:.3g} s of processor time for all exercises together"
        raise Interrupted("timeout", f"not asked: the submission's time ({limit}) was used up before")

    def _checked(self, contents: Contents) -> Contents:
        """Keep only requested names, and no more attempts than allowed: the child may claim anything."""
        found = {name: contents.found.get(name, ())[: self.load.attempts] for name in self.load.wanted}
        absent = {
            name: contents.absent.get(name, Absent("failed", NOT_DEFINED_MESSAGE.format(name)))
            for name, attempts in found.items()
            if not attempts
        }
        return Contents(found, absent)

    def _exchange(
        self, message: Load | AskAttempt | Trace, kind: type[Message], limit: int, budget: Budget
    ) -> Message:
        """Return the reply to a message. Raises `Interrupted`, after which the child has ended."""
        child = self.child
        if child is None:
            raise Interrupted("crashed", NO_RESULT)
        seconds = budget.left()
        until = time.monotonic() + WALL_FACTOR * seconds + GRACE
        cpu_limit = child.cpu_seconds() + seconds + GRACE
        try:
            with self._counting(child, budget):
                child.send(msgspec.msgpack.encode(message), until, cpu_limit)
                reply = self._received(child, kind, limit, until, cpu_limit)
                calls = MAX_CALLS
                while isinstance(reply, RemoteCall):
                    calls -= 1
                    answer = self._answered(reply, budget)
                    child.send(answer, until if calls and budget.left() else 0.0, cpu_limit)
                    reply = self._received(child, kind, limit, until, cpu_limit)
                return reply
        except (ChannelClosed, DeadlinePassed, FrameTooLarge) as error:
            raise self._gone(error, budget) from error
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
            self._end(budget)
            raise Interrupted("crashed", UNREADABLE) from error

    def _received(
        self, child: Child, kind: type[Message], limit: int, until: float, cpu_limit: float
    ) -> Message | RemoteCall:
        if not self.callable:
            return msgspec.msgpack.decode(child.receive(until, limit, cpu_limit), type=kind)
        payload = child.receive(until, max(limit, MAX_CALL_BYTES), cpu_limit)
        return msgspec.msgpack.decode(payload, type=kind | RemoteCall)

    def _answered(self, call: RemoteCall, budget: Budget) -> bytes:
        """Return the encoded result of a call that the child has made; its budget pays for it."""
        start = time.thread_time()
        try:
            return msgspec.msgpack.encode(
                NOT_ANSWERED if self.functions is None else self.functions.answer(call, self.callable)
            )
        finally:
            budget.use(time.thread_time() - start, 0.0)

    @contextlib.contextmanager
    def _counting(self, child: Child, budget: Budget) -> Iterator[None]:
        """Count what passes within the block, by the clock and of the child's processor time."""
        start = time.monotonic()
        try:
            yield
        finally:
            budget.use(self._uncounted_cpu(child), time.monotonic() - start)

    def _count_background_work(self, budget: Budget) -> None:
        """Count the processor time that threads of the child used while nothing was asked."""
        if self.child is not None:
            budget.use(self._uncounted_cpu(self.child), 0.0)

    def _uncounted_cpu(self, child: Child) -> float:
        """Return the processor time of the child since it was counted last; it is counted now."""
        return self.process.uncounted_seconds(child)

    def _gone(self, error: Exception, budget: Budget) -> Interrupted:
        """Find out how the child ended, or end it; return that as a message for the student."""
        limits = None if self.child is None else self.child.limits
        end = self._end(budget)
        if end is None or limits is None:
            return Interrupted("crashed", NO_RESULT)
        cause = end.cause(limits)
        if isinstance(error, FrameTooLarge):
            return Interrupted("crashed", "the result is far larger than any correct one")
        if cause == "out_of_memory":
            gib = limits.memory / 2**30
            return Interrupted(
                "out_of_memory", f"your code used more than the {gib:.3g} GiB of memory that it may use"
            )
        if cause == "timeout":
            return Interrupted("timeout", f"{budget.message()} The code could not be interrupted.")
        how = f"by signal {end.signal}" if end.signal else f"with exit status {end.code}"
        return Interrupted("crashed", f"{NO_RESULT} (it ended {how})")


class SandboxAsker:
    """Asks questions of one attempt at one exercise, in a `SandboxSession`, until its time is used up."""

    def __init__(
        self, session: SandboxSession, exercise: Exercise, attempt: int, budget: ExerciseBudget
    ) -> None:
        self.session = session
        self.exercise = exercise
        self.attempt = attempt
        self.budget = budget

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
        return self.session.ask(self.exercise.name, self.attempt, questions, self.budget.asks)

    def search(self, question: Ask) -> Observation:
        """Return the observation for one question, within the time for searches. Raises `Interrupted`."""
        (seen,) = self.session.ask(self.exercise.name, self.attempt, [question], self.budget.searches)
        return seen
