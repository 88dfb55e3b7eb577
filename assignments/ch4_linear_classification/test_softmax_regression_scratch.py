"""4.4 Softmax regression from scratch."""

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
    logits,
    number,
    predictions,
    scalar,
    several,
    tensor,
    tensors,
    ulps,
    validation_images,
    validation_labels,
)

# softmax ---------------------------------------------------------------------------------------

softmax = exercise(
    "softmax",
    asks="softmax(X)",
    # Up to 20: who subtracts the largest score of all and multiplies by a reciprocal squares exp(40) in the
    # backward pass, and float32 still holds that.
    given={"X": logits(low=-20, high=20)},
    examples=[
        {"X": torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]])},
        {"X": torch.linspace(-3, 3, 24).reshape(2, 12)},
    ],
    returns=like("X"),
    oracle=lambda X: torch.softmax(X, dim=1),
    # A score less a constant (up to 40 in size) or less a log-sum (up to 22) is rounded by up to 24 epsilons,
    # once above and once below the fraction's bar; exp, sum and division add 10. An epsilon of 1e-7 added to
    # the sum is far outside in float64.
    tolerance=ulps(128),
    differentiable=["X"],
    # Each derivative is a sum over the row of w p (1 - p), with weights |w| <= 5 and p as exact as above.
    gradient_tolerance=ulps(512, scale=lambda X: X.shape[1]),
    from_scratch=["softmax", "autograd"],
    points={"right_values": 1.5, "right_gradient": 0.5, "from_scratch": 2},
    hints={
        "right_shape": "Dividing keeps the shape if the sums keep their axis: look up keepdim.",
        "right_values": [
            "Every row is one example. Along which axis do you sum?",
            (
                "The sum needs one number for each row, in a column beside it: which dim, and what "
                "does keepdim do?"
            ),
        ],
        "right_gradient": "Stay with operations on X itself: detach, .data and new tensors cut the graph.",
        "from_scratch": "Write the formula out: an exponential, a sum, a division.",
    },
    seconds=5,
)


@softmax.law(points=0.5, hint="Which axis do you sum over?")
def each_row_is_a_distribution(X, P):
    """Each row of softmax(X) is non-negative and sums to 1."""
    if not (P >= 0).all():
        raise Broken("there are elements that aren't 0 or more", got=P)
    assert_close(P.sum(dim=1), torch.ones(len(X)), ulps(128), what="the sum of each row")


@softmax.law(
    points=0.5,
    given={"X": logits(low=-10, high=10), "c": st.floats(-10, 10, width=16)},
    asks="(softmax(X), softmax(X + c))",
    returns=several(like("X"), like("X")),
    hint="Only differences between scores matter. What does a common factor exp(c) do to a fraction?",
)
def a_constant_added_to_all_scores_changes_nothing(X, c, before, after):
    """softmax(X + c) equals softmax(X): only differences between scores matter."""
    # Two answers, each within 128; X + c is rounded by 8 epsilons more.
    assert_close(after, before, ulps(256), what="softmax(X + c)")


@softmax.beyond_the_book(
    given={"X": logits(low=-1000, high=1000)},
    examples=[{"X": torch.tensor([[1000.0, 0.0]])}],
    hint="Subtract the largest score of each row before you exponentiate.",
)
def it_survives_large_scores(X, P):
    """softmax([[1000, 0]]) is [[1, 0]], not nan."""
    # As above, but differences of up to 2000 are rounded by up to 512 epsilons.
    assert_close(P, torch.softmax(X.double(), dim=1), ulps(4096), what="softmax(X)")


# cross_entropy ---------------------------------------------------------------------------------


def chosen(y_hat, y):
    """The probabilities of the right classes."""
    return y_hat[torch.arange(len(y)), y]


# -log p is at most 7 and correct to 1 epsilon of it, a mean of 12 such terms to 7 more. Answers may add up to
# 1e-6 in the logarithm, against log 0: it moves the loss of an example by at most 1e-6 / p.
EPSILON = 1.1e-6
MEAN_OF_LOGARITHMS = ulps(
    16, scale=8.0, floor=lambda y_hat, y: EPSILON * float((1 / chosen(y_hat, y)).mean())
)

cross_entropy = exercise(
    "cross_entropy",
    asks="cross_entropy(y_hat, y)",
    given={"y_hat, y": predictions()},
    examples=[
        {"y_hat": torch.tensor([[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]]), "y": torch.tensor([0, 2])},
        {
            "y_hat": torch.tensor([[0.75, 0.25], [0.5, 0.5], [0.002, 0.998]]).repeat(4, 1),
            "y": torch.tensor([0, 1, 0, 1, 0, 1, 1, 1, 0, 0, 0, 1]),
        },
    ],
    returns=scalar(dtype_of="y_hat"),
    oracle=lambda y_hat, y: -chosen(y_hat, y).log().mean(),
    tolerance=MEAN_OF_LOGARITHMS,
    differentiable=["y_hat"],
    # The derivative is -w / (n p) with a weight |w| <= 5, few roundings; an epsilon takes off 1e-6 / p of it.
    gradient_tolerance=ulps(
        16,
        scale=lambda y_hat, y: 5 / float(chosen(y_hat, y).min()),
        floor=lambda y_hat, y: 5 * EPSILON / len(y) / chosen(y_hat, y).square()[:, None],
    ),
    from_scratch=["losses", "autograd"],
    points={"right_values": 2, "right_gradient": 0.5, "from_scratch": 2},
    hints={
        "right_type": "Return a tensor, so that backward can follow it: no .item() and no float().",
        "right_shape": "One number for the whole batch: which reduction makes a mean of all examples?",
        "right_values": [
            "For each example only the probability of its right class counts.",
            ("y_hat[[0, 1], [2, 0]] takes column 2 of row 0, and column 0 of row 1. Then log, and "
            "a mean with a minus."),
        ],
        "right_gradient": "Stay with operations on y_hat itself: detach and .item() cut the graph.",
        "from_scratch": "Pick the probabilities of the right classes by indexing, and take logarithms.",
    },
)  # fmt: skip


@cross_entropy.law(
    points=0.5,
    given={"y_hat, y": predictions(rows=(1, 3))},
    asks="(cross_entropy(y_hat, y), cross_entropy(torch.cat([y_hat, y_hat]), torch.cat([y, y])))",
    returns=several(scalar(dtype_of="y_hat"), scalar(dtype_of="y_hat")),
    hint="Is it a mean, or a sum?",
)
def the_same_examples_twice_change_nothing(y_hat, y, once, twice):
    """A batch in which every example stands twice has the same loss: the loss is a mean."""
    assert_close(twice, once, ulps(32, scale=8.0), what="the loss of the doubled batch")


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
def models_and_images(draw, largest=1.5, largest_weight=1.5):
    """Weights (m, k) and bias (k,) in float32, and images whose m <= 9 pixels lie in one or three axes."""
    height, width = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    n, k = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    weight = {"low": -largest_weight, "high": largest_weight, "dtype": torch.float32}
    shape = draw(st.sampled_from([(n, 1, height, width), (n, height * width)]))
    W, b = draw(tensors(shape=(height * width, k), **weight)), draw(tensors(shape=(k,), **weight))
    return W, b, draw(tensors(shape=shape, low=-largest, high=largest, dtype=torch.float32))


@st.composite
def batches(draw):
    """A model's weights, bias and images, with a label for each image: no class is less likely than 1e-3."""
    W, b, X = draw(models_and_images(largest=1.0, largest_weight=0.25))
    y = draw(st.lists(st.integers(0, W.shape[1] - 1), min_size=len(X), max_size=len(X)))
    return W, b, X, torch.tensor(y)


def probabilities(W, b, X):
    """What a softmax regression predicts."""
    return torch.softmax(X.reshape(len(X), -1) @ W + b, dim=1)


PROBABILITIES = tensor(lambda given: (len(given["X"]), given["W"].shape[1]), dtype_of="X")

SoftmaxRegressionScratch = exercise(
    "SoftmaxRegressionScratch",
    asks="predicted(SoftmaxRegressionScratch, W, b, X)",
    given={"W, b, X": models_and_images()},
    examples=[
        {
            "W": torch.tensor([[0.1, 0.9], [-0.8, 0.3], [0.5, -0.2], [0.7, 0.6], [-0.4, 1.0], [0.2, -0.5]]),
            "b": torch.tensor([0.5, -0.5]),
            "X": torch.tensor([[[[0.0, 0.1, 0.2], [0.3, 0.4, 0.5]]], [[[1.0, 0.0, 1.0], [0.5, 0.0, 0.9]]]]),
        }
    ],
    returns=PROBABILITIES,
    oracle=probabilities,
    # A score is a sum of at most 10 terms that stays below 22: 110 epsilons; half of twice that reaches p,
    # and softmax adds its own.
    tolerance=ulps(256),
    points={"right_values": 0.75},
    hints={
        "right_shape": "Flatten each image to a row of W.shape[0] pixels; the first axis counts examples.",
        "right_values": [
            "One softmax of X W + b, each image's pixels in a row, the bias added to each row.",
            (
                "reshape((-1, the number of pixels)) turns a batch of images into a matrix, whatever "
                "the batch's size."
            ),
        ],
    },
    seconds=30,
)


@SoftmaxRegressionScratch.law(
    points=0.25,
    asks="predicted_next(SoftmaxRegressionScratch, W, b, X)",
    returns=several(PROBABILITIES, list_of(number())),
    after=["right_values"],
    hint="Where are W and lr kept: in this object alone? And does forward keep anything?",
)
def it_depends_on_its_own_weights_and_these_images(W, b, X, P, rate):
    """A prediction depends on no other model, and on no images or weights of before; nor does an lr."""
    right = probabilities(W.double(), b.double(), X.double())
    assert_close(P, right, ulps(256), what="the second prediction")
    if rate not in ([], [0.5]):
        raise Broken("lr is not the learning rate that this model was given", got=rate[0], expected=0.5)


@SoftmaxRegressionScratch.law(
    points=0.5,
    given={
        "num_inputs, num_outputs": any_of((784, 10), (64, 64), (1024, 10)),
        "lr": any_of(0.1, 1.0, 0.03),
        "sigma": any_of(None, 0.01, 0.05, 0.5, 2.0),
        "by_name": st.booleans(),
    },
    examples=[
        {"num_inputs": 784, "num_outputs": 10, "lr": 0.1, "sigma": sigma, "by_name": by_name}
        for sigma, by_name in [(None, True), (0.5, False), (2.0, True)]
    ],
    asks="initial(SoftmaxRegressionScratch, num_inputs, num_outputs, lr, sigma, by_name)",
    room=2**18,
    returns=several(
        tensor(lambda given: (given["num_inputs"], given["num_outputs"]), dtype="float32"),
        tensor(lambda given: (given["num_outputs"],), dtype="float32"),
        boolean(),
        boolean(),
    ),
    cases=4,
    hint="Which function draws normal numbers of a given spread? Both W and b must ask for gradients.",
)
def it_starts_from_small_normal_weights(sigma, W, b, W_learns, b_learns):
    """W is drawn from N(0, sigma²), b is zero, and both want gradients; sigma is 0.01 unless given."""
    assert_normal(W, 0.01 if sigma is None else sigma, what="W")
    if b.any():
        raise Broken("b doesn't start at zero", got=b)
    if not (W_learns and b_learns):
        raise Broken(f"{'b' if W_learns else 'W'} doesn't require a gradient")


@SoftmaxRegressionScratch.law(
    points=0.5,
    given={"y_hat, y": predictions()},
    asks="loss_of(SoftmaxRegressionScratch, y_hat, y)",
    returns=scalar(dtype_of="y_hat"),
    hint="forward returns probabilities, and so your cross_entropy takes what it gets.",
)
def its_loss_is_the_cross_entropy(y_hat, y, loss):
    """loss(y_hat, y) is the mean cross-entropy of predicted probabilities and classes."""
    right = -chosen(y_hat.double(), y).log().mean()
    assert_close(loss, right, MEAN_OF_LOGARITHMS, inputs={"y_hat": y_hat, "y": y}, what="the loss")


@SoftmaxRegressionScratch.law(
    points=1,
    given={"W, b, X, y": batches()},
    asks="one_step(SoftmaxRegressionScratch, W, b, X, y)",
    returns=several(like("W"), like("b"), boolean()),
    after=["right_values", "its_loss_is_the_cross_entropy"],
    hint="parameters() gives W and b themselves, and the loss hangs on both through what forward returns.",
)
def one_step_is_one_gradient(W, b, X, y, W_after, b_after, learned):
    """One step at learning rate 1 moves W and b by exactly the gradient of the mean cross-entropy."""
    if not learned:
        raise Broken("no gradient reaches the loss: W and b are cut off (detach, .data, no_grad, .item()?)")
    start = [W.double().requires_grad_(), b.double().requires_grad_()]
    p = chosen(probabilities(*start, X.double()), y)
    # A gradient is a mean of terms (p - 1) x of magnitude 1 at most; p is as exact as softmax and a sum of 10
    # terms below 3 can be. An epsilon of 1e-6 in the logarithm takes away 1e-6 / p of each term.
    tolerance = ulps(256, floor=EPSILON * (1 / p).mean().item())
    gradients = torch.autograd.grad(-p.log().mean(), start)
    for name, before, after, gradient in zip("Wb", (W, b), (W_after, b_after), gradients, strict=True):
        assert_close(after, before.double() - gradient, tolerance, what=f"{name} after the step")


def accuracy_of(P):
    """The share of validation images to whose class P (n, classes) gives the largest probability."""
    return (P.argmax(dim=1) == validation_labels()).double().mean()


LEARNED = several(
    tensor(lambda _: (784, 10), dtype="float32"), tensor(lambda _: (10,), dtype="float32")
)  # W and b


@SoftmaxRegressionScratch.trains(
    points=1,
    asks="trained(SoftmaxRegressionScratch, device)",
    returns=several(*[LEARNED] * 10),
    band="validation_accuracy",
    hint="If the laws above hold, look from batch to batch: does a second step do what the first one did?",
)
def it_learns_to_recognise_clothes(learned):
    """Trained for 10 epochs on Fashion-MNIST, it recognises as many clothes as the reference does."""
    # The weights came back, and predict here: the student's code never saw these images.
    # The best of the last three epochs: one epoch in a hundred ends with the weights in a bad corner, for
    # right models too, which would make the distribution's tail long and the band useless.
    return max(accuracy_of(probabilities(W, b, validation_images())) for W, b in learned[-3:])


@SoftmaxRegressionScratch.picture(of="it_learns_to_recognise_clothes")
def accuracy_and_loss(learned):
    """Show both after each epoch."""
    outputs = [probabilities(W, b, validation_images()) for W, b in learned]
    losses = [F.nll_loss(P.log(), validation_labels()) for P in outputs]
    return beside(
        by_epoch("validation accuracy", [accuracy_of(P) for P in outputs], band="validation_accuracy"),
        by_epoch("validation loss", losses),
    )
