"""5.3 Forward and backward propagation."""

import torch
from hypothesis import strategies as st

from grader.laws import (
    Broken,
    assert_close,
    boolean,
    dtypes,
    exercise,
    like,
    scalar,
    several,
    tensor,
    tensors,
    ulps,
)

MARGIN = 2.0**-12


@st.composite
def networks(draw):
    """An input (d,), a target (q,), weights (h, d) and (q, h), and a lambda; no pre-activation is near 0.

    Rounding moves a pre-activation by less than 1e-5: far less than the margin that keeps its sign.
    """
    d, h, q = (draw(st.integers(1, 4)) for _ in "dhq")
    number = {"low": -3, "high": 3, "dtype": draw(dtypes())}
    x = draw(tensors(shape=(d,), nonzero=True, **number))
    y, W1, W2 = (draw(tensors(shape=shape, **number)) for shape in [(q,), (h, d), (q, h)])
    near = (W1.double() @ x.double()).abs() < MARGIN
    W1[near, x.abs().argmax()] += draw(st.sampled_from([1, -1]))  # moves these by 2^-10 at least
    return x, y, W1, W2, draw(st.sampled_from([0.0, 0.5, 2.0]) | st.floats(0, 3, width=16))


INPUTS = {"x, y, W1, W2, lambd": networks()}
EXAMPLES = [
    {
        "x": torch.tensor([1.0, 2.0]),
        "y": torch.tensor([3.0]),
        "W1": torch.tensor([[1.0, 1.0], [1.0, -1.0]]),
        "W2": torch.tensor([[2.0, 5.0]]),
        "lambd": 2.0,
    },
    {
        "x": torch.tensor([1.0, -2.0, 0.5]),
        "y": torch.tensor([-1.0, 2.0]),
        "W1": torch.tensor([[0.5, 1.0, -1.0], [1.0, -0.5, 2.0], [-1.0, -1.0, 1.0], [0.5, 0.5, 0.5]]),
        "W2": torch.tensor([[1.0, -1.0, 0.5, 2.0], [0.5, 1.5, -2.0, 1.0]]),
        "lambd": 0.5,
    },
    {  # square matrices: a transpose too many, or one too few, doesn't show in any shape
        "x": torch.tensor([1.0, -2.0]),
        "y": torch.tensor([0.0, 1.0]),
        "W1": torch.tensor([[1.0, -1.0], [2.0, 0.5]]),
        "W2": torch.tensor([[1.0, 2.0], [-1.0, 0.5]]),
        "lambd": 3.0,
    },
]


def magnitudes(x, y, W1, W2, lambd):
    """The sums of the magnitudes of all terms in z, in o - y, and in the objective."""
    x, y, W1, W2 = (given.double().abs() for given in (x, y, W1, W2))
    of_z = W1 @ x
    of_error = W2 @ of_z + y
    return of_z, of_error, of_error @ of_error / 2 + lambd / 2 * (W1.square().sum() + W2.square().sum())


def propagated(x, y, W1, W2, lambd):
    """What is right: z, h, o and J."""
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    return z, h, o, ((o - y).square().sum() + lambd * (W1.square().sum() + W2.square().sum())) / 2


# forward_propagation -----------------------------------------------------------------------------


def steps(x, y, W1, W2, lambd):
    """What is right, each with the sum of the magnitudes of its terms."""
    of_z, of_error, of_J = magnitudes(x, y, W1, W2, lambd)
    return list(zip(propagated(x, y, W1, W2, lambd), (of_z, of_z, of_error, of_J), strict=True))


# A sum of n terms has rounded n times, by half an epsilon of their magnitudes: z 4 times, o 8 times. The
# squares of o - y double its 9 roundings and add 6; the penalty sums up to 32 squares, in 4 more operations.
ROUNDING = 24
BY_TERMS = ulps(ROUNDING, scale=lambda terms: terms)


def all_steps_close(got, expected):
    """Raise `Broken` unless z, h, o and J are each within the rounding of their terms."""
    for name, one, (right, terms) in zip("zhoJ", got, expected, strict=True):
        assert_close(one, right, BY_TERMS, inputs={"terms": terms}, what=name)


forward_propagation = exercise(
    "forward_propagation",
    asks="forward_propagation(x, y, W1, W2, lambd)",
    given=INPUTS,
    examples=EXAMPLES,
    returns=several(
        tensor(lambda given: (len(given["W1"]),), dtype_of="x"),
        tensor(lambda given: (len(given["W1"]),), dtype_of="x"),
        like("y"),
        scalar(dtype_of="x"),
    ),
    oracle=steps,
    equal=all_steps_close,
    points={"right_values": 2},
    hints={
        "right_type": "Four tensors, in this order: z, h, o, J.",
        "right_shape": "Vectors stay vectors: W1 (h, d) times x (d,) has shape (h,). J is a single number.",
        "leaves_arguments_alone": "x, y and the weights belong to the caller: make new tensors from them.",
        "right_values": [
            "z and h differ, where z is negative. J is a loss plus a penalty, each with a half.",
            (
                "h is z, but for the negative ones. The penalty has the squares of both weights, and "
                "none of what they are multiplied by."
            ),
        ],
    },
)


@forward_propagation.law(
    points=0.25,
    asks="forward_propagation(x, y, W1, W2, 0.0)[3]",
    returns=scalar(dtype_of="x"),
    hint="Without a penalty only o and y are left. Which distance is it, and how much of it?",
)
def without_a_penalty_the_objective_is_the_loss(x, y, W1, W2, J):
    """For lambd = 0, J is half the sum of the squared differences between o and y."""
    of_error = magnitudes(x, y, W1, W2, 0)[1]
    tolerance = ulps(ROUNDING, scale=float(of_error @ of_error) / 2)
    assert_close(J, propagated(x.double(), y.double(), W1.double(), W2.double(), 0)[3], tolerance, what="J")


@forward_propagation.law(
    points=0.5,
    asks="forward_propagation(x, W2 @ (W1 @ x).clamp(min=0), W1, W2, lambd)[3]",
    returns=scalar(dtype_of="x"),
    hint="Both layers are penalised, with which factor? Are their norms added, or the squares of these?",
)
def without_a_loss_the_objective_is_the_penalty(x, W1, W2, lambd, J):
    """Where the target is the network's own output, J is lambd / 2 times the sum of all squared weights."""
    penalty = lambd / 2 * (W1.double().square().sum() + W2.double().square().sum())
    # Output and target are rounded, each in its own way: the square of that is left of the loss.
    of_o = magnitudes(x, torch.zeros(len(W2)), W1, W2, 0)[1]
    rounding = 16 * torch.finfo(x.dtype).eps * of_o
    tolerance = ulps(ROUNDING, scale=float(penalty), floor=float(rounding @ rounding))
    assert_close(J, penalty, tolerance, what="J")


def has_slopes(network):
    """Whether neither norm in J is nearly 0, where a root, although it is squared, has no slope."""
    x, y, W1, W2, _lambd = network
    return min(one.abs().max() for one in (W1, W2, W2 @ (W1 @ x).clamp(min=0) - y)) > MARGIN


@forward_propagation.law(
    points=0.25,
    given={"x, y, W1, W2, lambd": networks().filter(has_slopes)},
    asks="slopes(forward_propagation, x, y, W1, W2, lambd)",
    returns=several(several(*map(like, ("x", "y", "W1", "W2"))), boolean()),
    after=["right_values"],
    hint="Stay with operations on tensors: detach, .item(), NumPy and new tensors cut the graph.",
)
def gradients_flow_through_every_step(x, y, W1, W2, lambd, found, reach_all):
    """z, h, o and J depend on x, y, W1 and W2 in such a way that gradients flow back to them."""
    leaves = [one.double().requires_grad_() for one in (x, y, W1, W2)]
    right = torch.autograd.grad(sum(one.sum() for one in propagated(*leaves, lambd)), leaves)
    if not reach_all:
        raise Broken("no gradient reaches one of x, y, W1 and W2: what is returned is cut off from it")
    names, scales = ("x", "y", "W1", "W2"), of_slopes(x, y, W1, W2, lambd)
    for name, got, expected, terms in zip(names, found, right, scales, strict=True):
        what = f"the gradient of z + h + o + J, summed, with respect to {name}"
        assert_close(got, expected, BY_TERMS, inputs={"terms": terms}, what=what)


def of_slopes(x, y, W1, W2, lambd):
    """The sums of the magnitudes of all terms in the gradients of z, h, o and J, summed."""
    of_z, of_error, _ = magnitudes(x, y, W1, W2, lambd)
    x, W1, W2 = x.double().abs(), W1.double().abs(), W2.double().abs()
    of_o = 1 + of_error
    of_hidden = 2 + W2.T @ of_o  # z and h themselves, and what comes back from o
    return (
        W1.T @ of_hidden,
        of_error,
        torch.outer(of_hidden, x) + lambd * W1,
        torch.outer(of_o, of_z) + lambd * W2,
    )


# backward_propagation ------------------------------------------------------------------------------


def gradients(x, y, W1, W2, lambd):
    """What is right, by autograd, each with the sums of the magnitudes of its terms."""
    W1, W2 = W1.clone().requires_grad_(), W2.clone().requires_grad_()
    of_W1, of_W2 = torch.autograd.grad(propagated(x, y, W1, W2, lambd)[3], [W1, W2])
    of_z, of_error, _ = magnitudes(x, y, W1.detach(), W2.detach(), lambd)
    scale_1 = torch.outer(W2.detach().abs().T @ of_error, x.abs()) + lambd * W1.detach().abs()
    return [(of_W1, scale_1), (of_W2, torch.outer(of_error, of_z) + lambd * W2.detach().abs())]


# o - y has rounded 9 times, by half an epsilon of its magnitudes; h, or the sum over the outputs, 4 times;
# two products and a sum are left.
FEW_ROUNDINGS = ulps(12, scale=lambda terms: terms)


def both_close(got, expected):
    """Raise `Broken` unless both gradients are within the rounding of their terms."""
    for name, one, (right, terms) in zip(("W1", "W2"), got, expected, strict=True):
        assert_close(one, right, FEW_ROUNDINGS, inputs={"terms": terms}, what=f"dJ/d{name}")


backward_propagation = exercise(
    "backward_propagation",
    asks="backward_propagation(x, y, W1, W2, lambd)",
    given=INPUTS,
    examples=EXAMPLES,
    returns=several(like("W1"), like("W2")),
    oracle=gradients,
    equal=both_close,
    from_scratch=["autograd"],
    points={"right_values": 2, "from_scratch": 1.5},
    hints={
        "right_type": "Two tensors, in this order: the gradients with respect to W1 and to W2.",
        "right_shape": "A gradient has the shape of its matrix. Which product of two vectors is a matrix?",
        "leaves_arguments_alone": "x, y and the weights belong to the caller: make new tensors from them.",
        "right_values": [
            "Go from J back to o, to W2 and h, to z, to W1. Each weight is in the penalty, too.",
            (
                "dJ/do = o - y. dJ/dW2 is an outer product: of dJ/do with what? Where z is negative, "
                "nothing comes back."
            ),
        ],
        "from_scratch": "Write down the derivative of each step of forward_propagation, the last step first.",
    },
    seconds=30,  # the first use of torch.func imports hundreds of modules
)


@backward_propagation.law(
    points=0.25,
    hint="Which of relu's two straight lines is such a unit on, and what is the slope there?",
)
def silent_units_feel_only_the_penalty(x, W1, lambd, of_W1, of_W2):
    """Where z is negative, a hidden unit has no say: its row of dJ/dW1 is lambd times its row of W1."""
    silent = W1.double() @ x.double() < 0
    # One product, exact but for its last digit.
    right, tolerance = lambd * W1[silent].double(), ulps(2, scale=4 * lambd)
    assert_close(of_W1[silent], right, tolerance, what="dJ/dW1 at silent units")


@backward_propagation.law(
    points=0.25,
    asks="backward_propagation(x, W2 @ (W1 @ x).clamp(min=0), W1, W2, lambd)",
    hint="Where o equals y the loss is flat. What is then left of J, and what is its derivative?",
)
def without_an_error_only_the_penalty_is_left(x, W1, W2, lambd, of_W1, of_W2):
    """Where the target is the network's own output, the gradients are lambd W1 and lambd W2."""
    of_z, of_o, _ = magnitudes(x, torch.zeros(len(W2)), W1, W2, lambd)
    # Output and target are rounded, each in its own way, as the output is above.
    of_h = W2.double().abs().T @ of_o
    for name, got, W, terms in [
        ("W1", of_W1, W1.double(), torch.outer(of_h, x.double().abs())),
        ("W2", of_W2, W2.double(), torch.outer(of_o, of_z)),
    ]:
        inputs = {"terms": terms + lambd * W.abs()}
        assert_close(got, lambd * W, FEW_ROUNDINGS, inputs=inputs, what=f"dJ/d{name}")
