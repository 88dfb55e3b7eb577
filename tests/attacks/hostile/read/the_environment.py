"""Reads its environment."""

import contextlib
import gc
import glob
import inspect
import os
import sys


class Harm:
    try:
        found = str(dict(os.environ))
    except Exception as error:
        found = repr(error)


def double(n):
    said = Harm.found
    raise RuntimeError(said)
