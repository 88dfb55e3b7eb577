"""Reads a file of the instructor's."""

import contextlib
import gc
import glob
import inspect
import os
import sys

try:
    found = str(open('SECRET_FILE').read())
except Exception as error:
    found = repr(error)


def double(n):
    raise RuntimeError(found)
