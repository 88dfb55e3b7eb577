"""Hears no signal."""

import contextlib
import signal


class Harm:
    for number in range(1, 65):
        with contextlib.suppress(OSError, ValueError):
            signal.signal(number, signal.SIG_IGN)


def double(n):
    while True:
        pass
