"""Sleeps when it is to end. Its answer is right."""

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
        __import__('atexit').register(time.sleep, 600)


def double(n):
    return n + n
