"""Spoils random numbers for who comes next."""

import random

import numpy

random.seed = numpy.random.seed = None


def double(n):
    return n + n
