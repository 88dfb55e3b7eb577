"""Calls itself until there is no stack."""

import sys


class Harm:
    sys.setrecursionlimit(10**9)


def double(n):
    return double(n) + 1
