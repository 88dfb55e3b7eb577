"""Reads its environment."""

import contextlib
import gc
import glob
import inspect
import os
import sys

try:
    found = str(dict(os.environ))
except Exception as error:
    found = repr(error)


def double(n):
    raise RuntimeError(found)
