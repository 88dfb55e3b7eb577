"""Answers late where a smaller input is searched for."""

import time

import grader.execution.student_code as code

_observe_all = code.observe_all


def late(asks, names, *, seconds, **options):
    if len(asks) == 1:
        time.sleep(seconds)
    return _observe_all(asks, names, seconds=seconds, **options)


code.observe_all = late


def double(n):
    return n + n + (n > 3)
