"""4.4 Softmax regression from scratch."""

import torch
from hypothesis import strategies as st

from grader.laws import (
    Broken,
    assert_close,
    boolean,
    exercise,
    like,
    logits,
    predictions,
    scalar,
    several,
    tensor,
    tensors,
    ulps,
    validation_labels,
)

# softmax ---------------------------------------------------------------------------------------

softmax = exercise(
    "softmax",
    asks="softmax(X)",
    given={"X": logits()},
    examples=[{"X": torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]])}],
    returns=like("X"),
    oracle=lambda X: torch.softmax(X, dim=1),
    tolerance=ulps(128),
    differentiable=["X"],
    gradient_tolerance=ulps(512, scale=lambda X: float(max(1, X.shape[1]))),
    from_scratch=["softmax", "log_softmax", "softmin"],
    points={"right_values": 3, "right_gradient": 1, "from_scratch": 4},
    hints={
        "right_shape": "Dividing keeps the shape if the sums keep their axis: look up keepdim.",
        "right_values": "Every row is one example. Along which axis do you sum?",
        "right_gradient": "Stay with operations on X itself: detach, .data and new tensors cut the graph.",
        "from_scratch": "Write the formula out: an exponential, a sum, a division.",
    },
)


@softmax.law(points=1, hint="Which axis do you sum over?")
def each_row_is_a_distribution(X, P):
    """Each row of softmax(X) is non-negative and sums to 1."""
    if not (P >= 0).all():
        raise Broken("there are elements that aren't 0 or more", got=P)
    assert_close(P.sum(dim=1), torch.ones(len(X)), ulps(128), what="the sum of each row")


@softmax.law(
    points=1,
    given={"X": logits(low=-10, high=10), "c": st.floats(-10, 10, width=16)},
    asks="(softmax(X), softmax(X + c))",
    returns=several(like("X"), like("X")),
    hint="Only differences between the scores of a row matter: what does a factor exp(c) do to a fraction?",
)
def a_constant_added_to_all_scores_changes_nothing(X, c, before, after):
    """softmax(X + c) equals softmax(X): only differences between scores matter."""
    assert_close(after, before, ulps(256), what="softmax(X + c)")


@softmax.beyond_the_book(
    given={"X": logits(low=-1000, high=1000)},
    examples=[{"X": torch.tensor([[1000.0, 0.0]])}],
    hint="Subtract the largest score of each row before you exponentiate.",
)
def it_survives_large_scores(X, P):
    """softmax([[1000, 0]]) is [[1, 0]], not nan."""
    assert_close(P, torch.softmax(X.double(), dim=1), ulps(4096), what="softmax(X)")


# cross_entropy ---------------------------------------------------------------------------------


def chosen(y_hat, y):
    """The probabilities of the right classes."""
    return y_hat[torch.arange(len(y)), y]


cross_entropy = exercise(
    "cross_entropy",
    asks="cross_entropy(y_hat, y)",
    given={"y_hat, y": predictions()},
    examples=[{"y_hat": torch.tensor([[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]]), "y": torch.tensor([0, 2])}],
    returns=scalar(dtype_of="y_hat"),
    oracle=lambda y_hat, y: -chosen(y_hat, y).log().mean(),
    # An epsilon of 1e-7 inside the logarithm is allowed: it moves the loss by at most 1e-7 / p.
    tolerance=ulps(64, scale=8.0, floor=lambda y_hat, y: 1.1e-7 / float(chosen(y_hat, y).min())),
    differentiable=["y_hat"],
    # The derivative of -log(p)/n is -1/(n p); an epsilon changes it by the factor 1 - 1e-7/p.
    gradient_tolerance=ulps(
        64,
        scale=lambda y_hat, y: 4 / float(chosen(y_hat, y).min()),
        floor=lambda y_hat, y: 5e-7 / float(chosen(y_hat, y).min()) ** 2,
    ),
    from_scratch=[
        "cross_entropy", "cross_entropy_loss", "nll_loss", "nll_loss_nd", "nll_loss2d", "softmax", "log_softmax",
        "binary_cross_entropy", "kl_div",
    ],
    points={"right_values": 4, "right_gradient": 1, "from_scratch": 4},
    hints={
        "right_type": "Return a tensor, so that backward can follow it: no .item() and no float().",
        "right_shape": "One number for the whole batch: which reduction makes a mean of all examples?",
        "right_values": "For each example only the probability of its right class counts.",
        "right_gradient": "Stay with operations on y_hat itself: detach and .item() cut the graph.",
        "from_scratch": "Pick the probabilities of the right classes by indexing, and take logarithms.",
    },
)  # fmt: skip


@cross_entropy.law(
    points=1,
    given={"y_hat, y": predictions(rows=(1, 1))},
    asks="(cross_entropy(y_hat, y), cross_entropy(torch.cat([y_hat, y_hat]), torch.cat([y, y])))",
    returns=several(scalar(dtype_of="y_hat"), scalar(dtype_of="y_hat")),
    hint="Is it a mean, or a sum?",
)
def the_same_examples_twice_change_nothing(y_hat, y, once, twice):
    """A batch in which every example stands twice has the same loss: the loss is a mean."""
    assert_close(twice, once, ulps(64, scale=8.0), what="the loss of the doubled batch")


@cross_entropy.beyond_the_book(
    given={"y": st.just(torch.tensor([0, 1])), "y_hat": st.just(torch.tensor([[0.0, 1.0], [0.5, 0.5]]))},
    cases=1,
    hint="Keep what goes into the logarithm away from 0.",
)
def it_survives_a_zero_probability(y_hat, y, loss):
    """If the right class has probability 0, the loss is large, but a number."""
    if not loss.isfinite():
        raise Broken("the loss is not finite", got=loss)
    if loss < 5:
        raise Broken("the loss is small, although the right class was given probability 0", got=loss)


# SoftmaxRegressionScratch ------------------------------------------------------------------------


@st.composite
def models_and_images(draw):
    """Weights (m, k) and bias (k,) in float32, and images whose m pixels lie in one or three axes."""
    height, width = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    n, k = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    small = {"low": -2, "high": 2, "dtype": torch.float32}
    shape = draw(st.sampled_from([(n, 1, height, width), (n, height * width)]))
    W = draw(tensors(shape=(height * width, k), **small))
    return W, draw(tensors(shape=(k,), **small)), draw(tensors(shape=shape, **small))


@st.composite
def batches(draw):
    """A model's weights, bias and images, with a label for each image."""
    W, b, X = draw(models_and_images())
    y = draw(st.lists(st.integers(0, W.shape[1] - 1), min_size=len(X), max_size=len(X)))
    return W, b, X, torch.tensor(y)


def probabilities(W, b, X):
    """What a softmax regression predicts."""
    return torch.softmax(X.reshape(len(X), -1) @ W + b, dim=1)


SoftmaxRegressionScratch = exercise(
    "SoftmaxRegressionScratch",
    asks="predicted(SoftmaxRegressionScratch, W, b, X)",
    given={"W, b, X": models_and_images()},
    returns=tensor(lambda given: (len(given["X"]), given["W"].shape[1]), dtype_of="X"),
    oracle=probabilities,
    tolerance=ulps(512),
    uses=["softmax", "cross_entropy"],
    points={"right_values": 3},
    hints={
        "right_shape": "Flatten each image to a row of W.shape[0] pixels; the first axis counts examples.",
        "right_values": "softmax of X W + b, the bias added to every row.",
    },
    seconds=30,
)


@SoftmaxRegressionScratch.law(
    points=1,
    given={"sigma": st.sampled_from([None, 0.01, 0.5])},
    asks="initial(SoftmaxRegressionScratch, 784, 10, sigma)",
    returns=several(
        tensor(lambda _: (784, 10), dtype="float32"), tensor(lambda _: (10,), dtype="float32"), boolean(), boolean()
    ),
    cases=6,
    hint="torch.normal(0, sigma, size=(num_inputs, num_outputs)), and zeros for the bias; both want gradients.",
)
def it_starts_from_small_normal_weights(sigma, W, b, W_learns, b_learns):
    """W is drawn from N(0, sigma²), b is zero, and both want gradients; sigma is 0.01 unless given."""
    starts_normal(W, 0.01 if sigma is None else sigma)
    if b.any():
        raise Broken("b doesn't start at zero", got=b)
    if not (W_learns and b_learns):
        raise Broken(f"{'b' if W_learns else 'W'} doesn't require a gradient")


def starts_normal(W, sigma):
    """Raise `Broken` unless mean, spread and kurtosis are those of n normal numbers, within 6 standard errors."""
    z, n = W.double().reshape(-1) / sigma, W.numel()
    errors = {"mean": (z.mean(), 0.0, 1.0), "variance": (z.var(), 1.0, 2.0), "kurtosis": ((z**4).mean(), 3.0, 96.0)}
    for name, (found, right, variance) in errors.items():
        if not abs(found - right) < 6 * (variance / n) ** 0.5:
            raise Broken(f"the {name} of W / sigma is {found:.3g}, expected about {right:g}")


@SoftmaxRegressionScratch.law(
    points=2,
    given={"W, b, X, y": batches()},
    asks="one_step(SoftmaxRegressionScratch, W, b, X, y)",
    returns=several(like("W"), like("b")),
    hint="parameters() has W and b themselves; the loss is your cross_entropy of what forward returned.",
)
def one_step_is_one_gradient(W, b, X, y, W_after, b_after):
    """One step at learning rate 1 moves W and b by exactly the gradient of the mean cross-entropy."""
    start = [W.double().requires_grad_(), b.double().requires_grad_()]
    loss = -chosen(probabilities(*start, X.double()), y).log().mean()
    for name, before, after, gradient in zip("Wb", start, [W_after, b_after], torch.autograd.grad(loss, start)):
        # Gradients of the loss are averages of (p - 1) x: terms of magnitude 2 here; a step adds W itself.
        # An epsilon of 1e-7 in the logarithm scales (p - 1) by 1 / (1 + 1e-7 / p).
        p = float(chosen(probabilities(W.double(), b.double(), X.double()), y).min())
        assert_close(after, before.detach() - gradient, ulps(512, scale=4.0, floor=4e-7 / p), what=f"{name} after the step")


@SoftmaxRegressionScratch.trains(
    points=2,
    asks="trained_outputs(SoftmaxRegressionScratch)",
    returns=tensor(lambda _: (len(validation_labels()), 10), dtype="float32"),
    band="validation_accuracy",
    hint="If the laws above hold, look at what happens between the batches: does anything change by itself?",
)
def it_learns_to_recognise_clothes(outputs):
    """Trained for 10 epochs on Fashion-MNIST, it recognises as many validation images as the reference does."""
    return (outputs.argmax(dim=1) == validation_labels()).double().mean()
