"""The grader's side of the wall: starts the preloaded server, and has it fork children."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from typing import TYPE_CHECKING, Self

from grader.sandbox import seccomp
from grader.sandbox.child_handle import Child
from grader.sandbox.control import Ended, Forked, Plan
from grader.sandbox.environment import workplace
from grader.sandbox.errors import SandboxUnavailable, ServerFailed, WallError
from grader.sandbox.fork import CONFINED, LONGEST_GREETING
from grader.sandbox.frames import receive_frame
from grader.sandbox.layers import LAYERS, MEND
from grader.sandbox.limits import Limits
from grader.sandbox.server_process import REPLY_SECONDS, Running

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path
    from types import TracebackType

    from grader.sandbox.gpu import Gpu
    from grader.sandbox.layers import Layer


class _Incomplete(SandboxUnavailable):
    """The server runs, but one of the layers within bubblewrap is missing."""


class Server:
    """A preloaded process behind the wall that forks one confined child at a time.

    Use it as a context manager, from a thread that lives at least as long: bubblewrap ends with the
    thread that started it.

    Args:
        warm: `module:function`, called once, without arguments, before the first fork: imports what takes
            long. It must leave one thread, and may not run what starts others.
        entry: `module:function`, called in each child with its `grader.sandbox.channel.Channel`.
        views: files and folders to show read-only, by their path below the course folder, whose own path is
            in the environment variable GRADBOOK_COURSE (bubblewrap: /course). Modules are found there, too.
        layers: the layers of the wall that children are to get.
        strict: whether all of these must be had; else what the machine lacks is left out (see `missing`).
        limits: what each child may use.
        environment: more environment variables.
        gpu: the GPU that children may use, if any.
        start_seconds: how long start and warm-up may take.
    """

    def __init__(  # noqa: PLR0913 - all that a wall may be told
        self,
        *,
        warm: str,
        entry: str,
        views: Mapping[str, Path] | None = None,
        layers: Collection[Layer] = LAYERS,
        strict: bool = True,
        limits: Limits | None = None,
        environment: Mapping[str, str] | None = None,
        gpu: Gpu | None = None,
        start_seconds: float = 120.0,
    ) -> None:
        self.limits = limits or Limits()
        self._warm, self._entry = warm, entry
        self._views = dict(views or {})
        self._wanted = tuple(layer for layer in LAYERS if layer in layers)
        self._strict = strict
        self._environment = dict(environment or {})
        self.gpu = gpu
        self._start_seconds = start_seconds
        self._layers: tuple[Layer, ...] = ()
        self._missing: dict[Layer, str] = {}
        self._running: Running | None = None
        self._place = contextlib.ExitStack()
        self._child: Child | None = None

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._child is not None and not self._child.closed:
            with contextlib.suppress(ServerFailed):
                self._child.close()
        self._stop()

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers that were seen to hold when the server last started."""
        return self._layers

    @property
    def missing(self) -> dict[Layer, str]:
        """The layers that were wanted then and could not be had, each with the reason."""
        return self._missing

    def fork(self) -> Child:
        """A new child, confined and about to call the entry. A server that is gone is started again first.

        Raises:
            ServerFailed: there is no child, and it is not the fault of what it was to run.
            SandboxUnavailable: the server had to be started again, and the machine no longer lets it.
        """
        if self._child is not None and not self._child.closed:
            raise RuntimeError("close the last child first: a server has one child at a time")
        running = self._running
        if running is None or running.gone():
            running = self._start()
        try:
            self._child = self._fork(running)
        except ServerFailed:
            self._stop()
            raise
        return self._child

    def _fork(self, running: Running) -> Child:
        deadline = time.monotonic() + REPLY_SECONDS
        with contextlib.ExitStack() as undo:
            ours, theirs = socket.socketpair()
            undo.enter_context(ours)
            with theirs:
                running.fork(theirs.fileno())
            _, descriptors = running.hear(Forked, deadline)
            for descriptor in descriptors:
                undo.callback(os.close, descriptor)
            try:
                greeting = receive_frame(ours, deadline, LONGEST_GREETING)
            except WallError as error:
                raise running.failure(f"a child was forked and then lost ({error})") from error
            if greeting != CONFINED:
                raise running.failure(f"a child could not be confined: {greeting.decode(errors='replace')}")
            undo.pop_all()
        return Child(ours, descriptors[0], self._ended)

    def _ended(self) -> Ended:
        """Waits for the report on the child that was forked last."""
        if self._running is None:
            raise ServerFailed("the server was stopped while its child was running")
        try:
            return self._running.hear(Ended, time.monotonic() + REPLY_SECONDS)[0]
        except ServerFailed:
            self._stop()
            raise

    def _start(self) -> Running:
        """Starts the server, without bubblewrap where that fails and need not hold.

        Raises:
            SandboxUnavailable: a layer that must hold does not.
            ServerFailed: the server was started, and then something went wrong.
        """
        self._stop()
        self._missing = {}
        if "bubblewrap" not in self._wanted:
            return self._start_in(sandboxed=False)
        try:
            return self._start_in(sandboxed=True)
        except _Incomplete:
            raise
        except SandboxUnavailable as error:
            self._missing = {"bubblewrap": str(error)}
            if self._strict:
                raise SandboxUnavailable(_lacking(self._missing)) from error
            return self._start_in(sandboxed=False)

    def _start_in(self, *, sandboxed: bool) -> Running:
        program, missing = self._filter()
        with contextlib.ExitStack() as undo:
            place = undo.enter_context(workplace(self._views, gpu=self.gpu, sandboxed=sandboxed))
            plan = Plan(
                warm=self._warm,
                entry=self._entry,
                course=place.course,
                box=place.box,
                limits=self.limits,
                layers=tuple(one for one in self._wanted if one != "bubblewrap" and one not in missing),
                readable=place.readable(),
                filter=program,
                user=place.user,
                gpu=self.gpu,
            )
            running = Running(place, plan, place.environment(self._environment), self._start_seconds)
            undo.callback(running.stop)
            self._missing |= missing | running.missing
            if self._strict and self._missing:
                raise _Incomplete(_lacking(self._missing))
            self._running, self._layers, self._place = running, running.layers, undo.pop_all()
            return running

    def _filter(self) -> tuple[bytes, dict[Layer, str]]:
        """The program that "seccomp" loads, or why there is none."""
        if "seccomp" not in self._wanted:
            return b"", {}
        try:
            return seccomp.program(gpu=self.gpu is not None), {}
        except seccomp.FilterUnavailable as error:
            return b"", {"seccomp": str(error)}

    def _stop(self) -> None:
        self._running = None
        self._place.close()


def _lacking(missing: Mapping[Layer, str]) -> str:
    """What to say of layers that must hold and don't."""
    parts = [f"{layer}: {why}\n{MEND[layer]}" for layer, why in missing.items()]
    return "\n".join(["This machine can't build the whole wall:", *parts])
