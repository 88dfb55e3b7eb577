"""Opens files until there are no more descriptors."""

import os


def double(n):
    while True:
        os.dup(0)
