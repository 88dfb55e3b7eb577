"""5.1 Multilayer perceptrons."""

import torch
from hypothesis import strategies as st

from grader.laws import (
    Broken,
    any_of,
    assert_close,
    beside,
    boolean,
    curve,
    exercise,
    like,
    several,
    tensors,
    ulps,
)

SHAPES = {
    "right_type": "Is there a return? And does it give back a tensor?",
    "right_shape": "Every element becomes one element: nothing is summed, flattened or left out.",
    "leaves_arguments_alone": "Functions whose name ends in _ write into X itself, and so does X[...] = ….",
    "right_gradient": "Stay with operations on X itself: detach, .data and new tensors cut the graph.",
}

OF_FOUR_AXES = {"X": torch.linspace(-3, 3, 24).reshape(2, 1, 3, 4)}  # like images; more axes than are drawn

VALUE_AND_SLOPE = {"on": {"X": torch.linspace(-6, 6, 241)}, "returns": several(like("X"), like("X"))}


def drawn(name, X, values, slopes, right):
    """A picture of an activation and its derivative beside what is expected of both."""
    leaf = X.double().requires_grad_()
    expected = right(leaf)
    (slopes_expected,) = torch.autograd.grad(expected.sum(), leaf)
    return beside(
        curve(f"{name}(x)", X, values, expected),
        curve(f"the derivative of {name}", X, slopes, slopes_expected, remark="no gradient reaches X"),
    )


# relu ------------------------------------------------------------------------------------------

relu = exercise(
    "relu",
    asks="relu(X)",
    given={"X": tensors()},
    examples=[{"X": torch.tensor([-8.0, 0.0, 2.5])}, OF_FOUR_AXES],
    returns=like("X"),
    oracle=lambda X: X.clamp(min=0),
    # Every way to choose between x and 0 is exact, or as exact as one product or sum with x. Below 1 the
    # scale stays 1: the squares of very small numbers underflow.
    tolerance=ulps(4, scale=lambda X: X.abs().double().clamp(min=1)),
    differentiable=["X"],
    # The slope is 0 or 1, at 0 anything between; a weight |w| <= 5 is rounded once or twice.
    subgradient=lambda X: ((X > 0).double(), (X >= 0).double()),
    gradient_tolerance=ulps(16),
    from_scratch=["relu", "autograd"],
    points={"right_values": 0.75, "right_gradient": 1, "from_scratch": 1.5},
    hints=SHAPES
    | {
        "right_values": [
            "Each element on its own: the larger of it and 0.",
            "torch.zeros_like(X) is a 0 for each element. What does torch.max make of two tensors?",
        ],
        "from_scratch": "Which functions of PyTorch choose the larger of two numbers?",
    },
)


@relu.law(
    points=0.25,
    given={"X": tensors(low=0, high=30)},
    examples=[{"X": torch.tensor([1.0, 2.5])}],
    asks="overwritten(relu, X)",
    returns=like("X"),
    after=["right_values"],
    hint="Where nothing is negative, the result equals X. Must it be X itself?",
)
def its_result_is_a_new_tensor(X, X_after):
    """Whoever writes into relu(X) doesn't change X, even where all elements are positive."""
    if not torch.equal(X_after, X):
        raise Broken("writing into the result changed X: both are the same tensor", got=X_after, expected=X)


@relu.law(
    points=0.5,
    given={"X": tensors(low=-10, high=10), "a": st.floats(0.125, 3, width=16)},
    asks="(relu(X), relu(a * X))",
    returns=several(like("X"), like("X")),
    hint="Nothing happens at 1, or at any other number: the only bend is at 0.",
)
def a_positive_factor_goes_through(X, a, before, after):
    """relu(a X) equals a relu(X) for every a > 0: on both sides of 0 it is a straight line."""
    assert_close(after, a * before, ulps(8, scale=(a * X.abs().double()).clamp(min=1)), what="relu(a X)")


@relu.picture(asks="curve(relu, X)", **VALUE_AND_SLOPE)
def value_and_slope_of_relu(X, values, slopes):
    """Show relu and its derivative."""
    return drawn("relu", X, values, slopes, torch.relu)


# sigmoid ---------------------------------------------------------------------------------------

sigmoid = exercise(
    "sigmoid",
    asks="sigmoid(X)",
    given={"X": tensors()},
    examples=[{"X": torch.tensor([-2.0, 0.0, 2.0])}, OF_FOUR_AXES],
    returns=like("X"),
    oracle=lambda X: 1 / (1 + torch.exp(-X)),
    # An exponential, a sum, a division: 4 epsilons; a power of a rounded e, or a logarithm on the way, add 8.
    tolerance=ulps(16),
    differentiable=["X"],
    # Differences such as s - s² keep the error of their terms, which are 1 at most; weights |w| <= 5.
    gradient_tolerance=ulps(128),
    from_scratch=["sigmoid", "autograd"],
    points={"right_values": 1, "right_gradient": 1, "from_scratch": 1.5},
    hints=SHAPES
    | {
        "right_values": [
            "At 0 it is one half, far to the right 1, far to the left 0. What is it at -1?",
            "sigmoid(-1) is about 0.27, one over something that is larger than 1.",
        ],
        "from_scratch": "Write the formula out: an exponential, a sum, a division.",
    },
)


@sigmoid.law(
    points=0.5,
    asks="(sigmoid(X), sigmoid(-X))",
    given={"X": tensors()},
    returns=several(like("X"), like("X")),
    hint="Draw the curve: it looks the same when it is turned around the point (0, 1/2).",
)
def mirrored_scores_share_a_whole(before, after):
    """sigmoid(-x) equals 1 - sigmoid(x): the chances of yes and no sum to 1."""
    assert_close(after, 1 - before, ulps(32), what="sigmoid(-X)")


@sigmoid.beyond_the_book(
    given={"X": tensors(low=-1000, high=1000)},
    examples=[{"X": torch.tensor([-1000.0, 0.0, 1000.0])}],
    asks="(sigmoid(X), slope(sigmoid, X))",
    returns=several(like("X"), like("X")),
    after=["right_gradient"],
    hint="Where exp overflows, its derivative does, too, and 0 times infinity is nan. Another formula helps.",
)
def it_survives_large_arguments(X, S, slopes):
    """sigmoid(-1000) is 0, sigmoid(1000) is 1, and the derivative there is 0, not nan."""
    right = torch.special.expit(X.double())
    assert_close(S, right, ulps(16), what="sigmoid(X)")
    assert_close(slopes, right * (1 - right), ulps(32), what="the derivative of sigmoid at X")


@sigmoid.picture(asks="curve(sigmoid, X)", **VALUE_AND_SLOPE)
def value_and_slope_of_sigmoid(X, values, slopes):
    """Show sigmoid and its derivative."""
    return drawn("sigmoid", X, values, slopes, torch.sigmoid)


# tanh ------------------------------------------------------------------------------------------

tanh = exercise(
    "tanh",
    asks="tanh(X)",
    # Up to 20: who multiplies by the reciprocal of 1 + exp(-2x) squares exp(40) in the backward pass, and
    # float32 still holds that.
    given={"X": tensors(low=-20, high=20)},
    examples=[{"X": torch.tensor([-1.0, 0.0, 1.0])}, OF_FOUR_AXES],
    returns=like("X"),
    oracle=lambda X: X.tanh(),
    # As for sigmoid, twice: near 0 a difference of numbers near 1 keeps their error.
    tolerance=ulps(32),
    differentiable=["X"],
    gradient_tolerance=ulps(256),
    from_scratch=["tanh", "autograd"],
    points={"right_values": 1, "right_gradient": 0.5, "from_scratch": 1},
    hints=SHAPES
    | {
        "right_values": [
            "At 0 it is 0, far to the right 1, far to the left -1. What is it at 1?",
            "tanh(1) is about 0.76: a difference over a sum, of the same two exponentials.",
        ],
        "from_scratch": "Write the formula out with exponentials, or start from another activation.",
    },
)


@tanh.law(
    points=0.5,
    asks="(tanh(X), tanh(-X))",
    given={"X": tensors(low=-20, high=20)},
    returns=several(like("X"), like("X")),
    hint="Draw the curve: it looks the same when it is turned around the origin.",
)
def it_is_odd(before, after):
    """tanh(-x) equals -tanh(x)."""
    assert_close(after, -before, ulps(64), what="tanh(-X)")


@tanh.beyond_the_book(
    given={"X": tensors(low=-1000, high=1000)},
    examples=[{"X": torch.tensor([-1000.0, 0.0, 1000.0])}],
    asks="(tanh(X), slope(tanh, X))",
    returns=several(like("X"), like("X")),
    after=["right_gradient"],
    hint="Where exp overflows you divide infinity by infinity. On which side of 0 does exp(-2x) stay small?",
)
def it_survives_large_arguments_too(X, T, slopes):
    """tanh(1000) is 1, tanh(-1000) is -1, and the derivative there is 0, not nan."""
    right = torch.tanh(X.double())
    assert_close(T, right, ulps(32), what="tanh(X)")
    assert_close(slopes, 1 - right * right, ulps(64), what="the derivative of tanh at X")


@tanh.picture(asks="curve(tanh, X)", **VALUE_AND_SLOPE)
def value_and_slope_of_tanh(X, values, slopes):
    """Show tanh and its derivative."""
    return drawn("tanh", X, values, slopes, torch.tanh)


# activation_gradient ---------------------------------------------------------------------------

DERIVATIVES = {
    "relu": lambda x: (x > 0).double(),
    "sigmoid": lambda x: torch.special.expit(x) * torch.special.expit(-x),
    "tanh": lambda x: torch.cosh(x) ** -2,
    "sin": torch.cos,
    "x²": lambda x: 2 * x,
    "x³": lambda x: 3 * x * x,
    "x|x|": lambda x: 2 * x.abs(),
    "3x + 1": lambda x: torch.full_like(x, 3),
    "x": torch.ones_like,
}

# No derivative here is larger than 1 + 3 x², nor is any product on the way to it.
A_FEW_PRODUCTS = ulps(16, scale=lambda x: 1 + 3 * x.double() ** 2)

activation_gradient = exercise(
    "activation_gradient",
    asks="activation_gradient(FUNCTIONS[name], x)",
    given={"name": st.sampled_from(list(DERIVATIVES)), "x": tensors(low=-10, high=10, nonzero=True)},
    examples=[{"name": "x²", "x": torch.tensor([-1.0, 2.0, 3.0])}],
    returns=like("x"),
    oracle=lambda name, x: DERIVATIVES[name](x),
    tolerance=A_FEW_PRODUCTS,
    changes_arguments=True,  # whether it does is judged by a law of its own
    points={"right_values": 1.5},
    hints={
        "right_type": "torch.autograd.grad gives a tuple; x.grad is None unless x is a leaf that learns.",
        "right_shape": "One derivative an element: x's shape.",
        "right_values": [
            "y[i] depends on x[i] alone. What is then the gradient of the sum of all y?",
            (
                "backward starts from a single number, and leaves its answer in a tensor that "
                "requires a gradient."
            ),
        ],
    },
)


@activation_gradient.law(
    points=0.5,
    given={
        "name": st.sampled_from(list(DERIVATIVES)),
        "x": tensors(low=-10, high=10, nonzero=True),
        "learns, is_leaf": any_of((False, True), (True, True), (True, False)),
    },
    examples=[
        {"name": "x²", "x": torch.tensor([-1.0, 2.0]), "learns": True, "is_leaf": is_leaf}
        for is_leaf in (True, False)
    ],
    asks="bystander(activation_gradient, name, x, learns, is_leaf)",
    returns=several(like("x"), like("x"), boolean(), like("x")),
    after=["right_values"],
    hint="Differentiate at a copy: what is detached from x and then asked to learn doesn't touch x.",
)
def x_stays_as_it_is(name, x, learns, is_leaf, slopes, x_after, learns_after, grad_after):
    """It changes neither the values of x nor x.requires_grad nor any grad, whether x learns or not."""
    if not torch.equal(x_after, x):
        raise Broken("x has other values afterwards", got=x_after, expected=x)
    if learns_after != learns:
        raise Broken(f"x.requires_grad was {learns} and is {learns_after} afterwards")
    if not torch.equal(grad_after, torch.full_like(x, learns)):
        whose = "x.grad" if is_leaf else "the grad of the tensor that x was computed from"
        before = "held ones" if learns else "was None"
        raise Broken(f"{whose} {before} and has changed", got=grad_after)
    assert_close(slopes, DERIVATIVES[name](x.double()), A_FEW_PRODUCTS, inputs={"x": x}, what="the gradient")
