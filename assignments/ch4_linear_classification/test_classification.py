"""4.3 The base classification model."""

import torch
from hypothesis import strategies as st

from grader.laws import (
    EXACT,
    Broken,
    any_of,
    assert_close,
    boolean,
    dtypes,
    exercise,
    like,
    list_of,
    number,
    several,
    tensor,
    tensors,
    text,
    ulps,
)

FLOATS = ("float32", "float64")

# accuracy ----------------------------------------------------------------------------------------


@st.composite
def scores_and_labels(draw):
    """Scores (n, k) without ties, and labels (n,) of which about half are right.

    Two scores of an example are a quarter or more apart, so that softmax doesn't make them equal.
    """
    n, k = draw(st.integers(1, 7)), draw(st.integers(1, 5))
    row = st.lists(st.integers(-40, 40), min_size=k, max_size=k, unique=True)
    scores = torch.tensor([draw(row) for _ in range(n)], dtype=draw(dtypes())) / 4
    guesses = [draw(st.none() | st.integers(0, k - 1)) for _ in range(n)]
    labels = [
        int(best) if guess is None else guess
        for best, guess in zip(scores.argmax(dim=1), guesses, strict=True)
    ]
    return scores, torch.tensor(labels, dtype=draw(any_of(torch.int64, torch.int32)))


def hits(Y_hat, Y):
    """A 1 for each right prediction, and a 0 for each wrong one."""
    return (Y_hat.argmax(dim=1) == Y).double()


# A mean of ones and zeros: one division, or a rounded reciprocal and a product, in the dtype of the answer.
MEAN = ulps(2)

accuracy = exercise(
    "accuracy",
    asks="judged(accuracy, Y_hat, Y)",
    given={"Y_hat, Y": scores_and_labels()},
    examples=[
        {"Y_hat": torch.tensor([[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]]), "Y": torch.tensor([2, 0])},
        {
            "Y_hat": torch.tensor([[-1.0, -3.0, -2.0], [4.0, 9.0, 6.0], [2.0, 0.0, 1.0]]),
            "Y": torch.tensor([0, 2, 0]),
        },
        {"Y_hat": torch.arange(36.0).reshape(3, 12), "Y": torch.tensor([11, 0, 11])},
    ],
    returns=tensor(lambda _: (), dtype=FLOATS),
    oracle=lambda Y_hat, Y: hits(Y_hat, Y).mean(),
    equal=lambda got, expected: assert_close(got, expected, MEAN),
    spellings=["Classifier.accuracy"],
    points={"right_values": 1},
    hints={
        "accepts_its_arguments": "accuracy(Y_hat, Y) must do; what has averaged to be, if it isn't given?",
        "right_type": "Return a tensor: no .item() and no float().",
        "right_shape": "One number for all examples. Along which axis do you look for the largest score?",
        "right_dtype": "A share is a fraction: a comparison gives bool, and bool has no mean.",
        "right_values": [
            "The predicted class is where a row's score is largest. How often is that the label?",
            (
                "argmax along the classes, compare with the labels, and the mean of what is 0 or 1. "
                "Labels and predictions need the same dtype."
            ),
        ],
    },
)


@accuracy.law(
    points=0.25,
    given={
        "Y_hat, Y": scores_and_labels(),
        "factor": st.floats(0.25, 4, width=16),
        "shift": any_of(-40, 0, 40),  # up to 80: an answer may take exponentials, as softmax does
    },
    asks="(judged(accuracy, Y_hat, Y), judged(accuracy, factor * Y_hat + shift, Y))",
    returns=several(tensor(lambda _: (), dtype=FLOATS), tensor(lambda _: (), dtype=FLOATS)),
    hint="Scores need not be probabilities: which one is the largest is all that counts.",
)
def only_the_order_of_scores_counts(before, after):
    """All scores times a positive factor, plus a constant, give the same accuracy."""
    assert_close(after, before, ulps(4), what="the accuracy")


@accuracy.law(
    points=0.5,
    asks="(judged(accuracy, Y_hat, Y, averaged=False), judged(accuracy, Y_hat, Y, False))",
    returns=several(*[tensor(lambda given: (len(given["Y"]),), dtype=FLOATS)] * 2),
    after=["right_values"],
    hint="Before you average there is a number for each example.",
)
def without_averaging_each_example_has_its_own(Y_hat, Y, by_name, by_position):
    """accuracy(Y_hat, Y, averaged=False) has a 1. for each example that is right, and a 0. for each other."""
    for each in (by_name, by_position):
        assert_close(each, hits(Y_hat, Y), EXACT)


@accuracy.law(
    points=0.25,
    asks="(judged(accuracy, Y_hat, Y, True), judged(accuracy, Y_hat, Y, averaged=True))",
    returns=several(*[tensor(lambda _: (), dtype=FLOATS)] * 2),
    after=["right_values"],
    hint="averaged is the third argument: what does True ask for?",
)
def averaging_can_be_asked_for(Y_hat, Y, by_position, by_name):
    """accuracy(Y_hat, Y, True) is the share of right predictions, too."""
    for share in (by_position, by_name):
        assert_close(share, hits(Y_hat, Y).mean(), MEAN)


# Classifier --------------------------------------------------------------------------------------


@st.composite
def models_and_batches(draw):
    """Weights (m, k) and bias (k,), inputs (n, m) and labels (n,), without ties between scores."""
    scores, Y = draw(scores_and_labels())
    # Inputs that count the examples leave any scores possible: with the unit matrix, these are the weights.
    n, k = scores.shape
    b = draw(any_of(torch.zeros(k), torch.full((k,), 0.5))).to(scores.dtype)
    return scores, b, torch.eye(n, dtype=scores.dtype), Y


def steps_of_validation(W, b, X, Y):
    """The loss that the model has, and the accuracy; and how large the terms of the loss are."""
    Y_hat = X @ W + b
    losses = (1 - Y_hat[torch.arange(len(Y)), Y.long()]) ** 2
    return losses.mean(), hits(Y_hat, Y).mean()


def well_noted(notes, expected):
    """Raise `Broken` unless loss and accuracy were plotted once each, for validation."""
    for key, right in zip(("loss", "acc"), expected, strict=True):
        found = [(value, train) for name, value, train in notes if name == key]
        if len(found) != 1:
            names = ", ".join(name for name, _, _ in notes) or "nothing"
            raise Broken(f'"{key}" was plotted {len(found)} times, expected once; plotted was: {names}')
        value, train = found[0]
        if train:
            raise Broken(f'"{key}" was plotted as one of training (train=True)')
        # Scores are quarters up to 11 in size, so that up to the mean all is exact.
        tolerance = ulps(2, scale=max(float(right), 1.0))
        assert_close(torch.tensor(value, dtype=torch.float32), right, tolerance, what=f'"{key}"')


Classifier = exercise(
    "Classifier",
    asks="plotted(Classifier, W, b, X, Y)",
    given={"W, b, X, Y": models_and_batches()},
    examples=[
        {
            "W": torch.tensor([[1.0, -1.0, 0.5], [0.0, 2.0, -2.0]]),
            "b": torch.tensor([0.25, 0.0, -0.25]),
            "X": torch.tensor([[1.0, 0.0], [0.5, 1.0], [2.0, -1.0], [-1.0, 1.0]]),
            "Y": torch.tensor([0, 1, 2, 0]),
        }
    ],
    returns=list_of(several(text(), number(), boolean())),
    oracle=steps_of_validation,
    equal=well_noted,
    points={"right_values": 0.75},
    hints={
        "accepts_its_arguments": "The model's own loss, plot and forward are methods of self.",
        "leaves_arguments_alone": "A batch is for looking at: others will look at it after you.",
        "right_values": [
            'Two lines of plot, for "loss" and for "acc", both about validation: train=False.',
            (
                "Which part of a batch may the model see, and which is what is right? Begin with the "
                "loss; accuracy goes the same way."
            ),
        ],
    },
)


@Classifier.law(
    points=0.25,
    asks="plotted_next(Classifier, W, b, X, Y)",
    returns=several(list_of(several(text(), number(), boolean())), boolean()),
    after=["right_values"],
    hint="What does a step keep for the next one? It needs nothing but the model and the batch.",
)
def a_second_step_is_about_its_own_batch(W, b, X, Y, notes, evaluates):
    """Whatever came before, a step plots the figures of its own batch, and the model goes on evaluating."""
    well_noted(notes, steps_of_validation(W.double(), b.double(), X.double(), Y))
    if not evaluates:
        raise Broken("the model is in training mode after a validation step")


@st.composite
def weights_and_gradients(draw):
    """Weights (m, k), bias (k,), one or two pairs of gradients, and a learning rate."""
    m, k, kind = draw(st.integers(1, 3)), draw(st.integers(1, 3)), draw(dtypes())
    rounds = draw(st.integers(1, 2))
    (W, b), *gradients = (
        [draw(tensors(shape=shape, low=-4, high=4, dtype=kind)) for shape in [(m, k), (k,)]]
        for _ in range(1 + rounds)
    )
    return W, b, gradients, draw(st.floats(2**-6, 2, width=16))


@Classifier.law(
    points=1,
    given={"W, b, gradients, lr": weights_and_gradients()},
    examples=[
        {
            "W": torch.ones(2, 3),
            "b": torch.ones(3),
            "gradients": 2 * [[torch.full((2, 3), 0.5), torch.full((3,), -0.5)]],
            "lr": 0.25,
        }
    ],
    asks="stepped(Classifier, W, b, gradients, lr)",
    returns=several(like("W"), like("b")),
    after=["right_values"],
    hint="Which optimizer knows just gradients and a learning rate? Which parameters does it move?",
)
def its_optimizer_is_plain_descent(W, b, gradients, lr, W_after, b_after):
    """A step of the optimizer moves every parameter by -lr times its gradient, and zero_grad forgets that."""
    for name, start, after, position in [("W", W, W_after, 0), ("b", b, b_after, 1)]:
        moves = [lr * pair[position].double() for pair in gradients]
        # Magnitudes are at most 4 + 2 · 2 · 4; the product and the difference are rounded in each step,
        # and so is the sum of the two halves of b.
        assert_close(after, start.double() - sum(moves), ulps(4, scale=20.0), what=f"{name} after the steps")
