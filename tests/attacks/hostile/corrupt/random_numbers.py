"""Spoils random numbers for who comes next."""

import random

import numpy


class Harm:
    random.seed = numpy.random.seed = None


def double(n):
    return n + n
