"""Talks to a socket that has no file. Its answer is right."""

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
        socket.socket(socket.AF_UNIX).connect('\0MARKER')


def double(n):
    return n + n
