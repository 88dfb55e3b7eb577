"""Reads from nowhere."""

import ctypes


def double(n):
    return ctypes.string_at(0)
