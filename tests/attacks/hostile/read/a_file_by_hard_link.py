"""Reads a file of the instructor's by another name."""

import contextlib
import gc
import glob
import inspect
import os
import sys


class Harm:
    try:
        os.link('SECRET_FILE', 'hard')
        found = str(open('hard').read())
    except Exception as error:
        found = repr(error)


def double(n):
    said = Harm.found
    raise RuntimeError(said)
