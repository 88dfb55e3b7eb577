"""Talks to a server on this machine. Its answer is right."""

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
        socket.create_connection(('127.0.0.1', PORT), timeout=1).sendall(b'HARM')


def double(n):
    return n + n
