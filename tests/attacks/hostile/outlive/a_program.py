"""Starts a program. Its answer is right."""

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
        subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])


def double(n):
    return n + n
