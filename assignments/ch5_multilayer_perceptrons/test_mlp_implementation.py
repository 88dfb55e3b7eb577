"""5.2 Implementation of multilayer perceptrons."""

import torch
from hypothesis import strategies as st
from torch.nn import functional as F

from grader.laws import (
    Broken,
    any_of,
    assert_close,
    assert_normal,
    beside,
    boolean,
    by_epoch,
    exercise,
    like,
    list_of,
    number,
    several,
    tensor,
    tensors,
    ulps,
    validation_images,
    validation_labels,
)


@st.composite
def networks_and_images(draw, images=None, biases=None):
    """Weights W1 (m, h), W2 (h, k), biases b1 (h,), b2 (k,); images whose m pixels lie in one or three axes.

    All in float32 and at most 1 in size; m is at most 9, h and k at most 4, and the three differ.
    """
    height, width = draw(st.sampled_from([(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (2, 3), (3, 2), (3, 3)]))
    m = height * width
    h = draw(st.integers(1, 4).filter(lambda size: size != m))
    k = draw(st.integers(1, 4).filter(lambda size: size not in {m, h}))
    n = draw(st.integers(1, 4))
    small = {"low": -1.0, "high": 1.0, "dtype": torch.float32}
    shape = draw(st.sampled_from([(n, 1, height, width), (n, m)]))
    W1 = draw(images((m, h)) if images else tensors(shape=(m, h), **small))
    b1 = draw(biases((h,)) if biases else tensors(shape=(h,), **small))
    W2, b2 = draw(tensors(shape=(h, k), **small)), draw(tensors(shape=(k,), **small))
    return W1, b1, W2, b2, draw(images(shape) if images else tensors(shape=shape, **small))


def fractions(first, last, step):
    """A strategy of tensors of one shape with elements `first`, `first + step` up to `last`."""

    def made(shape):
        count = torch.Size(shape).numel()
        steps = st.lists(st.integers(0, round((last - first) / step)), min_size=count, max_size=count)
        return steps.map(lambda chosen: (first + step * torch.tensor(chosen).float()).reshape(shape))

    return made


@st.composite
def batches(draw):
    """A network's weights, biases and images, with a label for each image.

    W1 and X hold quarters, b1 holds odd multiples of 1/32: what goes into the hidden units is computed
    without any rounding and is never 0, where relu has no derivative.
    """
    quarters, odd = fractions(-1.0, 1.0, 1 / 4), fractions(-31 / 32, 31 / 32, 1 / 16)
    W1, b1, W2, b2, X = draw(networks_and_images(images=quarters, biases=odd))
    y = draw(st.lists(st.integers(0, W2.shape[1] - 1), min_size=len(X), max_size=len(X)))
    return W1, b1, W2, b2, X, torch.tensor(y)


def scores_of(W1, b1, W2, b2, X):
    """What a network with one hidden layer of rectified linear units makes of images."""
    return (X.reshape(len(X), -1) @ W1 + b1).clamp(min=0) @ W2 + b2


SCORES = tensor(lambda given: (len(given["X"]), given["W2"].shape[1]), dtype_of="X")
# A hidden unit is a sum of at most 10 terms that stays below 10: 50 epsilons. A score is a sum of at most 5
# terms, below 41: four times that, and 100 of its own.
OF_SCORES = ulps(512)
# A score in the steps is as exact, so a probability p is to 600 epsilons; the gradient of W2 is a mean of
# terms (p - y) h with h below 10, that of W1 one of terms x (p - y) W2, of which a unit adds up 4.
OF_A_STEP = ulps(8192)
STEPPED = several(several(like("W1"), like("b1"), like("W2"), like("b2")), boolean())
EXAMPLE = {
    "W1": torch.tensor([[0.5, -1.0], [-0.5, 0.25], [1.0, 0.75], [0.25, -0.75]]),
    "b1": torch.tensor([0.1, -0.2]),
    "W2": torch.tensor([[1.0, -0.5, 0.2], [0.3, 0.8, -1.0]]),
    "b2": torch.tensor([0.5, 0.0, -0.5]),
    "X": torch.tensor([[[[0.0, 0.1], [0.2, 0.3]]], [[[1.0, 0.0], [0.5, 0.0]]]]),
}


SQUARE = {  # matrices of one shape: nothing may depend on whether shapes differ
    "W1": torch.tensor([[0.5, -1.0], [-0.5, 0.25]]),
    "b1": torch.tensor([0.1, -0.2]),
    "W2": torch.tensor([[1.0, -0.5], [0.3, 0.8]]),
    "b2": torch.tensor([0.5, -0.5]),
    "X": torch.tensor([[1.0, 0.5], [-0.25, 1.0]]),
}


def assert_stepped(start, X, y, after, learned):
    """Raise `Broken` unless W1, b1, W2 and b2 have moved by the gradient of the cross-entropy."""
    names = ("W1", "b1", "W2", "b2")
    if not learned:
        raise Broken("no gradient reaches the scores: they are cut off (detach, .data, no_grad, argmax?)")
    leaves = [parameter.double().requires_grad_() for parameter in start]
    gradients = torch.autograd.grad(F.cross_entropy(scores_of(*leaves, X.double()), y), leaves)
    for name, before, now, gradient in zip(names, start, after, gradients, strict=True):
        assert_close(now, before.double() - gradient, OF_A_STEP, what=f"{name} after the step")


def assert_next_scores(weights, X, scores, rate):
    """Raise `Broken` unless the scores are those of these weights, and lr, if it is kept, what was given."""
    right = scores_of(*(one.double() for one in (*weights, X)))
    assert_close(scores, right, OF_SCORES, what="the second result")
    if rate not in ([], [0.5]):
        raise Broken("lr is not the learning rate that this network was given", got=rate[0], expected=0.5)


def accuracy_of(scores):
    """The share of validation images to whose class the scores (n, classes) give the largest."""
    return (scores.argmax(dim=1) == validation_labels()).double().mean()


def best_accuracy(learned):
    """The best validation accuracy after the last three epochs; one epoch may end in a bad corner.

    The weights came back, and predict here: the student's code never saw these images.
    """
    return max(accuracy_of(scores_of(*weights, validation_images())) for weights in learned[-3:])


def accuracy_and_loss(learned, band):
    """A picture of both after each epoch."""
    outputs = [scores_of(*weights, validation_images()) for weights in learned]
    losses = [F.cross_entropy(scores, validation_labels()) for scores in outputs]
    return beside(
        by_epoch("validation accuracy", [accuracy_of(scores) for scores in outputs], band),
        by_epoch("validation loss", losses),
    )


SHAPES_LEARNED = ((784, 256), (256,), (256, 10), (10,))  # W1, b1, W2, b2
LEARNED = several(*[tensor(lambda _, shape=shape: shape, dtype="float32") for shape in SHAPES_LEARNED])

# MLPScratch ------------------------------------------------------------------------------------

MLPScratch = exercise(
    "MLPScratch",
    asks="scores(MLPScratch, W1, b1, W2, b2, X)",
    given={"W1, b1, W2, b2, X": networks_and_images()},
    examples=[EXAMPLE, SQUARE],
    returns=SCORES,
    oracle=scores_of,
    tolerance=OF_SCORES,
    points={"right_values": 0.75},
    hints={
        "accepts_its_arguments": "Each image becomes a row of W1.shape[0] pixels before it meets W1.",
        "right_shape": "Flatten each image to a row of W1.shape[0] pixels; the first axis counts examples.",
        "right_values": [
            "H = relu(X W1 + b1), then H W2 + b2: where is the relu, and where is none?",
            (
                "The images become rows first, as in softmax regression. The second layer's result "
                "goes out as it is."
            ),
        ],
    },
    seconds=30,
)


@MLPScratch.law(
    points=0.25,
    given={"W1, b1, W2, b2, X": networks_and_images(), "wider": st.booleans()},
    examples=[{**EXAMPLE, "wider": False}, {**EXAMPLE, "wider": True}],
    asks="next_scores(MLPScratch, W1, b1, W2, b2, X, wider)",
    returns=several(SCORES, list_of(number())),
    after=["right_values"],
    hint="Where are the weights and lr kept: in this object alone? And does forward keep anything?",
)
def it_depends_on_its_own_weights_and_these_images(W1, b1, W2, b2, X, scores, rate):
    """Scores depend on no other network (of `wider` images or not), and on no images or weights of before.

    Nor does lr, if it is kept.
    """
    assert_next_scores((W1, b1, W2, b2), X, scores, rate)


@MLPScratch.law(
    points=0.75,
    given={
        "num_inputs, num_outputs, num_hiddens": any_of((256, 40, 128), (64, 64, 64), (100, 60, 50)),
        "lr": any_of(0.1, 1.0, 0.03),
        "sigma": any_of(None, 0.01, 0.05, 0.5, 2.0),
        "by_name": st.booleans(),
    },
    examples=[
        {
            "num_inputs": 256,
            "num_outputs": 40,
            "num_hiddens": 128,
            "lr": 0.1,
            "sigma": sigma,
            "by_name": by_name,
        }
        for sigma, by_name in [(None, True), (0.5, False), (2.0, True)]
    ],
    asks="initial(MLPScratch, num_inputs, num_outputs, num_hiddens, lr, sigma, by_name)",
    room=2**18,
    returns=several(
        tensor(lambda given: (given["num_inputs"], given["num_hiddens"]), dtype="float32"),
        tensor(lambda given: (given["num_hiddens"],), dtype="float32"),
        tensor(lambda given: (given["num_hiddens"], given["num_outputs"]), dtype="float32"),
        tensor(lambda given: (given["num_outputs"],), dtype="float32"),
        boolean(),
    ),
    cases=4,
    hint="Which function draws normal numbers of a given spread? All four need gradients.",
)
def it_starts_from_small_normal_weights(sigma, W1, b1, W2, b2, learn):
    """W1 and W2 are drawn from N(0, sigma²), sigma 0.01 unless given; b1 and b2 are 0; all want gradients."""
    for name, weight in (("W1", W1), ("W2", W2)):
        assert_normal(weight, 0.01 if sigma is None else sigma, what=name)
    for name, bias in (("b1", b1), ("b2", b2)):
        if bias.any():
            raise Broken(f"{name} doesn't start at zero", got=bias)
    if not learn:
        raise Broken("not all of W1, b1, W2 and b2 require a gradient")


@MLPScratch.law(
    points=1,
    given={"W1, b1, W2, b2, X, y": batches()},
    asks="one_step(MLPScratch, W1, b1, W2, b2, X, y)",
    returns=STEPPED,
    after=["right_values"],
    hint="parameters() gives all four tensors themselves, and the scores hang on each of them.",
)
def one_step_is_one_gradient(W1, b1, W2, b2, X, y, after, learned):
    """One step at learning rate 1 moves all four by exactly the gradient of the mean cross-entropy."""
    assert_stepped((W1, b1, W2, b2), X, y, after, learned)


@MLPScratch.trains(
    points=1.25,
    asks="trained_scratch(MLPScratch, device)",
    returns=several(*[LEARNED] * 10),
    band="validation_accuracy_from_tensors",
    hint="If the laws above hold, look from batch to batch: does a second step do what the first one did?",
)
def it_learns_to_recognise_clothes(learned):
    """Trained for 10 epochs on Fashion-MNIST, it recognises as many clothes as the reference does."""
    return best_accuracy(learned)


@MLPScratch.picture(of="it_learns_to_recognise_clothes")
def accuracy_and_loss_of_tensors(learned):
    """Show what the network of tensors learned."""
    return accuracy_and_loss(learned, "validation_accuracy_from_tensors")


# MLP -------------------------------------------------------------------------------------------

MLP = exercise(
    "MLP",
    asks="layered_scores(MLP, W1, b1, W2, b2, X)",
    given={"W1, b1, W2, b2, X": networks_and_images()},
    examples=[EXAMPLE],
    returns=SCORES,
    oracle=scores_of,
    tolerance=OF_SCORES,
    points={"right_values": 0.75},
    hints={
        "accepts_its_arguments": "The number of pixels is not given: which layer finds it out by itself?",
        "right_shape": "One row of scores for each image: which layer makes a row of an image?",
        "right_values": [
            "Two linear layers, the first with num_hiddens outputs, and what between them?",
            (
                "nn.Sequential applies layers one after the other. One of them has to make rows of "
                "the images first."
            ),
        ],
    },
    seconds=30,
)


@MLP.law(
    points=0.25,
    asks="next_layered_scores(MLP, W1, b1, W2, b2, X)",
    returns=several(SCORES, list_of(number())),
    after=["right_values"],
    hint="Where are the layers and lr kept: in this object alone? And does forward keep anything?",
)
def it_depends_on_its_own_weights_and_these_images(W1, b1, W2, b2, X, scores, rate):  # noqa: F811 - of layers
    """Scores depend on no other network, and on no images of before; nor does lr, if it is kept."""
    assert_next_scores((W1, b1, W2, b2), X, scores, rate)


@MLP.law(
    points=1,
    given={"W1, b1, W2, b2, X, y": batches()},
    asks="layered_step(MLP, W1, b1, W2, b2, X, y)",
    returns=STEPPED,
    after=["right_values"],
    hint="parameters() gives those of both layers, and the scores hang on each of them.",
)
def one_step_is_one_gradient(W1, b1, W2, b2, X, y, after, learned):  # noqa: F811 - of layers
    """One step at learning rate 1 moves the parameters by exactly the gradient of the mean cross-entropy."""
    assert_stepped((W1, b1, W2, b2), X, y, after, learned)


@MLP.trains(
    points=1,
    asks="trained_layers(MLP, device)",
    returns=several(*[LEARNED] * 10),
    band="validation_accuracy_from_layers",
    hint="If the laws above hold, look from batch to batch: does a second step do what the first one did?",
)
def it_learns_to_recognise_clothes(learned):  # noqa: F811 - of layers
    """Trained for 10 epochs on Fashion-MNIST, it recognises as many clothes as the reference does."""
    return best_accuracy(learned)


@MLP.picture(of="it_learns_to_recognise_clothes")
def accuracy_and_loss_of_layers(learned):
    """Show what the network of layers learned."""
    return accuracy_and_loss(learned, "validation_accuracy_from_layers")
