"""How wrong numbers relate to right ones: each relation is told where it holds, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from grader.judging.numeric_relations import MIN_CASES, Numbers, relation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MATRICES = [
    torch.tensor([[1.5, -2.0, 3.0], [0.5, 7.0, -1.0]]),
    torch.tensor([[2.5, 1.0], [-4.0, 0.25], [9.0, 3.5], [1.25, -6.0]]),
    torch.tensor([[3.5, 8.0, 1.0, -2.75]]),
    torch.tensor([[0.75], [5.5], [-1.5]]),
]
FACTORS = [3.7, 0.3, 1.9, 5.1]


def named(wrong: Callable[[torch.Tensor], torch.Tensor], wants: Sequence[torch.Tensor] = MATRICES) -> str:
    """Return the name of how wrong results relate to right ones."""
    inputs = [{"A": want.cos(), "k": factor} for want, factor in zip(wants, FACTORS, strict=True)]
    found = relation([Numbers(wrong(want), want, one) for want, one in zip(wants, inputs, strict=True)])
    return found[0] if found else ""


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        (lambda want: 2 * want, "twice-as-large"),
        (lambda want: -want, "wrong-sign"),
        (lambda want: len(want) * want, "times-rows-of-A"),
        (lambda want: want / want.numel(), "divided-by-elements-of-A"),
        (lambda want: want**2, "square-of-it"),
        (lambda want: want.abs(), "size-of-it"),
        (lambda want: 1 / want, "one-over-it"),
        (lambda want: want + 1, "one-more"),
        (lambda want: want.trunc(), "cut-to-whole-numbers"),
        (lambda want: want.clamp(min=0), "negative-ones-zero"),
        (torch.zeros_like, "nothing-but-zeros"),
        (lambda want: want.cos(), "hands-back-A"),
        (lambda want: want + want.cos(), "too-large-by-A"),
        (lambda want: want.sum(), "sum-of-everything"),
        (lambda want: want.mean(dim=1), "mean-along-the-columns"),
        (lambda want: want + 0.01 * want.abs().max(), "roughly-right"),
        (lambda want: 1.37 * want, "the-same-factor"),
        (lambda want: want - 0.37, "the-same-term"),
        (
            lambda want: torch.where(want < 0, 0.1 * want + 3, want),
            "wrong-where-the-right-number-is-negative",
        ),
        (lambda want: want.abs().floor() * want.sign(), "cut-to-whole-numbers"),
        (lambda want: want.sin(), ""),
        (lambda want: want[:, :1].expand(want.shape), ""),
    ],
)
def test_a_relation_that_holds_on_all_cases_is_told(
    wrong: Callable[[torch.Tensor], torch.Tensor], name: str
) -> None:
    assert named(wrong) == name


def test_a_factor_that_is_an_argument_is_told_by_its_name() -> None:
    wants = [torch.arange(1.0, 4.0), torch.arange(2.0, 7.0), torch.tensor([5.0, 2.5]), torch.tensor([0.5])]
    sigmas = [2.5, 0.7, 1.3, 3.1]
    numbers = [Numbers(want / s**2, want, {"s": s}) for want, s in zip(wants, sigmas, strict=True)]
    found = relation(numbers)
    assert found is not None
    assert found[0] == "divided-by-the-square-of-s-too-much"


def test_right_numbers_in_other_places_and_a_wrong_end_are_told_where_nothing_exact_holds() -> None:
    squares = [torch.arange(9.0).reshape(3, 3) + shift for shift in (0.5, 1.25, 2.0, 7.5)]
    assert named(lambda want: want.T.contiguous(), squares) == "other-places"
    vectors = [torch.arange(1.0, n) for n in (4, 5, 6, 7)]
    assert named(lambda want: torch.cat((want[:-1], torch.zeros(1))), vectors) == "wrong-last-one"
    assert named(lambda want: torch.cat((torch.full((1,), -3.0), want[1:])), vectors) == "wrong-first-one"


def test_nothing_is_told_of_too_few_cases() -> None:
    numbers = [Numbers(2 * want, want, {}) for want in MATRICES]
    assert relation(numbers[:MIN_CASES]) is not None
    assert relation(numbers[: MIN_CASES - 1]) is None


def test_nothing_is_told_where_two_relations_hold() -> None:
    """With two rows everywhere, twice as large is as many times as large as there are rows."""
    pairs = [torch.tensor([[1.0, 2.5], [3.5, 4.0]]) * shift for shift in (1.5, 2.5, 3.5, 4.5)]
    assert named(lambda want: 2 * want, pairs) == ""


def test_of_what_is_not_there_in_a_drive_it_is_not_said_to_be_nan() -> None:
    nothing = [Numbers(torch.full((3,), torch.nan), torch.arange(3.0) + n, {}) for n in range(4)]
    assert relation(nothing) is None
    returned = [one._replace(inputs={"x": torch.ones(3)}) for one in nothing]
    assert relation(returned) == ("nothing-but-nan", "The numbers are NaN, whatever the inputs are.")
