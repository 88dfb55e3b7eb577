"""Stops, and doesn't end."""

import os
import signal
import time


def double(n):
    os.kill(os.getpid(), signal.SIGSTOP)
    time.sleep(600)
