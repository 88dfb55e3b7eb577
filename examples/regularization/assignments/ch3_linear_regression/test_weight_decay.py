"""3.7 Weight decay."""

import torch

from grader.laws import assert_close, exercise, scalar, several, tensors, ulps


def squares(w):
    """Return half of the sum of squares: what the answer is, and what its terms add up to."""
    return (w.double() ** 2).sum() / 2


l2_penalty = exercise(
    "l2_penalty",
    asks="l2_penalty(w)",
    given={"w": tensors(dims=(1, 2))},
    examples=[{"w": torch.tensor([[3.0, 4.0]])}],
    returns=scalar(dtype_of="w"),
    oracle=lambda w: torch.dot(w.flatten(), w.flatten()) / 2,
    # In halves of an epsilon: a sum of k squares is off by k at most, by way of a norm and its square by
    # k + 4, and k is 25 at most.
    tolerance=ulps(15, scale=squares),
    differentiable=["w"],
    # The derivative is w itself; by way of a norm it is a product and a quotient more.
    gradient_tolerance=ulps(16, scale=lambda w: w.double().abs()),
    points={"right_values": 2},
    hints={
        "right_shape": "A penalty is one number for all weights: what sums up a tensor?",
        "right_values": [
            "Which power of each weight is it?",
            "What makes the derivative of it w, and not 2w?",
        ],
        "right_gradient": "Does .item() or .detach() stand between the weights and the penalty?",
    },
)


@l2_penalty.law(
    points=1,
    asks="(l2_penalty(w), l2_penalty(3 * w))",
    returns=several(scalar(dtype_of="w"), scalar(dtype_of="w")),
    after=["right_values"],
    hint="Is it squared?",
)
def three_times_the_weights_cost_nine_times_as_much(w, once, thrice):
    """l2_penalty(3 * w) is 9 l2_penalty(w)."""
    assert_close(thrice, 9 * once, ulps(9 * 32, scale=float(squares(w))), dtype=w.dtype)
