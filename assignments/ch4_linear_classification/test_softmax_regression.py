"""4.1 Softmax regression."""

import torch
from hypothesis import strategies as st

from grader.laws import EXACT, Broken, exercise, tensor


@st.composite
def labels(draw):
    """Labels (n,) and a number of classes, of which some may not occur."""
    num_classes = draw(st.integers(1, 7))
    y = draw(st.lists(st.integers(0, num_classes - 1), min_size=1, max_size=6))
    return torch.tensor(y), num_classes


def encoded(y, num_classes):
    """What is right: rows of an identity matrix."""
    return torch.eye(num_classes)[y]


one_hot = exercise(
    "one_hot",
    asks="one_hot(y, num_classes)",
    given={"y, num_classes": labels()},
    examples=[
        {"y": torch.tensor([0, 2]), "num_classes": 3},
        {"y": torch.tensor([2, 1, 1, 0]), "num_classes": 4},
        {"y": torch.tensor([11, 0, 10, 299]), "num_classes": 300},
    ],
    returns=tensor(lambda given: (len(given["y"]), given["num_classes"]), dtype="float32"),
    oracle=encoded,
    tolerance=EXACT,
    points={"right_values": 0.75},
    hints={
        "right_shape": "A row for each label and a column for each class, also for classes that don't occur.",
        "right_dtype": "Targets are multiplied by logarithms of probabilities later: which dtype have those?",
        "right_values": [
            "Row i is all about label y[i]: which of its components is not like the others?",
            "With 3 classes, label 1 is 0 1 0.",
        ],
    },
)


@one_hot.law(points=0.25, hint="How many classes has one example?")
def each_row_has_a_single_one(Y):
    """Each row holds one 1, and 0 everywhere else."""
    if not ((Y == 0) | (Y == 1)).all():
        raise Broken("there are elements other than 0 and 1", got=Y)
    ones = (Y == 1).sum(dim=1)
    if not (ones == 1).all():
        raise Broken("there is a row without a 1, or with several", got=Y)
