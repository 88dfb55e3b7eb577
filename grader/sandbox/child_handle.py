"""The grader's hold on one child: talk with it, end it, learn how it ended."""

from __future__ import annotations

import os
import select
import signal
from typing import TYPE_CHECKING, Self

from grader.sandbox.errors import ChannelClosed, ServerFailed
from grader.sandbox.frames import receive_frame, send_frame
from grader.sandbox.limits import Exit

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from types import TracebackType

    from grader.sandbox.control import Ended

_LAST_BREATH_MILLISECONDS = 1000
"""How long a child that hung up may take to end by itself, so that its own end is what is reported."""


class Child:
    """One confined process. As a context manager it is ended, with everything it started, on leaving."""

    def __init__(self, sock: socket.socket, pidfd: int, ended: Callable[[], Ended]) -> None:
        """Made by `Server.fork`; `ended` waits for the server's report."""
        self._socket = sock
        self._pidfd = pidfd
        self._ended = ended
        self._hung_up = False
        self._closed = False
        self._exit: Exit | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._closed:
            self.close()

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed

    def send(self, payload: bytes, deadline: float) -> None:
        """Sends one payload; `deadline` is a value of `time.monotonic()`.

        Raises:
            ChannelClosed: the child hung up or ended; `close` tells how.
            DeadlinePassed: it did not take the payload in time. There is no going on after that.
        """
        try:
            send_frame(self._socket, payload, deadline)
        except ChannelClosed:
            self._hung_up = True
            raise

    def receive(self, deadline: float, limit: int) -> bytes:
        """The next payload, which is as hostile as the child.

        Raises:
            ChannelClosed: the child hung up or ended; `close` tells how.
            DeadlinePassed: the payload was not complete in time. There is no going on after that.
            FrameTooLarge: the payload has more than `limit` bytes. There is no going on after that.
        """
        try:
            return receive_frame(self._socket, deadline, limit)
        except ChannelClosed:
            self._hung_up = True
            raise

    def close(self) -> Exit:
        """Ends the child, unless it has ended by itself, and tells how it ended; again and again the same.

        Raises:
            ServerFailed: the server is gone, and with it the knowledge of how the child ended.
        """
        if self._exit is None:
            if self._closed:
                raise ServerFailed("how the child ended is not known: the server was lost with it")
            self._closed = True
            self._exit = self._end()
        return self._exit

    def _end(self) -> Exit:
        try:
            ends = select.poll()
            ends.register(self._pidfd, select.POLLIN)
            killed = not ends.poll(_LAST_BREATH_MILLISECONDS if self._hung_up else 0)
            if killed:
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        finally:
            os.close(self._pidfd)
            self._socket.close()
        end = self._ended()
        return Exit(
            signal=end.signal,
            code=end.code,
            peak_memory=end.peak_memory,
            cpu_seconds=end.cpu_seconds,
            killed=killed and end.signal == signal.SIGKILL,
        )
