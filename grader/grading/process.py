"""The sandboxed child of a submission, in which one session after the other is held.

A fork takes as long as many answers, and opening CUDA far longer. So a child serves one program of a
submission after the other, as far as the rule on supplied answers allows: what answers an exercise must never
have been in a process in which that exercise is asked.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, Self

import msgspec

from grader.execution.sandbox_entry import LATER, needs
from grader.records.devices import GPU_START_SECONDS
from grader.records.protocol import GpuStarted
from grader.sandbox import ChannelClosed, DeadlinePassed, FrameTooLarge, ServerFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from grader.records.protocol import Load
    from grader.sandbox import Child, Exit, Server

    MayFollow = Callable[[Load, Load], bool]

ON_GPU: Final = "gpu"
"""The role of children that use the GPU, see `grader.sandbox.Server`."""
MAX_STARTED: Final = 2**16


class NoGpu(ServerFailed):
    """A sandboxed process could not open the GPU; the message says why."""


def opening_problem(child: Child) -> str:
    """Wait until a new child has opened the GPU; return why it can't, or "".

    The child has loaded no student code yet, so a failure here is not the student's.
    """
    try:
        payload = child.receive(time.monotonic() + GPU_START_SECONDS, MAX_STARTED)
        return msgspec.msgpack.decode(payload, type=GpuStarted).problem
    except (ChannelClosed, DeadlinePassed, FrameTooLarge, msgspec.MsgspecError) as error:
        return str(error)


class Process:
    """The child in which sessions are held, one after the other. As a context manager it is ended on leaving.

    Args:
        server: forks it; the server is running.
        may_follow: returns whether a program may be loaded where an earlier one was; by default, none may.

    Attributes:
        child: the child, if there is one.
        is_used: whether the child has loaded a program for an earlier session.
    """

    def __init__(self, server: Server, may_follow: MayFollow = lambda _earlier, _later: False) -> None:
        self.server = server
        self.may_follow = may_follow
        self.child: Child | None = None
        self.is_used = False
        self._on_gpu = False
        self._needs: frozenset[str] = frozenset()
        self._loads: list[Load] = []
        self._counted = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def start(self, load: Load, *, on_gpu: bool) -> Child:
        """Return a child for a program: the one that is there, if the program may be loaded in it.

        Raises:
            NoGpu: the child can't open the GPU.
            ServerFailed: there is no child.
        """
        on_gpu = on_gpu and self.server.gpu is not None
        if self.child is not None and not (on_gpu == self._on_gpu and self._may_load(load)):
            self.end()
        self.is_used = self.child is not None
        if self.child is None:
            self.child = self._forked(load, on_gpu=on_gpu)
        self._loads.append(load)
        return self.child

    def end(self) -> Exit | None:
        """End the child, if there is one, and return how."""
        child, self.child = self.child, None
        self._loads.clear()
        return None if child is None else child.close()

    def uncounted_seconds(self, child: Child) -> float:
        """Return the processor time of the last child since this was asked last."""
        before, self._counted = self._counted, child.cpu_seconds()
        return max(0.0, self._counted - before)

    def _may_load(self, load: Load) -> bool:
        return self._needs.issuperset(needs(load)) and all(
            self.may_follow(earlier, load) for earlier in self._loads
        )

    def _forked(self, load: Load, *, on_gpu: bool) -> Child:
        # To open the GPU takes so long that a child with a GPU has all that other programs may need, too.
        needed = tuple(LATER) if on_gpu else needs(load)
        child = self.server.fork(ON_GPU if on_gpu else "", needs=needed)
        self._on_gpu, self._needs = on_gpu, frozenset(needed)
        problem = opening_problem(child) if on_gpu else ""
        if problem:
            child.close()
            raise NoGpu(problem)
        self._counted = child.cpu_seconds()
        return child
