"""Tolerances: their exact limits, and the messages about the worst element."""

from __future__ import annotations

import math
from functools import partial

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from grader.checks.tolerance import EXACT, Tolerance, assert_close, assert_normal, ulps
from grader.records.verdict import Broken

EPSILON = {torch.float32: 2.0**-23, torch.float64: 2.0**-52}


def close(got: object, expected: object, tolerance: Tolerance = EXACT, **settings: object) -> bool:
    """Return whether the one is close to the other."""
    try:
        assert_close(got, expected, tolerance, **settings)  # type: ignore[arg-type]
    except Broken:
        return False
    return True


def message(got: object, expected: object, tolerance: Tolerance = EXACT, **settings: object) -> str:
    """Return how it is said that the one isn't close to the other."""
    with pytest.raises(Broken) as caught:
        assert_close(got, expected, tolerance, **settings)  # type: ignore[arg-type]
    return str(caught.value)


@given(
    st.sampled_from([torch.float32, torch.float64]),
    st.integers(1, 64),
    st.sampled_from([2.0**-20, 1.0, 2.0**10]),
    st.sampled_from([-1, 1]),
)
def test_the_tolerance_ends_exactly_at_its_limit(
    dtype: torch.dtype, multiple: int, scale: float, sign: int
) -> None:
    """All numbers here are powers of 2 and small multiples of them, so nothing is rounded."""
    step = EPSILON[dtype] * scale
    tolerance = ulps(multiple, scale=scale)
    for ulp, fits in ((0, True), (multiple, True), (multiple + 1, False)):
        got = torch.tensor([sign * ulp * step], dtype=dtype)
        assert close(got, torch.tensor([0.0], dtype=torch.float64), tolerance) is fits


def test_the_floor_comes_on_top() -> None:
    tolerance = ulps(2, scale=0.0, floor=0.25)
    assert close(torch.tensor(1.25), 1.0, tolerance)
    assert not close(torch.tensor(1.2500001), 1.0, tolerance)


def test_an_epsilon_is_that_of_the_dtype_the_answer_was_computed_in() -> None:
    got = torch.tensor(1.0, dtype=torch.float64) + 1e-8
    assert not close(got, 1.0, ulps(1))
    assert close(got, 1.0, ulps(1), dtype=torch.float32)


def test_other_dtypes_have_the_epsilon_of_float64() -> None:
    assert Tolerance(1.0).allowed(torch.int64, {}).item() == 2.0**-52
    assert close(3, torch.tensor(3))
    assert not close(torch.tensor([1, 2]), torch.tensor([1, 3]), ulps(1e6))


def test_each_element_has_an_allowance_of_its_own() -> None:
    tolerance = Tolerance(0.0, floor=lambda x: x.abs())
    x = torch.tensor([[0.0, 1.0, 5.0]])
    inputs = {"x": x, "unused": 3}
    assert close(x + torch.tensor([[0.0, 1.0, -5.0]]), x, tolerance, inputs=inputs)
    for place in range(3):
        off = x + torch.tensor([[0.0, 1.0, 5.0]])
        off[0, place] += 0.5
        assert not close(off, x, tolerance, inputs=inputs)


def test_an_allowance_by_row_is_spread_over_the_columns() -> None:
    tolerance = Tolerance(0.0, floor=lambda x: x)
    inputs = {"x": torch.tensor([[1.0], [0.0]])}
    assert close(torch.tensor([[1.0, -1.0], [0.0, 0.0]]), torch.zeros(2, 2), tolerance, inputs=inputs)
    assert not close(torch.tensor([[0.0, 0.0], [1.0, 0.0]]), torch.zeros(2, 2), tolerance, inputs=inputs)


def test_a_tolerance_of_the_wrong_shape_is_an_error_even_for_correct_answers() -> None:
    tolerance = Tolerance(0.0, floor=torch.zeros(3, 1).abs)
    with pytest.raises(AttributeError):  # not a function of inputs
        assert_close(torch.zeros(3), torch.zeros(3), tolerance)
    tolerance = Tolerance(0.0, floor=lambda: torch.zeros(3, 1))
    with pytest.raises(RuntimeError):
        assert_close(torch.zeros(3), torch.zeros(3), tolerance)


@pytest.mark.parametrize(
    ("got", "expected", "fits"),
    [
        (math.nan, math.nan, True),
        (math.nan, 1.0, False),
        (1.0, math.nan, False),
        (math.inf, math.inf, True),
        (math.inf, -math.inf, False),
        (math.inf, 3e38, False),
        (3e38, math.inf, False),
        (math.inf, math.nan, False),
        (0.0, -0.0, True),
    ],
)
def test_nan_and_infinity_are_close_only_to_themselves(got: float, expected: float, *, fits: bool) -> None:
    assert close(got, expected, ulps(1e9)) is fits
    assert close(torch.tensor([1.0, got]), torch.tensor([1.0, expected]), ulps(1e9)) is fits


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (torch.ones(3), torch.ones(3, 1)),
        (torch.ones(1), torch.ones(())),
        (torch.ones(2, 3), torch.ones(1, 3)),
        (torch.ones(0), torch.ones(0, 1)),
        (1.0, torch.ones(4)),
    ],
)
def test_nothing_is_broadcast(got: object, expected: object) -> None:
    assert "has shape" in message(got, expected, ulps(1e30))


def test_empty_results_are_the_same() -> None:
    assert close(torch.ones(0, 3), torch.ones(0, 3))


def test_the_dtype_is_not_compared() -> None:
    assert close(torch.tensor([1]), torch.tensor([1.0], dtype=torch.float64))
    assert close(torch.tensor([True]), torch.tensor([1]))


def test_the_message_names_the_worst_element() -> None:
    got = torch.tensor([[0.0, 0.5], [-3.0, 1.0]])
    said = message(got, torch.zeros(2, 2), Tolerance(0.0, floor=0.75), what="the loss")
    assert said == "2 of 4 elements are wrong; the loss is off by 3 at [1, 0], and 0.75 is allowed"


def test_the_worst_element_is_the_one_that_exceeds_its_own_allowance_most() -> None:
    floor = partial(Tolerance, 0.0)
    said = message(torch.tensor([10.0, 2.0]), torch.zeros(2), floor(floor=lambda: torch.tensor([9.5, 0.5])))
    assert said == "2 of 2 elements are wrong; the result is off by 2 at [1], and 0.5 is allowed"


def test_the_message_about_a_single_number_names_no_position() -> None:
    assert message(1.5, 1.0) == "the result is off by 0.5"
    assert message(torch.tensor([1.5]), torch.tensor([1.0])) == "the result is off by 0.5 at [0]"


@pytest.mark.parametrize(
    ("got", "expected", "said"),
    [
        ([math.nan, 1.0], [0.0, 1.0], "the result has 1 of 2 elements that are nan"),
        ([math.inf, -math.inf], [0.0, 1.0], "the result has 2 of 2 elements that are infinite"),
        ([math.nan, math.inf], [0.0, 1.0], "the result has 2 of 2 elements that are nan or infinite"),
        ([math.nan, 1.0], [math.nan, math.inf], "the result is off by inf at [1]"),
        ([math.nan, 7.0], [1.0, 1.0], "2 of 2 elements are wrong; the result is off by nan at [0]"),
    ],
)
def test_results_that_are_not_finite_are_reported_as_such(
    got: list[float], expected: list[float], said: str
) -> None:
    assert said in message(torch.tensor(got), torch.tensor(expected))


def test_values_are_shown_in_the_answers_dtype() -> None:
    with pytest.raises(Broken) as caught:
        assert_close(torch.tensor([0.5]), torch.tensor([0.1], dtype=torch.float64), EXACT)
    assert caught.value.got.tolist() == [0.5]
    assert caught.value.expected.dtype == torch.float32


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=5), st.integers(0, 4))
def test_a_result_computed_in_float32_is_within_one_ulp_of_its_size(numbers: list[float], power: int) -> None:
    exact = torch.tensor(numbers, dtype=torch.float64) * 2.0**power
    assert close(exact.to(torch.float32), exact, ulps(1, scale=float(exact.abs().max())))


def test_normal_numbers_are_told_from_others_of_the_same_mean_and_spread() -> None:
    """By the fourth moment; another spread or another mean is seen as well."""
    numbers = torch.Generator().manual_seed(1)
    normal = torch.randn(10_000, generator=numbers)
    assert_normal(0.5 * normal, 0.5)
    uniform = (torch.rand(10_000, generator=numbers) - 0.5) * 12**0.5
    for wrong in (0.6 * normal, 0.5 * normal + 0.1, 0.5 * uniform):
        with pytest.raises(Broken, match="of the result / sigma is"):
            assert_normal(wrong, 0.5)


@pytest.mark.parametrize("got", [None, "1", object(), 2**63, -(2**63) - 1, [[1.0], [1.0, 2.0]], [None]])
def test_what_is_no_number_is_wrong_and_no_error_of_the_check(got: object) -> None:
    with pytest.raises(Broken, match="the loss is not a number, or a tensor of numbers"):
        assert_close(got, 1.0, EXACT, what="the loss")


def test_a_complex_number_is_wrong_where_real_ones_are_expected() -> None:
    with pytest.raises(Broken, match="the result is complex"):
        assert_close(torch.tensor([1 + 2j]), torch.tensor([1.0]), EXACT)


@pytest.mark.parametrize("dtype", [torch.bool, torch.uint8, torch.int8, torch.int64, torch.float16])
def test_numbers_of_every_kind_are_compared(dtype: torch.dtype) -> None:
    assert close(torch.ones(2, dtype=dtype), torch.ones(2))
    assert not close(torch.ones(2, dtype=dtype), torch.zeros(2))
    assert not close(torch.ones(0, dtype=dtype), torch.ones(2))
