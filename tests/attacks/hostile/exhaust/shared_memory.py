"""Hoards memory that others could see."""

import mmap


def double(n):
    hoard = []
    while True:
        hoard.append(mmap.mmap(-1, 2**26))
        hoard[-1].write(bytes(2**26))
