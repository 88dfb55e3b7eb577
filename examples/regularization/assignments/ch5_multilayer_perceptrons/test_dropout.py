"""5.6 Dropout."""

import torch
from hypothesis import strategies as st

from grader.laws import any_of, assert_close, exercise, like, several, tensors, ulps


@st.composite
def units_and_masks(draw):
    """Hidden units (n, d), and which of them are kept."""
    X = draw(tensors(dims=(2, 2)))
    kept = draw(st.lists(st.booleans(), min_size=X.numel(), max_size=X.numel()))
    return X, torch.tensor(kept).reshape(X.shape)


dropout_layer = exercise(
    "dropout_layer",
    asks="dropout_layer(X, mask, dropout)",
    given={"X, mask": units_and_masks(), "dropout": any_of(0.0, 0.2, 0.5, 0.75)},
    examples=[
        {
            "X": torch.tensor([[1.0, 2.0, 3.0], [-4.0, -5.0, -6.0]]),
            "mask": torch.tensor([[True, False, True], [True, True, False]]),
            "dropout": 0.75,
        }
    ],
    returns=like("X"),
    oracle=lambda X, mask, dropout: torch.where(mask, X, torch.zeros_like(X)) / (1 - dropout),
    # 1 - dropout, or what it is turned into, is rounded once or twice, and the product once: three halves.
    tolerance=ulps(2, scale=lambda X, dropout: X.double().abs() / (1 - dropout)),
    differentiable=["X"],
    # As above, times a weight |w| <= 5, which is rounded once more.
    gradient_tolerance=ulps(3, scale=lambda dropout: 5 / (1 - dropout)),
    from_scratch=["dropout"],
    points={"right_values": 3, "from_scratch": 1},
    hints={
        "leaves_arguments_alone": "X[~mask] = 0 writes into X. What makes a new tensor?",
        "right_values": [
            "What becomes of the elements that stay?",
            "If half of the elements go, how large must the other half be for the same sum?",
        ],
        "from_scratch": "A mask is a factor of 0 or 1 for each element.",
    },
)


@dropout_layer.law(
    points=1,
    asks="(dropout_layer(X, mask, 0.5), dropout_layer(X, ~mask, 0.5))",
    returns=several(like("X"), like("X")),
    after=["right_values"],
    hint="Either an element is kept, or it is kept by the other mask.",
)
def a_mask_and_its_opposite_make_x_on_average(X, kept, others):
    """At a rate of 0.5, the mean of what a mask keeps and of what it drops is X."""
    assert_close((kept.double() + others.double()) / 2, X.double(), ulps(2, scale=30.0), dtype=X.dtype)
