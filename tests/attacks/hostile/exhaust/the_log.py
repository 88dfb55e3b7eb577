"""Prints without end."""

import os
import sys


def double(n):
    while True:
        os.write(2, b'x' * 2**20)
        sys.stdout.write('x' * 2**20)
