"""Has the collector copy all of the server's memory. Its answer is right."""

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
        __import__('gc').unfreeze()
    with contextlib.suppress(BaseException):
        __import__('gc').collect()
    with contextlib.suppress(BaseException):
        __import__('gc').disable()


def double(n):
    return n + n
