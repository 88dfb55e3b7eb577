"""Sends a datagram to a server on this machine. Its answer is right."""

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
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'HARM', ('127.0.0.1', PORT))


def double(n):
    return n + n
