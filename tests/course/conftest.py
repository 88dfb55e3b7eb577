"""A course of two small sections, written into a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from grader.course import Course, load

if TYPE_CHECKING:
    from pathlib import Path

CHECKS = '''\
"""1.2 Doubling, and counting to (n).

More about it.
"""

import torch

from grader.laws import assert_close, any_of, boolean, exercise, like, list_of, number, tensors

double = exercise(
    "double",
    asks="double(x)",
    given={"x": tensors(dims=(1, 2))},
    cases=8,
    returns=like("x"),
    oracle=lambda x: 2 * x,
    points={"right_values": 3},
    seconds=2,
)


@double.law(points=1)
def nothing_stays_nothing(x, result):
    """double(0) is 0."""
    assert not result[x == 0].any()


Counter = exercise(
    "Counter",
    asks="counted(Counter, n)",
    given={"n": any_of(0, 1, 2, 5)},
    cases=4,
    returns=list_of(number()),
    oracle=lambda n: list(range(1, n + 1)),
    points={"right_values": 2},
    uses=["double"],
    seconds=2,
)


@Counter.trains(
    band="mean_count", asks="torch.rand(5).mean().item() + Counter().count()", returns=number(), points=1
)
def it_ends_near_one_and_a_half(figure):
    """Random counting ends where it should."""
    return figure
'''

DRIVE = '''\
"""What the checks of 1.2 run beside the student's code."""


def counted(kind, n):
    """Return what a new counter says when it counts n times."""
    counter = kind()
    return [counter.count() for _ in range(n)]
'''

SOLUTION = '''\
"""Doubling, as the book has it."""

import math  # noqa: F401

import torch
from torch import nn  # noqa: F401

STEP = 1


def _helper(x):
    return x + x


@torch.no_grad()
def double(x):
    """Return 2x.

    x: any shape.
    """
    # Not x * 2, to be different.
    return _helper(x) if STEP else None


class Counter:
    """Counts from 1."""

    start = 0

    def __init__(self):
        """Begin before 1."""
        self.n = self.start

    def count(
        self,
    ):
        self.n = self._next()
        return self.n

    def _next(self):
        return self.n + STEP

    @property
    def seen(self):
        """What was counted last."""
        return self.n
'''

STUB = '''\
"""Doubling, as the book has it."""

import math  # noqa: F401

import torch
from torch import nn  # noqa: F401


@torch.no_grad()
def double(x):
    """Return 2x.

    x: any shape.
    """
    raise NotImplementedError


class Counter:
    """Counts from 1."""

    def __init__(self):
        """Begin before 1."""
        raise NotImplementedError

    def count(
        self,
    ):
        raise NotImplementedError

    @property
    def seen(self):
        """What was counted last."""
        raise NotImplementedError
'''

EARLIER = '''\
"""1.1 Shifting."""

from grader.laws import exercise, like, tensors

shift = exercise(
    "shift", asks="shift(x)", given={"x": tensors()}, cases=3, returns=like("x"),
    oracle=lambda x: x + 1, points={"right_values": 1},
)
'''

WHEAT = '''\
"""Multiplies."""


def double(x):
    return x * 2
'''

CHAFF = '''\
"""Squares.

You multiply x by itself; 2x is x + x.

Fails: right_values
"""


def double(x):
    return x * x
'''

FILES = {
    "assignments/ch1/test_doubling.py": CHECKS,
    "assignments/ch1/drive_doubling.py": DRIVE,
    "assignments/ch1/doubling.py": STUB,
    "assignments/ch0/test_shifting.py": EARLIER,
    "assignments/ch0/shifting.py": (
        '"""Shifting."""\n\n\ndef shift(x):\n    """Return x + 1."""\n    raise NotImplementedError\n'
    ),
    "reference/ch1/doubling.py": SOLUTION,
    "reference/ch1/wheat/double/multiplies.py": WHEAT,
    "reference/ch1/chaff/double/squares.py": CHAFF,
    "reference/ch0/shifting.py": (
        '"""Shifting."""\n\n\ndef shift(x):\n    """Return x + 1."""\n    return x + 1\n'
    ),
}


class WriteCourse(Protocol):
    """What the fixture `write` is."""

    def __call__(self, changes: dict[str, str] | None = None) -> Path: ...


@pytest.fixture
def write(tmp_path: Path) -> WriteCourse:
    """Writes the course, with some files changed or added, and returns its folder."""

    def written(changes: dict[str, str] | None = None) -> Path:
        for name, text in {**FILES, **(changes or {})}.items():
            path = tmp_path / "course" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / "course"

    return written


@pytest.fixture
def course(write: WriteCourse) -> Course:
    """The course, read."""
    return load(write())
