"""What is still to be written in a running notebook, seen by its functions and classes."""

from __future__ import annotations

import pytest

from grader.local.notebook.notebook_answers import is_unwritten


class HyperParameters:
    def save_hyperparameters(self, ignore: object = ()) -> None:
        """Store the arguments of `__init__`; told from a stub's set-up by its name alone."""


class Board(HyperParameters):
    """The book's stub of a class."""

    def __init__(self, xlabel: str = "", *, display: bool = True) -> None:
        self.save_hyperparameters()

    def draw(self, x: float, y: float, label: str) -> None:
        raise NotImplementedError


class WithoutInit(HyperParameters):
    def draw(self) -> int:
        return 0


class StoresOnly(HyperParameters):
    def __init__(self, lr: float) -> None:
        self.lr = lr


class Nothing:
    pass


def to_do(x: object) -> None:
    """Compute something."""


@pytest.mark.parametrize("found", [Board, Nothing, to_do, HyperParameters])
def test_stubs_are_unwritten(found: object) -> None:
    assert is_unwritten(found)


@pytest.mark.parametrize(
    "found", [WithoutInit, StoresOnly, test_stubs_are_unwritten, len, object(), lambda: None]
)
def test_anything_else_is_written_even_without_a_source(found: object) -> None:
    assert not is_unwritten(found)


def test_methods_that_are_added_later_count() -> None:
    class Added(HyperParameters):
        def __init__(self, lr: float) -> None:
            self.save_hyperparameters()

    assert not is_unwritten(Added)
    Added.step = lambda self: 0  # type: ignore[attr-defined]
    assert not is_unwritten(Added)
    Added.step = to_do  # type: ignore[attr-defined]
    assert is_unwritten(Added)
