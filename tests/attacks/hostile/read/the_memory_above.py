"""Reads its parent's memory."""

import contextlib
import gc
import glob
import inspect
import os
import sys

try:
    found = str(open(f'/proc/{os.getppid()}/mem', 'rb').read(64))
except Exception as error:
    found = repr(error)


def double(n):
    raise RuntimeError(found)
