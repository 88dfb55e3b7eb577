"""Ends within a frame."""

import os


def double(n):
    os.write(3, b'\0\0\0\x40half')
    os._exit(0)
