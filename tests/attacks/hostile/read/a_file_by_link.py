"""Reads a file of the instructor's through a link."""

import contextlib
import gc
import glob
import inspect
import os
import sys


class Harm:
    try:
        os.symlink('SECRET_FILE', 'link')
        found = str(open('link').read())
    except Exception as error:
        found = repr(error)


def double(n):
    said = Harm.found
    raise RuntimeError(said)
