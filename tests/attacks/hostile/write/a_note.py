"""Leaves a note for a later submission. Its answer is right."""

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
        open('/dev/shm/HARM', 'w').write('HARM')
    with contextlib.suppress(BaseException):
        open('/tmp/HARM', 'w').write('HARM')
    with contextlib.suppress(BaseException):
        open('/course/HARM.py', 'w').write('HARM')
    with contextlib.suppress(BaseException):
        open('HARM', 'w').write('HARM')


def double(n):
    return n + n
