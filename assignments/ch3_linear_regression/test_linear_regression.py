"""3.1 Linear regression."""

import numpy as np
import torch
from hypothesis import strategies as st

from grader.laws import (
    Broken,
    any_of,
    array,
    assert_close,
    boolean,
    dtypes,
    exercise,
    like,
    several,
    tensor,
    tensors,
    ulps,
)

FORM = {
    "right_type": "Is there a return? And does it give back a tensor?",
    "right_shape": "As many sums as a has elements.",
    "leaves_arguments_alone": "a += b and a[i] = … write into a; a new tensor holds the sums.",
}
GRAPH = {
    "right_gradient": "An element of a tensor is a tensor, too, and can be added as it is. Numbers of Python "
    "and arrays of NumPy have forgotten where they come from."
}
# The gradient is a single weight |w| <= 5.
ONE_WEIGHT = ulps(1, scale=5.0)
# One rounding, of the sum of two numbers.
ONE_SUM = ulps(1, scale=lambda a, b: a.double().abs() + b.double().abs())


@st.composite
def pairs(draw, kinds, *, least=1):
    """Two vectors of one length and dtype."""
    shape, kind = (draw(st.integers(least, 6)),), draw(kinds)
    return draw(tensors(shape=shape, dtype=kind)), draw(tensors(shape=shape, dtype=kind))


# add_with_loop ---------------------------------------------------------------------------------

add_with_loop = exercise(
    "add_with_loop",
    asks="add_with_loop(a, b)",
    given={"a, b": pairs(any_of(torch.float32))},
    examples=[{"a": torch.ones(4), "b": torch.ones(4)}],
    returns=like("a"),
    oracle=lambda a, b: a + b,
    tolerance=ONE_SUM,
    differentiable=["a", "b"],
    gradient_tolerance=ONE_WEIGHT,
    points={"right_values": 0.25, "right_gradient": 0.125},
    hints=FORM
    | GRAPH
    | {
        "right_dtype": "Which dtype has the tensor into which you write the sums?",
        "right_values": [
            "Compare the first element, and the last.",
            "range(len(a)) goes through all positions, the first and the last among them.",
        ],
    },
)


@add_with_loop.law(
    points=0.125,
    given={"a, b": pairs(any_of(torch.float32), least=2)},
    cases=8,
    asks="loops(add_with_loop, a, b)",
    returns=boolean(),
    after=["right_values"],
    hint="a[i] is one element of a. What goes through all i?",
)
def it_adds_one_element_at_a_time(in_a_loop):
    """A loop of Python has one addition in each round; no call adds all elements at once."""
    if not in_a_loop:
        raise Broken("there are fewer additions than elements: one of them adds several at once")


# add_vectorized --------------------------------------------------------------------------------

add_vectorized = exercise(
    "add_vectorized",
    asks="add_vectorized(a, b)",
    given={"a, b": pairs(dtypes())},
    examples=[{"a": torch.ones(4), "b": torch.ones(4)}],
    returns=like("a"),
    oracle=lambda a, b: a + b,
    tolerance=ONE_SUM,
    differentiable=["a", "b"],
    gradient_tolerance=ONE_WEIGHT,
    points={"right_values": 0.375, "right_gradient": 0.125},
    hints=FORM
    | GRAPH
    | {
        "right_dtype": "The sum has the dtype of its terms.",
        "right_values": [
            "Which operator adds two tensors element by element?",
            "The plus of two tensors goes through their elements by itself.",
        ],
    },
)


@add_vectorized.law(
    points=0.5,
    given={},
    cases=1,
    asks="raced(add_vectorized)",
    returns=several(tensor(lambda _inputs: (10_000,), dtype="float32"), boolean()),
    after=["right_values"],
    hint="One call for all elements: then the loop runs in PyTorch's compiled code.",
)
def it_outruns_a_loop(total, fast):
    """With 10,000 elements it is at least 20 times as fast as a loop of Python."""
    assert_close(total, torch.arange(1, 10_001, dtype=torch.float64), ulps(0))
    if not fast:
        raise Broken("a loop of Python needs less than 20 times as long")


# normal_density --------------------------------------------------------------------------------


def density(x, mu, sigma):
    """Return the density by the logarithm of it."""
    z = (x - mu) / sigma
    return np.exp(-z * z / 2 - np.log(sigma) - np.log(2 * np.pi) / 2)


def largest_term(x, mu, sigma):
    """Return the highest density times the largest exponent's terms, where the square is expanded."""
    return (1 + (float(np.abs(x).max()) + abs(mu)) ** 2 / sigma**2) / sigma


normal_density = exercise(
    "normal_density",
    asks="normal_density(x, mu, sigma)",
    given={
        "x": tensors(dims=(1, 3), low=-10, high=10, dtype=torch.float64).map(torch.Tensor.numpy),
        "mu": st.floats(-5, 5, width=16),
        "sigma": st.floats(0.25, 4, width=16),
    },
    # The book's three: N(0, 1), N(0, 2²), N(3, 1). The first has another sigma than 1.
    examples=[
        {"x": np.array([[-1.0, 0.0, 1.0], [2.0, 3.0, 4.5]]), "mu": mu, "sigma": sigma}
        for mu, sigma in ((0.0, 2.0), (0.0, 1.0), (3.0, 1.0), (-2.0, 0.5))
    ],
    returns=array(lambda x: x["x"].shape, dtype="float64"),
    oracle=density,
    # The error of an exponent becomes relative error: some 8 roundings of its terms, and 4 of the factor.
    tolerance=ulps(16, scale=largest_term),
    points={"right_values": 1.25},
    hints={
        "right_type": "x is a NumPy array, and so is the result: compute with np.exp.",
        "right_shape": "One density for each element of x.",
        "right_dtype": "float32 has half as many digits as x.",
        "leaves_arguments_alone": "x -= mu writes into x; x - mu is a new array.",
        "right_values": [
            "At x = mu only the factor before the exponential is left. What is it at sigma = 2?",
            (
                "At sigma = 2 the factor is 1 / sqrt(2 pi 4), and the exponent is -(x - mu) squared "
                "over 2 times 4."
            ),
        ],
    },
)


@normal_density.law(
    points=0.25,
    given={"mu": st.floats(-5, 5, width=16), "sigma": st.floats(0.25, 4, width=16)},
    examples=[{"mu": 0.0, "sigma": 2.0}, {"mu": 3.0, "sigma": 0.5}],
    asks="normal_density(around(mu, sigma), mu, sigma)",
    returns=array(lambda _inputs: (1001,), dtype="float64"),
    hint="What must the exponential be divided by, so that a wider bell is a lower one?",
)
def the_area_below_it_is_one(sigma, densities):
    """Summed over small steps from far left to far right, the density times the step is 1."""
    # 50 steps a standard deviation: the error of such a sum is far below that of rounding.
    area = torch.as_tensor(densities.sum() * sigma / 50)
    assert_close(area, torch.tensor(1.0, dtype=torch.float64), ulps(2**20), what="the area")
