"""Announces four gigabytes."""

import os


def double(n):
    os.write(3, b'\xff\xff\xff\xff')
    os._exit(0)
