"""A running server process: its control sockets, its log, its end."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import subprocess
import sys
import tempfile
import time
from typing import IO, TYPE_CHECKING, TypeVar

import msgspec

from grader.sandbox.control import Ended, Failed, Fork, Forked, Ready, Started, receive, send
from grader.sandbox.errors import ChannelClosed, SandboxUnavailable, ServerFailed, ThreadsLeft

if TYPE_CHECKING:
    from grader.sandbox.control import Plan
    from grader.sandbox.environment import SandboxEnvironment
    from grader.sandbox.layers import LayerName

REPLY_SECONDS = 30.0
"""Timeout for an answer of the server. It takes milliseconds, unless the machine is overloaded."""

_EXIT_SECONDS = 2.0
_LOG_TAIL_BYTES = 4000

_M = TypeVar("_M", Started, Ready, Forked, Ended)


class ServerProcess:
    """A server from its start to its end; `layers` are those that it can apply to its children."""

    def __init__(
        self, sandbox: SandboxEnvironment, plan: Plan, variables: dict[str, str], seconds: float
    ) -> None:
        """Start the server with these environment variables and wait until it is warm, at most `seconds`.

        Raises:
            SandboxUnavailable: it cannot be started in this sandbox.
            ServerFailed: it was started, and then something went wrong.
        """
        deadline = time.monotonic() + seconds
        self.layers: tuple[LayerName, ...] = ()
        self.missing: dict[LayerName, str] = {}
        with contextlib.ExitStack() as undo:
            self._log: IO[bytes] = undo.enter_context(tempfile.TemporaryFile())
            self._late, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            self._early, early = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            undo.enter_context(self._late)
            undo.enter_context(self._early)
            self._early_roles = plan.entries(early=True).keys()
            self._control = self._late
            with theirs, early:
                descriptors = theirs.fileno(), early.fileno()
                arguments = (
                    *("-m", "grader.sandbox.server"),
                    *map(str, descriptors),
                    msgspec.json.encode(plan).decode(),
                )
                self._process = subprocess.Popen(
                    sandbox.command(sys.executable, *arguments),
                    env=variables,
                    pass_fds=descriptors,
                    stdin=subprocess.DEVNULL,
                    stdout=self._log,
                    stderr=self._log,
                    start_new_session=True,  # an interrupt at the terminal is for the grader
                )
            undo.callback(self._end)
            try:
                self.receive(Started, deadline)
            except ServerFailed as error:
                if sandbox.uses_bubblewrap and b"bwrap: " in self._log_tail():
                    raise SandboxUnavailable(str(error)) from error
                raise
            ready, _ = self.receive(Ready, deadline)
            if self._early_roles:
                self._control = self._early
                self.receive(Ready, deadline)
            else:
                self._early.close()
            self.layers = ("bubblewrap", *ready.layers) if sandbox.uses_bubblewrap else ready.layers
            self.missing = ready.missing
            self._undo = undo.pop_all()

    def fork(self, channel: int, role: str, needs: tuple[str, ...]) -> None:
        """Request a child that communicates over the descriptor `channel`. Raises `ServerFailed`.

        Messages that are received afterwards are about this child.
        """
        self._control = self._early if role in self._early_roles else self._late
        try:
            send(self._control, Fork(role, needs), (channel,))
        except OSError as error:
            raise self.failure("the server is gone") from error

    def receive(self, kind: type[_M], deadline: float) -> tuple[_M, list[int]]:
        """Return the next message of the server, which has to be of this kind, and its descriptors.

        Raises:
            ServerFailed: it is of another kind, or does not come.
        """
        self._control.settimeout(max(0.001, deadline - time.monotonic()))
        try:
            message, descriptors = receive(self._control)
        except TimeoutError as error:
            raise self.failure("the server does not answer") from error
        except ChannelClosed as error:
            with contextlib.suppress(subprocess.TimeoutExpired):  # so that its log is complete
                self._process.wait(_EXIT_SECONDS)
            raise self.failure("the server ended") from error
        except (OSError, msgspec.DecodeError) as error:
            raise self.failure(f"the server's message cannot be decoded ({error})") from error
        if isinstance(message, Failed):
            raise (ThreadsLeft if message.threads else ServerFailed)(message.reason)
        if not isinstance(message, kind):
            for descriptor in descriptors:
                os.close(descriptor)
            raise self.failure(f"the server answered {message} where {kind.__name__} was expected")
        return message, descriptors

    def has_ended(self) -> bool:
        """Return whether the server has ended, or is about to."""
        events = select.poll()
        for control in (self._late, *([self._early] if self._early_roles else [])):
            events.register(control, select.POLLHUP)
        return self._process.poll() is not None or bool(events.poll(0))

    def failure(self, reason: str) -> ServerFailed:
        """Return an error that says why in its first line, and ends with the end of the server's log.

        The last line of the log is the likeliest cause: of an exception, its type and message.
        """
        log = self._log_tail().decode(errors="replace").strip()
        cause = log.rpartition("\n")[2]
        return ServerFailed(f"{reason}: {cause}\nIts log ends with:\n{log}" if log else reason)

    def stop(self) -> None:
        """End the server and every process that it started."""
        self._undo.close()

    def _log_tail(self) -> bytes:
        size = self._log.seek(0, os.SEEK_END)
        self._log.seek(max(0, size - _LOG_TAIL_BYTES))
        return self._log.read()

    def _end(self) -> None:
        """Close the control sockets, which tells the server to end, and kill it if it does not in time.

        Where it has no pid namespace, it ends its child's processes before.
        """
        self._late.close()
        self._early.close()
        try:
            self._process.wait(_EXIT_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
