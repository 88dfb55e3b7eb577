"""2.5 Automatic differentiation."""

import torch
from hypothesis import strategies as st

from grader.laws import Broken, assert_close, boolean, exercise, like, several, tensors, ulps

BOOKS = torch.tensor([0.0, 1.0, 2.0, 3.0])
FORM = {
    "right_type": "Is there a return? torch.autograd.grad gives a tuple; x.grad is None unless x is a leaf.",
    "right_shape": "One derivative for each element: x's shape.",
    "right_dtype": "Let every tensor of your own have x's dtype.",
}


def same_values(before, after):
    """Raise unless the argument has the values that it had."""
    if not torch.equal(after, before):
        raise Broken("the argument has other values afterwards", got=after, expected=before)


# gradient --------------------------------------------------------------------------------------

GRADIENTS = {
    "2 x·x": lambda x: 4 * x,
    "sum": torch.ones_like,
    "mean": lambda x: torch.ones_like(x) / x.numel(),
    "sum of x³ - x": lambda x: 3 * x * x - 1,
    "square of the first": lambda x: 2 * x * (torch.arange(x.numel()) == 0).reshape(x.shape),
    "square of the sum": lambda x: 2 * x.sum() * torch.ones_like(x),
    "sum of sin": torch.cos,
    "log-sum-exp": lambda x: x.reshape(-1).softmax(dim=0).reshape(x.shape),
}

# At most 125 numbers |x| <= 10. A gradient is a few products no larger than 1 + 3 x², or a sum of up to 125
# numbers, each addition off by half an epsilon of the sum of their magnitudes: 64. Softmax keeps the error of
# arguments up to 10, and of their sum.
A_FEW_OPERATIONS = ulps(
    96, scale=lambda x: 1 + 3 * float(x.double().abs().max()) ** 2 + 2 * float(x.double().abs().sum())
)

gradient = exercise(
    "gradient",
    asks="gradient(SCALARS[name], x)",
    given={"name": st.sampled_from(list(GRADIENTS)), "x": tensors(low=-10, high=10)},
    examples=[{"name": "2 x·x", "x": BOOKS}],
    returns=like("x"),
    oracle=lambda name, x: GRADIENTS[name](x),
    tolerance=A_FEW_OPERATIONS,
    changes_arguments=True,  # whether it does is judged by a law of its own
    points={"right_values": 0.5},
    hints=FORM
    | {
        "right_values": [
            "Let x learn, compute f there, go backward: what does x hold then?",
            (
                "Only a tensor that requires a gradient gets one. x must stay as it is: what could "
                "learn in its place?"
            ),
        ]
    },
)


@gradient.law(
    points=0.5,
    given={
        "name": st.sampled_from(list(GRADIENTS)),
        "x": tensors(low=-10, high=10),
        "learns": st.booleans(),
        "holds": st.booleans(),
    },
    examples=[
        {"name": "2 x·x", "x": BOOKS, "learns": learns, "holds": holds}
        for learns in (True, False)
        for holds in (True, False)
    ],
    asks="bystander(gradient, name, x, learns, holds)",
    returns=several(like("x"), like("x"), boolean(), like("x")),
    after=["right_values"],
    hint="Differentiate at a tensor of your own that has x's values and no connection to x.",
)
def x_stays_as_it_is(name, x, learns, holds, slopes, x_after, learns_after, grad_after):
    """It changes neither the values of x nor x.requires_grad nor x.grad, whatever these were before."""
    same_values(x, x_after)
    if learns_after != learns:
        raise Broken(f"x.requires_grad was {learns} and is {learns_after} afterwards")
    if not (grad_after == 1 if holds else grad_after.isnan()).all():  # nan stands for None
        raise Broken(f"x.grad {'held ones' if holds else 'was None'} and has changed")
    right = GRADIENTS[name](x.double())
    assert_close(slopes, right, A_FEW_OPERATIONS, inputs={"x": x}, what="the gradient")


# elementwise_gradient --------------------------------------------------------------------------

DERIVATIVES = {
    "x²": lambda x: 2 * x,
    "x³": lambda x: 3 * x * x,
    "sin": torch.cos,
    "tanh": lambda x: torch.cosh(x) ** -2,
    "x|x|": lambda x: 2 * x.abs(),
    "3x + 1": lambda x: torch.full_like(x, 3),
}

elementwise_gradient = exercise(
    "elementwise_gradient",
    asks="elementwise_gradient(ELEMENTWISE[name], x)",
    given={
        "name": st.sampled_from(list(DERIVATIVES)),
        "x": tensors(dims=(1, 1), sizes=(1, 6), low=-10, high=10, nonzero=True),
    },
    examples=[{"name": "x²", "x": BOOKS}],
    returns=like("x"),
    oracle=lambda name, x: DERIVATIVES[name](x),
    # No derivative here is larger than 1 + 3 x², nor is any product on the way to it.
    tolerance=ulps(16, scale=lambda x: 1 + 3 * x.double() ** 2),
    changes_arguments=True,  # the book lets x learn; that its values stay is a law of its own
    points={"right_values": 0.75},
    hints=FORM
    | {
        "accepts_its_arguments": "backward on several numbers must be told how much each of them counts.",
        "right_values": [
            "f(x)[i] depends on x[i] alone. What is then the gradient of the sum of all f(x)[i]?",
            (
                "backward needs one number: sum the results first. Each x[i] gets only the share of "
                "its own f(x)[i]."
            ),
        ],
    },
)


@elementwise_gradient.law(
    points=0.25,
    asks="(elementwise_gradient(ELEMENTWISE[name], x), x)",
    returns=several(like("x"), like("x")),
    after=["right_values"],
    hint="Methods whose name ends in _ write into x itself, and so does x[...] = ….",
)
def x_keeps_its_values(x, _slopes, x_after):
    """The numbers in x are the same afterwards."""
    same_values(x, x_after)


# detached_product_gradient ---------------------------------------------------------------------

detached_product_gradient = exercise(
    "detached_product_gradient",
    asks="detached_product_gradient(x)",
    given={"x": tensors()},
    examples=[{"x": BOOKS}],
    returns=like("x"),
    oracle=lambda x: x * x,
    # A product or a power, and perhaps a product with 1.
    tolerance=ulps(4, scale=lambda x: x.double() ** 2),
    changes_arguments=True,
    points={"right_values": 0.75},
    hints=FORM
    | {
        "right_values": [
            "The derivative of u * x with respect to x, where u is a constant?",
            "detach gives the same numbers without their history. What is left to differentiate?",
        ]
    },
)


@detached_product_gradient.law(
    points=0.25,
    asks="(detached_product_gradient(x), x)",
    returns=several(like("x"), like("x")),
    after=["right_values"],
    hint="Methods whose name ends in _ write into x itself, and so does x *= ….",
)
def its_argument_keeps_its_values(x, _slopes, x_after):
    """The numbers in x are the same afterwards."""
    same_values(x, x_after)


# control_flow_gradient -------------------------------------------------------------------------


def slope(a):
    """Return f(a) / a: f is a straight line through 0 on either side of it, in pieces."""
    b = 2 * a
    while abs(b) < 1000:
        b = 2 * b
    return (b if b > 0 else 100 * b) / a


MAGNITUDES = st.one_of(
    st.floats(2**-20, 1, width=32), st.floats(1, 1000, width=32), st.floats(1000, 10000, width=32)
)

control_flow_gradient = exercise(
    "control_flow_gradient",
    asks="control_flow_gradient(a)",
    given={
        "a": st.tuples(
            MAGNITUDES, st.sampled_from([1, -1]), st.sampled_from([torch.float32, torch.float64])
        ).map(lambda drawn: torch.tensor(drawn[0] * drawn[1], dtype=drawn[2]))
    },
    # One on each side, one whose norm becomes exactly 1000, and one that is large from the start.
    examples=[{"a": torch.tensor(number)} for number in (3.0, -3.0, 125.0, -4000.0)],
    returns=like("a"),
    oracle=slope,
    # Powers of two are exact. Dividing f(a) by a instead rounds once, and 100 b before that.
    tolerance=ulps(2, scale=slope),
    changes_arguments=True,
    points={"right_values": 0.75},
    hints=FORM
    | {
        "right_values": [
            "How often is it doubled? And what else happens to a negative number?",
            (
                "The result is k * a for some k that depends on a. Then the gradient is k, which is "
                "the result over a."
            ),
        ]
    },
)


@control_flow_gradient.law(
    points=0.25,
    asks="(control_flow_gradient(a), a)",
    returns=several(like("a"), like("a")),
    after=["right_values"],
    hint="b *= 2 writes into b itself. Which other name does this tensor have?",
)
def a_keeps_its_value(a, _slope, a_after):
    """The number in a is the same afterwards."""
    same_values(a, a_after)
