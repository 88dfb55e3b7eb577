"""Strategies: the properties of every input, and the variety that catches mistakes."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

from grader.checks.strategies import SMALL, any_of, dtypes, logits, predictions, tensors


@given(tensors(dims=(1, 3), sizes=(2, 4), low=-5.0, high=2.5))
def test_tensors_keep_to_their_bounds(x: torch.Tensor) -> None:
    assert 1 <= x.dim() <= 3
    assert all(2 <= size <= 4 for size in x.shape)
    assert x.dtype in {torch.float32, torch.float64}
    assert bool(((x >= -5) & (x <= 2.5)).all())


@given(tensors(shape=(2, 3), dtype=torch.float64, nonzero=True))
def test_a_shape_a_dtype_and_no_zeros_may_be_asked_for(x: torch.Tensor) -> None:
    assert (tuple(x.shape), x.dtype) == ((2, 3), torch.float64)
    assert bool((x.abs() >= SMALL).all())


@given(tensors(low=0.5, high=2.0))
def test_bounds_that_leave_out_zero_are_bounds_of_every_flavour(x: torch.Tensor) -> None:
    assert bool(((x >= 0.5) & (x <= 2)).all())


@given(tensors())
def test_a_number_of_float64_is_one_of_float32_too(x: torch.Tensor) -> None:
    """So a smaller dtype of a counterexample shows the same numbers."""
    assert torch.equal(x.to(torch.float32).to(x.dtype), x)


@given(logits(rows=(2, 3), classes=(4, 5)))
def test_logits_have_a_row_for_each_example(x: torch.Tensor) -> None:
    assert x.shape[0] in {2, 3}
    assert x.shape[1] in {4, 5}


@given(predictions())
def test_predictions_are_distributions_with_labels_that_have_a_chance(
    drawn: tuple[torch.Tensor, torch.Tensor],
) -> None:
    y_hat, y = drawn
    assert y_hat.dtype in {torch.float32, torch.float64}
    assert y.dtype == torch.int64
    assert y.shape == y_hat.shape[:1]
    assert bool(((y >= 0) & (y < y_hat.shape[1])).all())
    assert bool((y_hat > 0).all())
    torch.testing.assert_close(y_hat.sum(1), torch.ones(len(y_hat), dtype=y_hat.dtype))
    assert bool((y_hat[range(len(y)), y] >= 1e-3).all())


@pytest.mark.parametrize(
    ("strategy", "has"),
    [
        (logits(), lambda x: x.shape[0] > x.shape[1] > 1),
        (logits(), lambda x: 1 < x.shape[0] < x.shape[1]),
        (logits(), lambda x: x.shape[0] == 1 and x.shape[1] > 1),
        (logits(), lambda x: bool((x > 15).any() and (x < -15).any())),
        (logits(), lambda x: x.numel() > 4 and len(x.unique()) == 1),
        (logits(), lambda x: x.numel() > 4 and len(x.unique()) == x.numel()),
        (tensors(dims=(1, 1)), lambda x: bool((x == 0).any()) and bool((x != 0).any())),
        (tensors(), lambda x: x.dim() == 0),
        (tensors(), lambda x: x.dim() == 3 and len(set(x.shape)) == 3),
        (tensors(), lambda x: bool(((x != 0) & (x.abs() < SMALL)).any())),
        (predictions(), lambda drawn: len(drawn[1]) > 2 and len(drawn[1].unique()) > 2),
        (predictions(), lambda drawn: drawn[0].shape[1] > 2 and bool((drawn[0] < 0.05).any())),
        (dtypes(), lambda dtype: dtype == torch.float64),
    ],
)
def test_among_a_hundred_inputs_there_is_one_that_tells_mistakes_apart(
    strategy: st.SearchStrategy[Any],
    has: Any,  # noqa: ANN401 - a condition of whatever is drawn
) -> None:
    """Not square, not one row, both signs, ties, zeros, tiny numbers, several labels."""
    few = settings(max_examples=100, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    find(strategy, has, settings=few)


@given(st.data())
def test_one_of_the_given_values_is_drawn(data: st.DataObject) -> None:
    assert data.draw(any_of("cpu", 3, None)) in ("cpu", 3, None)
