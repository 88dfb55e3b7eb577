"""The grader's side of the sandbox: start the preloaded server, and have it fork children."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from typing import TYPE_CHECKING, Self

import msgspec

from grader.sandbox import seccomp
from grader.sandbox.child_handle import Child
from grader.sandbox.control import Ended, Forked, Plan
from grader.sandbox.environment import sandbox_environment
from grader.sandbox.errors import SandboxError, SandboxUnavailable, ServerFailed, ThreadsLeft
from grader.sandbox.fork import CONFINED, MAX_GREETING_BYTES
from grader.sandbox.frames import receive_frame
from grader.sandbox.layers import BY_NAME, LAYER_NAMES
from grader.sandbox.limits import Limits
from grader.sandbox.server_process import REPLY_SECONDS, ServerProcess

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path
    from types import TracebackType

    from grader.sandbox.control import Role
    from grader.sandbox.environment import SandboxEnvironment
    from grader.sandbox.gpu import Gpu
    from grader.sandbox.layers import LayerName


class _Incomplete(SandboxUnavailable):
    """The server runs, but one of the layers within bubblewrap is missing."""


class Server:
    """A preloaded process in the sandbox that forks one confined child at a time.

    Use it as a context manager, from a thread that lives at least as long: bubblewrap ends with the
    thread that started it.

    Args:
        warm: `module:function`, called once, without arguments, before the first fork: imports what takes
            long. It must leave one thread, and may not run what starts others.
        entry: `module:function`, called in each child with its `grader.sandbox.channel.Channel`.
        later: by name, further functions like `warm`, called when a child is first forked that needs them.
        views: files and folders to show read-only, by their path below the course folder, whose own path is
            in the environment variable GRADBOOK_COURSE (bubblewrap: /course). Modules are found there, too.
        layers: the layers to apply.
        strict: whether to require all of them; else those that the machine lacks are left out (see
            `missing`).
        limits: what each child may use.
        environment: additional environment variables.
        gpu: the GPU that children of the `roles` with a GPU may use, if any.
        cores: those that children may use; empty: all.
        roles: further kinds of children, by name.
        hidden: top-level names of installed packages that neither server nor children may import.
        start_seconds: timeout for start and warm-up.
    """

    def __init__(  # noqa: PLR0913 - all settings of a sandbox
        self,
        *,
        warm: str,
        entry: str,
        later: Mapping[str, str] | None = None,
        views: Mapping[str, Path] | None = None,
        layers: Collection[LayerName] = LAYER_NAMES,
        strict: bool = True,
        limits: Limits | None = None,
        environment: Mapping[str, str] | None = None,
        gpu: Gpu | None = None,
        cores: Collection[int] = (),
        roles: Mapping[str, Role] | None = None,
        hidden: Collection[str] = (),
        start_seconds: float = 120.0,
    ) -> None:
        self.limits = limits or Limits()
        self._warm, self._entry, self._later = warm, entry, dict(later or {})
        self._views = dict(views or {})
        self._wanted = tuple(name for name in LAYER_NAMES if name in layers)
        self._strict = strict
        self._environment = dict(environment or {})
        self.gpu = gpu
        self._cores = tuple(cores)
        self.roles = dict(roles or {})
        self._hidden = tuple(sorted(hidden))
        self._start_seconds = start_seconds
        self._layers: tuple[LayerName, ...] = ()
        self._missing: dict[LayerName, str] = {}
        self._running: ServerProcess | None = None
        self._cleanup = contextlib.ExitStack()
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
    def layers(self) -> tuple[LayerName, ...]:
        """The layers that held when the server last started."""
        return self._layers

    @property
    def missing(self) -> dict[LayerName, str]:
        """The layers that were wanted then and that the machine lacks, each with the reason."""
        return self._missing

    def fork(self, role: str = "", *, needs: tuple[str, ...] = ()) -> Child:
        """Return a new child, confined and about to call its entry. Restart the server first if it is gone.

        Args:
            role: which of `roles` the child has; "" stands for the server's own entry.
            needs: which of the `later` functions the server has to have called before.

        Raises:
            ServerFailed: there is no child, and that is not the fault of the code it was to run.
            SandboxUnavailable: the server had to be restarted, and this machine no longer allows it.
        """
        if self._child is not None and not self._child.closed:
            raise RuntimeError("close the last child first: a server has one child at a time")
        running = self._running
        if running is None or running.has_ended():
            running = self._start()
        try:
            self._child = self._fork(running, role, needs)
        except ServerFailed:
            self._stop()
            raise
        return self._child

    def _fork(self, running: ServerProcess, role: str, needs: tuple[str, ...]) -> Child:
        deadline = time.monotonic() + REPLY_SECONDS
        with contextlib.ExitStack() as undo:
            ours, theirs = socket.socketpair()
            undo.enter_context(ours)
            with theirs:
                running.fork(theirs.fileno(), role, needs)
            _, descriptors = running.receive(Forked, deadline)
            for descriptor in descriptors:
                undo.callback(os.close, descriptor)
            try:
                greeting = receive_frame(ours, deadline, MAX_GREETING_BYTES)
            except SandboxError as error:
                raise running.failure(f"a child was forked and then lost ({error})") from error
            if greeting != CONFINED:
                raise running.failure(f"a child could not be confined: {greeting.decode(errors='replace')}")
            limits = self.roles[role].limits if role else self.limits
            child = Child(ours, descriptors[0], limits, self._wait_for_end)
            undo.pop_all()
        return child

    def _wait_for_end(self) -> Ended:
        """Wait for the report on the child that was forked last."""
        if self._running is None:
            raise ServerFailed("the server was stopped while its child was running")
        try:
            return self._running.receive(Ended, time.monotonic() + REPLY_SECONDS)[0]
        except ServerFailed:
            self._stop()
            raise

    def _start(self) -> ServerProcess:
        """Start the server; without bubblewrap where that fails and is not required.

        Raises:
            SandboxUnavailable: a required layer is missing.
            ServerFailed: the server was started, and then something went wrong.
        """
        self._stop()
        self._missing = {}
        if "bubblewrap" not in self._wanted:
            return self._start_in(uses_bubblewrap=False)
        try:
            return self._start_in(uses_bubblewrap=True)
        except _Incomplete:
            raise
        except SandboxUnavailable as error:
            self._missing = {"bubblewrap": str(error)}
            if self._strict:
                raise SandboxUnavailable(_missing_message(self._missing)) from error
            return self._start_in(uses_bubblewrap=False)

    def _start_in(self, *, uses_bubblewrap: bool) -> ServerProcess:
        programs, missing = self._filters()
        with contextlib.ExitStack() as undo:
            sandbox = undo.enter_context(
                sandbox_environment(self._views, gpu=self.gpu, uses_bubblewrap=uses_bubblewrap)
            )
            plan = Plan(
                warm=self._warm,
                entry=self._entry,
                later=self._later,
                course=sandbox.course,
                box=sandbox.box,
                limits=self.limits,
                layers=tuple(name for name in self._wanted if name != "bubblewrap" and name not in missing),
                readable=sandbox.readable(),
                readable_views=sandbox.readable_views(),
                readable_for_gpu=sandbox.readable_for_gpu(),
                filter=programs[0],
                filter_for_gpu=programs[1],
                roles=self.roles,
                user=sandbox.user,
                gpu=self.gpu,
                cores=self._cores,
                hidden=self._hidden,
            )
            running = self._start_process(sandbox, plan)
            undo.callback(running.stop)
            self._missing |= missing | running.missing
            if self._strict and self._missing:
                raise _Incomplete(_missing_message(self._missing))
            self._running, self._layers, self._cleanup = running, running.layers, undo.pop_all()
            return running

    def _start_process(self, sandbox: SandboxEnvironment, plan: Plan) -> ServerProcess:
        variables = sandbox.variables(self._environment)
        try:
            return ServerProcess(sandbox, plan, variables, self._start_seconds)
        except ThreadsLeft:  # once more, to learn which import starts them
            tracing = msgspec.structs.replace(plan, traces_threads=True)
            return ServerProcess(sandbox, tracing, variables, self._start_seconds)

    def _filters(self) -> tuple[tuple[bytes, bytes], dict[LayerName, str]]:
        """Return the programs that "seccomp" loads, also for a GPU, or the reason why there is none."""
        if "seccomp" not in self._wanted:
            return (b"", b""), {}
        try:
            for_gpu = b"" if self.gpu is None else seccomp.build_filter(gpu=True)
            return (seccomp.build_filter(), for_gpu), {}
        except seccomp.FilterUnavailable as error:
            return (b"", b""), {"seccomp": str(error)}

    def _stop(self) -> None:
        self._running = None
        self._cleanup.close()


def _missing_message(missing: Mapping[LayerName, str]) -> str:
    """Return the message about required layers that are missing."""
    parts = [f"{name}: {reason}\n{BY_NAME[name].help}" for name, reason in missing.items()]
    return "\n".join(["This machine can't provide the whole sandbox:", *parts])
