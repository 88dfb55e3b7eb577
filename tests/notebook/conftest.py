"""A small course, and one kernel in which all of these tests run their cells."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import nbclient
import nbformat.v4
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHECKS = '''\
"""1.1 Adding."""

import torch
from hypothesis import strategies as st

from grader.laws import EXACT, assert_close, beside, curve, exercise, like, number, tensors

double = exercise(
    "double",
    asks="double(X)",
    given={"X": tensors(dims=(1, 1))},
    cases=5,
    returns=like("X"),
    oracle=lambda X: X + X,
    points={"right_values": 3},
    hints={"right_values": "What is X + X?"},
    seconds=1.5,
)


@double.law(points=1)
def nothing_stays_nothing(X, result):
    """double(X) is 0 where X is 0."""
    assert_close(result[X == 0], X[X == 0], EXACT)


quadruple = exercise(
    "quadruple",
    asks="quadruple(X)",
    given={"X": tensors(dims=(1, 1))},
    cases=5,
    returns=like("X"),
    oracle=lambda X: 4 * X,
    points={"right_values": 2},
    uses=["double"],
)


@quadruple.picture(asks="quadruple(X)", on={"X": torch.arange(4.0)})
def at_four_places(X, result):
    return beside(curve("quadruple", X, result, 4 * X))


class_of = exercise(
    "Box",
    asks="Box(n).size()",
    given={"n": st.integers(1, 9)},
    cases=3,
    returns=number(),
    oracle=lambda n: n,
    points={"right_values": 1},
)
'''

SOLUTION = '''\
"""1.1 Adding."""

import torch


def double(X: torch.Tensor) -> torch.Tensor:
    """Return X + X."""
    return X + X


def quadruple(X: torch.Tensor) -> torch.Tensor:
    """Return 4 X, by your double."""
    return double(double(X))


class Box:
    """Has a size."""

    def __init__(self, n: int) -> None:
        self.n = n

    def size(self) -> int:
        """Return the size."""
        return self.n
'''


def make_course(root: Path) -> Path:
    for path, text in (
        ("assignments/ch1/test_adding.py", CHECKS),
        ("assignments/ch1/adding.py", SOLUTION),
        ("reference/ch1/adding.py", SOLUTION),
    ):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_course(tmp_path / "course")


@dataclass
class Shown:
    """What a cell has shown: the words, the page, and the error or what was printed."""

    text: str
    html: str
    rest: str


class Kernel:
    """Runs cells one after the other."""

    def __init__(self, client: nbclient.NotebookClient) -> None:
        self.client = client

    def run(self, source: str, *, interrupt_after: float | None = None) -> Shown:
        cell = nbformat.v4.new_code_cell(source)
        self.client.nb.cells.append(cell)
        timer = threading.Timer(interrupt_after or 0, self._interrupt)
        if interrupt_after is not None:
            timer.start()
        self.client.execute_cell(cell, len(self.client.nb.cells) - 1)
        data: list[Any] = [one.get("data", {}) for one in cell.outputs]
        return Shown(
            "\n".join(one.get("text/plain", "") for one in data),
            "\n".join(one.get("text/html", "") for one in data),
            "\n".join(one.get("text", "") or "\n".join(one.get("traceback", [])) for one in cell.outputs),
        )

    def _interrupt(self) -> None:
        import os
        import signal

        manager: Any = self.client.km
        os.kill(manager.provisioner.pid, signal.SIGINT)


@pytest.fixture(scope="session")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    course = make_course(tmp_path_factory.mktemp("notebook"))
    client = nbclient.NotebookClient(
        nbformat.v4.new_notebook(),
        kernel_name="python3",
        allow_errors=True,
        timeout=60,
        resources={"metadata": {"path": str(course)}},
    )
    with client.setup_kernel():
        running = Kernel(client)
        running.run("%load_ext grader")
        yield running
