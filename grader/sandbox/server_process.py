"""One server process that runs: its control socket, its last words, its end."""

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

from grader.sandbox.control import Ended, Fork, Forked, Ready, Started, hear, say
from grader.sandbox.errors import ChannelClosed, SandboxUnavailable, ServerFailed

if TYPE_CHECKING:
    from grader.sandbox.control import Plan
    from grader.sandbox.environment import Workplace
    from grader.sandbox.layers import Layer

REPLY_SECONDS = 30.0
"""How long the server may take for an answer; it takes milliseconds, unless the machine is swamped."""

_GOODBYE_SECONDS = 2.0
_LAST_WORDS = 4000

_M = TypeVar("_M", Started, Ready, Forked, Ended)


class Running:
    """A server from its start to its end; `layers` is what it saw to hold for its children."""

    def __init__(self, place: Workplace, plan: Plan, environment: dict[str, str], seconds: float) -> None:
        """Starts it and waits until it is warm, at most `seconds`.

        Raises:
            SandboxUnavailable: it cannot be started in this sandbox.
            ServerFailed: it was started, and then something went wrong.
        """
        deadline = time.monotonic() + seconds
        self.layers: tuple[Layer, ...] = ()
        self.missing: dict[Layer, str] = {}
        with contextlib.ExitStack() as undo:
            self._log: IO[bytes] = undo.enter_context(tempfile.TemporaryFile())
            self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            undo.enter_context(self._control)
            with theirs:
                arguments = (
                    "-m",
                    "grader.sandbox.server",
                    str(theirs.fileno()),
                    msgspec.json.encode(plan).decode(),
                )
                self._process = subprocess.Popen(
                    place.command(sys.executable, *arguments),
                    env=environment,
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=self._log,
                    stderr=self._log,
                    start_new_session=True,  # an interrupt at the terminal is for the grader
                )
            undo.callback(self._end)
            try:
                self.hear(Started, deadline)
            except ServerFailed as error:
                if place.sandboxed and b"bwrap: " in self._last_words():
                    raise SandboxUnavailable(str(error)) from error
                raise
            ready, _ = self.hear(Ready, deadline)
            self.layers = ("bubblewrap", *ready.layers) if place.sandboxed else ready.layers
            self.missing = ready.missing
            self._undo = undo.pop_all()

    def fork(self, channel: int) -> None:
        """Asks for a child that talks over `channel`."""
        try:
            say(self._control, Fork(), (channel,))
        except OSError as error:
            raise self.failure("the server is gone") from error

    def hear(self, kind: type[_M], deadline: float) -> tuple[_M, list[int]]:
        """The next message of the server, which has to be of this kind, and its descriptors.

        Raises:
            ServerFailed: it is of another kind, or does not come.
        """
        self._control.settimeout(max(0.001, deadline - time.monotonic()))
        try:
            message, descriptors = hear(self._control)
        except TimeoutError as error:
            raise self.failure("the server does not answer") from error
        except ChannelClosed as error:
            with contextlib.suppress(subprocess.TimeoutExpired):  # so that its last words are complete
                self._process.wait(_GOODBYE_SECONDS)
            raise self.failure("the server ended") from error
        except (OSError, msgspec.DecodeError) as error:
            raise self.failure(f"the server cannot be understood ({error})") from error
        if not isinstance(message, kind):
            for descriptor in descriptors:
                os.close(descriptor)
            raise self.failure(f"the server answered {message} where {kind.__name__} was expected")
        return message, descriptors

    def gone(self) -> bool:
        """Whether the server has ended, or is about to."""
        ends = select.poll()
        ends.register(self._control, select.POLLHUP)
        return self._process.poll() is not None or bool(ends.poll(0))

    def failure(self, reason: str) -> ServerFailed:
        """An error that ends with what the server said last."""
        words = self._last_words().decode(errors="replace").strip()
        return ServerFailed(f"{reason}; its last words:\n{words}" if words else reason)

    def stop(self) -> None:
        """Ends the server and all that it started."""
        self._undo.close()

    def _last_words(self) -> bytes:
        size = self._log.seek(0, os.SEEK_END)
        self._log.seek(max(0, size - _LAST_WORDS))
        return self._log.read()

    def _end(self) -> None:
        """Closing the control socket is asking it to end; it also sweeps up then, where no namespace does."""
        self._control.close()
        try:
            self._process.wait(_GOODBYE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
