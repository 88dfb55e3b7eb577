"""The grader's handle of one child: exchange frames with it, end it, find out how it ended."""

from __future__ import annotations

import os
import select
import signal
import time
from typing import TYPE_CHECKING, Self

from grader.sandbox.errors import ChannelClosed, ServerFailed
from grader.sandbox.frames import NEVER, receive_frame, send_frame
from grader.sandbox.limits import Exit

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from types import TracebackType

    from grader.sandbox.control import Ended
    from grader.sandbox.limits import Limits

_EXIT_MILLISECONDS = 1000
"""How long a child that closed its channel may take to end by itself, so that its own exit is reported."""

_MIN_WAIT = 0.02
"""Seconds between two readings of a child's processor time, at least."""

_INFORMATION_BYTES = 4096

_CORES = os.cpu_count() or 1
"""How many seconds of processor time a process can use in one second, at most."""


class Child:
    """One confined process. As a context manager it is ended on leaving, with every process it started."""

    def __init__(
        self, sock: socket.socket, pidfd: int, limits: Limits, wait_for_end: Callable[[], Ended]
    ) -> None:
        """Create the handle, as `Server.fork` does.

        Args:
            sock: the child's channel.
            pidfd: its process.
            limits: what it may use.
            wait_for_end: waits for the server's report.
        """
        self.limits = limits
        self._socket = sock
        self._pidfd = pidfd
        self._information = os.open(f"/proc/self/fdinfo/{pidfd}", os.O_RDONLY)
        self._wait_for_end = wait_for_end
        self._channel_closed = False
        self._closed = False
        self._exit: Exit | None = None
        self._cpu_seconds = 0.0

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

    def cpu_seconds(self) -> float:
        """Return the processor time of all threads of the child, as the kernel counts it.

        Of a child that ended by itself it is the last value read, until `close` has returned its whole time.
        Processes of its own, which only a sandbox without "seccomp" allows, don't count.
        """
        if self._exit is not None:
            return max(self._cpu_seconds, self._exit.cpu_seconds)
        if not self._closed:
            self._cpu_seconds = max(self._cpu_seconds, process_cpu_seconds(self._information))
        return self._cpu_seconds

    def send(self, payload: bytes, deadline: float, cpu_limit: float = NEVER) -> None:
        """Send one payload.

        Args:
            payload: the bytes.
            deadline: a value of `time.monotonic()`.
            cpu_limit: a value of `cpu_seconds`; a child that reaches it has missed its deadline, too.

        Raises:
            ChannelClosed: the child closed its channel or ended; `close` tells how.
            DeadlinePassed: it did not read the payload in time. The channel can't be used after that.
        """
        try:
            send_frame(self._socket, payload, deadline, self._patience(cpu_limit))
        except ChannelClosed:
            self._channel_closed = True
            raise

    def receive(self, deadline: float, limit: int, cpu_limit: float = NEVER) -> bytes:
        """Return the next payload, which is as untrusted as the child; the arguments are those of `send`.

        Raises:
            ChannelClosed: the child closed its channel or ended; `close` tells how.
            DeadlinePassed: the payload was not complete in time. The channel can't be used after that.
            FrameTooLarge: the payload has more than `limit` bytes. The channel can't be used after that.
        """
        try:
            return receive_frame(self._socket, deadline, limit, self._patience(cpu_limit))
        except ChannelClosed:
            self._channel_closed = True
            raise

    def _patience(self, cpu_limit: float) -> Callable[[], float]:
        """Return a function that tells for how long the child can't reach a limit of processor time."""

        def seconds() -> float:
            left = cpu_limit - self.cpu_seconds()
            return max(_MIN_WAIT, left / _CORES) if left > 0 else 0.0

        return seconds

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
            os.close(self._information)
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


def process_cpu_seconds(information: int) -> float:
    """Return the processor time of a process, of any user and in any namespace; 0 once it is reaped.

    The clock's number is made of that of the process, as `clock_getcpuclockid` of the C library makes it. A
    process that is gone has the number -1 here, which would make that of the clock of this process.

    Args:
        information: a descriptor of what /proc/self/fdinfo tells about the process's pidfd: it is read anew.
    """
    pid = int(os.pread(information, _INFORMATION_BYTES, 0).partition(b"\nPid:")[2].partition(b"\n")[0])
    if pid <= 0:
        return 0.0
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:  # it was reaped between the two calls
        return 0.0
