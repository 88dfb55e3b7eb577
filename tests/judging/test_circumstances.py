"""In which circumstances results are said to be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import torch

from grader.judging.circumstances import circumstance
from grader.records.values import TextFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SHAPES = [(2, 2), (3, 3), (1, 1), (4, 4), (2, 3), (3, 2), (1, 4), (4, 1), (5, 2), (2, 5)]
MATRICES = [{"A": torch.arange(1.0, 1 + m * n).reshape(m, n) + m} for m, n in SHAPES]
VECTORS = [
    {"x": torch.arange(1.0, 1 + n, dtype=dtype)}
    for n in range(1, 7)
    for dtype in (torch.float32, torch.float64)
]


def name(inputs: Sequence[Mapping[str, Any]], is_wrong: Callable[[Mapping[str, Any]], bool]) -> str:
    """Return the name of the circumstance in which results are wrong."""
    found = circumstance(inputs, [is_wrong(one) for one in inputs], [])
    return found[0] if found else ""


@pytest.mark.parametrize(
    ("inputs", "is_wrong", "expected"),
    [
        (MATRICES, lambda one: one["A"].shape[0] != one["A"].shape[1], "wrong-where-A-is-not-square"),
        (VECTORS, lambda one: one["x"].dtype == torch.float64, "wrong-where-x-is-float64"),
        (
            [{"sigma": s} for s in (1.0, 1.0, 1.0, 1.0, 2.5, 0.5, 3.0, 4.0)],
            lambda one: one["sigma"] != 1,
            "wrong-where-sigma-is-not-1",
        ),
        ([{"train": n % 2 == 0} for n in range(8)], lambda one: one["train"], "wrong-where-train-is-True"),
        (
            [{"learns": n % 2 == 0} for n in range(8)],
            lambda one: one["learns"],
            "wrong-where-an-argument-requires-a-gradient",
        ),
        (MATRICES, lambda one: one["A"].shape != (2, 3), "fits-one-size-only"),
        (
            [{"path": TextFile("a.csv", ",".join("abcdef"[:n]) + "\n1\n")} for n in (2, 3, 4, 5, 6)],
            lambda one: one["path"].text.index("\n") != len("a,b,c"),
            "fits-one-size-only",
        ),
        (MATRICES, lambda _one: True, ""),
        (MATRICES, lambda one: one["A"].shape[0] == 5, ""),
        (MATRICES, lambda one: one["A"].numel() % 4 == 0, ""),
    ],
)
def test_the_one_circumstance_that_separates_all_cases_is_told(
    inputs: Sequence[Mapping[str, Any]], is_wrong: Callable[[Mapping[str, Any]], bool], expected: str
) -> None:
    assert name(inputs, is_wrong) == expected


def test_a_few_results_may_be_right_by_chance_but_none_wrong() -> None:
    def off(one: Mapping[str, Any]) -> bool:
        return bool(one["A"].shape[0] != one["A"].shape[1])

    assert name(MATRICES, lambda one: off(one) and one["A"].shape != (2, 5)) == "wrong-where-A-is-not-square"
    assert name(MATRICES, lambda one: off(one) or one["A"].shape == (4, 4)) == ""


def test_two_circumstances_that_fit_as_well_are_none() -> None:
    inputs = [{"k": k, "n": k} for k in (0, 0, 0, 0, 3, 4, 5, 6)]
    assert name(inputs, lambda one: one["k"] == 0) == ""


def test_that_a_mistake_does_not_show_in_the_easiest_cases_is_no_circumstance() -> None:
    assert name(MATRICES + MATRICES, lambda one: one["A"].shape[1] != 1) == ""
    assert name([{"n": n} for n in (1, 1, 1, 1, 2, 3, 4, 5)], lambda one: one["n"] != 1) == ""


def test_it_says_what_is_raised() -> None:
    wrong = [one["A"].shape[0] != one["A"].shape[1] for one in MATRICES]
    found = circumstance(MATRICES, wrong, ["IndexError"])
    assert found is not None
    said = (
        "Of the inputs that were tried, it raises IndexError only with those where A is not square; where A "
        "is square, it is right."
    )
    assert found[1].startswith(said)
