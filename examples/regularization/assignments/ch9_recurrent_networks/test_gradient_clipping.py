"""9.5 Gradient clipping."""

import torch
from hypothesis import strategies as st

from grader.laws import EXACT, Broken, assert_close, dtypes, exercise, list_of, tensor, tensors, ulps


@st.composite
def gradients_of(draw):
    """Gradients of one to three parameters, of one dtype."""
    kind = draw(dtypes())
    return [draw(tensors(dims=(1, 2), sizes=(1, 3), dtype=kind)) for _ in range(draw(st.integers(1, 3)))]


def length(gradients):
    """Return the length of all gradients, as one vector."""
    return torch.cat([gradient.double().flatten() for gradient in gradients]).norm()


def clipped(gradients, max_norm):
    """Return what is right, in float64."""
    factor = max_norm / torch.clamp(length(gradients), min=max_norm)
    return [factor * gradient for gradient in gradients]


clip_gradients = exercise(
    "clip_gradients",
    asks="clip_gradients(gradients, max_norm)",
    given={"gradients": gradients_of(), "max_norm": st.floats(0.5, 40.0, width=16)},
    examples=[{"gradients": [torch.tensor([3.0, 0.0]), torch.tensor([[4.0]])], "max_norm": 1.0}],
    returns=list_of(tensor(dtype_of="gradients")),
    oracle=clipped,
    # In halves of an epsilon: the length of 27 numbers is off by 27 / 2 + 1 at most, the quotient and the
    # product by 1 each, and max_norm, where it becomes a tensor, by 1. No element is longer than the whole.
    tolerance=ulps(9, scale=lambda gradients, max_norm: min(float(length(gradients)), max_norm)),
    from_scratch=["torch.nn.utils.clip_grad"],
    points={"right_values": 3, "from_scratch": 1},
    hints={
        "leaves_arguments_alone": "gradient *= factor writes into what you were given.",
        "right_type": "A list, with a tensor for each gradient.",
        "right_values": [
            "How long are all gradients together, as one vector?",
            "The factor is the same for all of them, and never more than 1.",
        ],
        "from_scratch": "A sum of squares, a root, and a factor.",
    },
)


@clip_gradients.law(points=1, after=["right_values"], hint="What do they have to be multiplied by?")
def together_they_are_no_longer_than_max_norm(max_norm, shortened):
    """The length of all returned gradients together is max_norm at most."""
    allowed = 32 * torch.finfo(shortened[0].dtype).eps
    if not length(shortened) <= max_norm * (1 + allowed):
        raise Broken(f"together they are {float(length(shortened)):g} long, and {max_norm:g} is allowed")


@clip_gradients.law(
    points=1,
    asks="clip_gradients(gradients, 1000.0)",
    returns=list_of(tensor(dtype_of="gradients")),
    after=["right_values"],
    hint="What is shorter than max_norm, is it made longer?",
)
def what_is_short_enough_stays_as_it_is(gradients, kept):
    """Where all gradients together are shorter than max_norm, they come back unchanged."""
    for gradient, one in zip(gradients, kept, strict=True):
        assert_close(one, gradient, EXACT, what="a gradient")
