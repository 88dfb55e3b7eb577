"""Kills itself."""

import os
import signal


def double(n):
    signal.raise_signal(signal.SIGKILL)
    os.abort()
