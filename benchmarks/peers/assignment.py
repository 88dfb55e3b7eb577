"""The assignment that every grader is set: six functions, 50 random inputs each, and what is right.

Three are quick (a formula on a small tensor), three take their time (a table, two short trainings).
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

QUICK = ("softmax", "cross_entropy", "relu")
ALL = (*QUICK, "impute_with_mean", "fit_linear", "fit_softmax")
NAMES = tuple(os.environ.get("ASSIGNMENT_NAMES", ",".join(ALL)).split(","))
EXPECTED = Path(__file__).with_name("expected.pt")
INPUTS = 50
SEED = 20
GAPS = 0.2


@cache
def inputs(name: str) -> list[dict[str, Any]]:
    """Return the 50 inputs of a function, each as its arguments by name."""
    random = torch.Generator().manual_seed(SEED + ALL.index(name))
    return [_DRAW[name](random) for _ in range(INPUTS)]


@cache
def expected(name: str) -> list[torch.Tensor]:
    """Return what is right for these inputs, which `write_expected` has written."""
    right: dict[str, list[torch.Tensor]] = torch.load(EXPECTED)
    return right[name]


def write_expected(solution: ModuleType) -> None:
    """Keep what a solution gives for all inputs, so that no grader has to compute it again and again."""
    right = {name: [comparable(getattr(solution, name)(**one)) for one in inputs(name)] for name in ALL}
    torch.save(right, EXPECTED)


def comparable(result: Any) -> torch.Tensor:  # noqa: ANN401 - a tensor or a table
    """Return the numbers of a result."""
    return result if isinstance(result, torch.Tensor) else torch.tensor(result.to_numpy(dtype="float64"))


def agree(result: Any, right: torch.Tensor) -> bool:  # noqa: ANN401 - whatever an answer gave
    """Return whether a result is right, up to rounding."""
    got = comparable(result)
    return got.shape == right.shape and torch.allclose(got, right, rtol=1e-4, atol=1e-5)


def check(result: Any, right: Any) -> None:  # noqa: ANN401 - tensors or tables
    """Raise `AssertionError` where a result isn't right."""
    expected_numbers = comparable(right)
    if not agree(result, expected_numbers.to(comparable(result).dtype)):
        raise AssertionError("this is not right")


def is_right(name: str, function: Callable[..., Any]) -> bool:
    """Call a function on its 50 inputs, and return whether it was right on each."""
    asked = [{key: _copied(value) for key, value in one.items()} for one in inputs(name)]
    return all(agree(function(**one), right) for one, right in zip(asked, expected(name), strict=True))


def _copied(value: Any) -> Any:  # noqa: ANN401 - an input
    """Return a copy, so that no answer can spoil an input for the next."""
    return (
        value.clone()
        if isinstance(value, torch.Tensor)
        else value.copy()
        if hasattr(value, "copy")
        else value
    )


def _scores(random: torch.Generator) -> dict[str, Any]:
    return {"X": torch.randn(32, 10, generator=random)}


def _predictions(random: torch.Generator) -> dict[str, Any]:
    y_hat = torch.rand(32, 10, generator=random) + 0.1
    return {"y_hat": y_hat / y_hat.sum(1, keepdim=True), "y": torch.randint(10, (32,), generator=random)}


def _table(random: torch.Generator) -> dict[str, Any]:
    import pandas as pd

    numbers = torch.randn(20, 5, generator=random, dtype=torch.float64)
    numbers[torch.rand(20, 5, generator=random) < GAPS] = torch.nan
    numbers[0] = 1.0
    return {"inputs": pd.DataFrame(numbers.numpy(), columns=list("abcde"))}


def _line(random: torch.Generator) -> dict[str, Any]:
    X = torch.randn(64, 4, generator=random)  # noqa: N806 - the book's name
    return {
        "X": X,
        "y": X @ torch.randn(4, 1, generator=random) + 1,
        "lr": 0.05,
        "epochs": 3,
        "batch_size": 8,
    }


def _classes(random: torch.Generator) -> dict[str, Any]:
    y = torch.randint(5, (64,), generator=random)
    return {"X": torch.randn(64, 20, generator=random) + y[:, None], "y": y, "lr": 0.05, "steps": 20}


_DRAW: dict[str, Callable[[torch.Generator], dict[str, Any]]] = {
    "softmax": _scores,
    "cross_entropy": _predictions,
    "relu": _scores,
    "impute_with_mean": _table,
    "fit_linear": _line,
    "fit_softmax": _classes,
}
