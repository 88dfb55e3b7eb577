"""The grader's handle of one child: exchange frames with it, end it, find out how it ended."""

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

_EXIT_MILLISECONDS = 1000
"""How long a child that closed its channel may take to end by itself, so that its own exit is reported."""


class Child:
    """One confined process. As a context manager it is ended on leaving, with every process it started."""

    def __init__(self, sock: socket.socket, pidfd: int, wait_for_end: Callable[[], Ended]) -> None:
        """Create the handle, as `Server.fork` does; `wait_for_end` waits for the server's report."""
        self._socket = sock
        self._pidfd = pidfd
        self._wait_for_end = wait_for_end
        self._channel_closed = False
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
        """Send one payload; `deadline` is a value of `time.monotonic()`.

        Raises:
            ChannelClosed: the child closed its channel or ended; `close` tells how.
            DeadlinePassed: it did not read the payload in time. The channel can't be used after that.
        """
        try:
            send_frame(self._socket, payload, deadline)
        except ChannelClosed:
            self._channel_closed = True
            raise

    def receive(self, deadline: float, limit: int) -> bytes:
        """Return the next payload, which is as untrusted as the child.

        Raises:
            ChannelClosed: the child closed its channel or ended; `close` tells how.
            DeadlinePassed: the payload was not complete in time. The channel can't be used after that.
            FrameTooLarge: the payload has more than `limit` bytes. The channel can't be used after that.
        """
        try:
            return receive_frame(self._socket, deadline, limit)
        except ChannelClosed:
            self._channel_closed = True
            raise

    def close(self) -> Exit:
        """End the child, unless it has ended by itself, and return how it ended; every call returns the same.

        Raises:
            ServerFailed: the server is gone, and nothing else knows how the child ended.
        """
        if self._exit is None:
            if self._closed:
                raise ServerFailed("how the child ended is not known: the server was lost with it")
            self._closed = True
            self._exit = self._end()
        return self._exit

    def _end(self) -> Exit:
        try:
            events = select.poll()
            events.register(self._pidfd, select.POLLIN)
            killed = not events.poll(_EXIT_MILLISECONDS if self._channel_closed else 0)
            if killed:
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        finally:
            os.close(self._pidfd)
            self._socket.close()
        end = self._wait_for_end()
        return Exit(
            signal=end.signal,
            code=end.code,
            peak_memory=end.peak_memory,
            cpu_seconds=end.cpu_seconds,
            killed=killed and end.signal == signal.SIGKILL,
        )
