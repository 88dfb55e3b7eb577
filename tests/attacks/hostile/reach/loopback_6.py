"""Talks to a server on this machine, in the new protocol. Its answer is right."""

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
        socket.create_connection(('::1', PORT), timeout=1).sendall(b'HARM')


def double(n):
    return n + n
