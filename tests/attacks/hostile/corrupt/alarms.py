"""Has signals come all the time. Its answer is right."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time


class Harm:
    libc = ctypes.CDLL(None)
    with contextlib.suppress(BaseException):
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
    with contextlib.suppress(BaseException):
        signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)


def double(n):
    return n + n
