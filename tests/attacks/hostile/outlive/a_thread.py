"""Leaves a thread. Its answer is right."""

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
        threading.Thread(target=time.sleep, args=(600,)).start()


def double(n):
    return n + n
