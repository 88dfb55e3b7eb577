"""3.4 Linear regression from scratch."""

import math

import torch
from hypothesis import strategies as st

from grader.laws import (
    EXACT,
    Broken,
    any_of,
    assert_close,
    assert_normal,
    beside,
    boolean,
    by_epoch,
    dtypes,
    exercise,
    like,
    list_of,
    number,
    scalar,
    several,
    tensor,
    tensors,
    ulps,
)

FLOAT32 = {"dtype": torch.float32}


def float32(shape):
    """A float32 tensor of this shape comes back."""
    return tensor(lambda _: shape, dtype="float32")


def all_close(got, right, tolerance, what):
    """Raise `Broken` unless each tensor of a list is close to the one that is right."""
    if len(got) != len(right):
        raise Broken(f"the number of tensors is {len(got)}, expected {len(right)}")
    for position, (one, expected) in enumerate(zip(got, right, strict=True), start=1):
        assert_close(one, expected, tolerance, what=f"{what} {position} of {len(right)}")


# LinearRegressionScratch -------------------------------------------------------------------------


@st.composite
def models_and_examples(draw):
    """Weights (m, 1), bias (1,), examples (n, m) and targets (n, 1), in float32."""
    n, m = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    w, b = (draw(tensors(shape=shape, low=-2, high=2, **FLOAT32)) for shape in [(m, 1), (1,)])
    X = draw(tensors(shape=(n, m), low=-2, high=2, **FLOAT32))
    return w, b, X, draw(tensors(shape=(n, 1), low=-5, high=5, **FLOAT32))


LinearRegressionScratch = exercise(
    "LinearRegressionScratch",
    asks="predicted(LinearRegressionScratch, w, b, X)",
    given={"w, b, X, y": models_and_examples()},
    examples=[
        {
            "w": torch.tensor([[2.0], [-3.5]]),
            "b": torch.tensor([4.25]),
            "X": torch.tensor([[1.0, 0.5], [0.0, -1.0], [2.0, 2.0]]),
            "y": torch.zeros(3, 1),
        }
    ],
    returns=tensor(lambda given: (len(given["X"]), 1), dtype_of="X"),
    oracle=lambda w, b, X, y: X @ w + b,
    # At most five terms, of magnitude 18 together: each operation rounds by half an epsilon of that.
    tolerance=ulps(8, scale=18.0),
    differentiable=["X"],
    gradient_tolerance=ulps(1, scale=10.0),  # a weight of the model, 2 at most, times one |w| <= 5
    points={"right_values": 0.625, "right_gradient": 0.125},
    hints={
        "right_gradient": "Predictions follow from X by operations on tensors: a layer below learns through "
        "them.",
        "right_type": "forward returns the predictions, a tensor computed from X, w and b.",
        "right_shape": "X (n, num_inputs) times w (num_inputs, 1) is (n, 1); keep both axes.",
        "right_dtype": "w and b in torch's default dtype leave the predictions in that of X.",
        "leaves_arguments_alone": "X belongs to the caller: compute a new tensor from it.",
        "right_values": [
            "A weighted sum of the features, plus the bias, for every example.",
            (
                "X has a row for each example, w has a row for each feature: which product has a row "
                "for each example?"
            ),
        ],
    },
    seconds=30,
)


@LinearRegressionScratch.law(
    points=0.25,
    asks="predicted_beside_another(LinearRegressionScratch, w, b, X)",
    returns=several(*[tensor(lambda given: (len(given["X"]), 1), dtype_of="X")] * 2),
    cases=8,
    after=["right_values"],
    hint="What is made once, in the class, as a default argument or outside, belongs to all models.",
)
def two_models_share_nothing(w, b, X, by_forward, by_call):
    """A model predicts with its own w and b of now, whatever becomes of those of another model.

    model(X), where a model can be called, is what model.forward(X) is.
    """
    right, allowed = X.double() @ w.double() + b.double(), ulps(8, scale=18.0)
    assert_close(by_forward, right, allowed, what="the prediction")
    assert_close(by_call, right, allowed, what="model(X)")


@LinearRegressionScratch.law(
    points=0.5,
    given={"sigma": any_of(None, 0.01, 0.5), "by_name": st.booleans()},
    asks="initial(LinearRegressionScratch, 10000, sigma, by_name)",
    room=2**18,
    returns=several(float32((10_000, 1)), float32((1,)), boolean(), boolean()),
    examples=[
        {"sigma": None, "by_name": True},
        {"sigma": 0.5, "by_name": True},
        {"sigma": 0.5, "by_name": False},
    ],
    cases=3,
    hint="What does the third argument of the constructor stand for? And which of w and b is random?",
)
def it_starts_from_small_normal_weights(sigma, w, b, w_learns, b_learns):
    """Weights w are drawn from N(0, sigma²), sigma is 0.01 unless given; b is zero; both want gradients."""
    assert_normal(w, 0.01 if sigma is None else sigma, what="w")
    if b.any():
        raise Broken("b doesn't start at zero", got=b)
    if not (w_learns and b_learns):
        raise Broken(f"{'b' if w_learns else 'w'} doesn't require a gradient")


@st.composite
def predictions_and_targets(draw):
    """Predictions and targets, both (n, 1)."""
    shape, kind = (draw(st.integers(1, 6)), 1), draw(dtypes())
    return tuple(draw(tensors(shape=shape, low=-10, high=10, dtype=kind)) for _ in range(2))


@LinearRegressionScratch.law(
    points=0.5,
    given={"y_hat, y": predictions_and_targets()},
    asks="loss_of(LinearRegressionScratch, y_hat, y)",
    returns=several(scalar(dtype_of="y_hat"), like("y_hat"), like("y")),
    hint="Three things make up the formula: a square, a half, and a mean.",
)
def the_loss_is_the_mean_of_half_squares(y_hat, y, loss, y_hat_after, y_after):
    """loss(y_hat, y) is the mean of half the squared differences, and leaves y_hat and y as they are."""
    for name, before, after in (("y_hat", y_hat, y_hat_after), ("y", y, y_after)):
        if not torch.equal(before, after):
            raise Broken(f"{name} has other numbers afterwards", got=after, expected=before)
    right = ((y_hat.double() - y.double()) ** 2 / 2).mean()
    # Half squares of magnitude 200, a mean of at most six: fewer than eight roundings in any order.
    assert_close(loss, right, ulps(8, scale=200.0), what="the loss")


@LinearRegressionScratch.law(
    points=1,
    asks="one_step(LinearRegressionScratch, w, b, X, y)",
    returns=several(like("w"), like("b")),
    after=["right_values", "the_loss_is_the_mean_of_half_squares"],
    hint="The loss must follow from w and b by operations on tensors: does anything cut the graph?",
)
def one_step_is_one_gradient(w, b, X, y, w_after, b_after):
    """One step at learning rate 1 moves w and b by exactly the gradient of the mean half squared error."""
    w, b, X, y = w.double(), b.double(), X.double(), y.double()
    error = X @ w + b - y
    # Errors are at most 23, gradients are means of terms of at most 46, each of some ten roundings.
    allowed = ulps(16, scale=48.0)
    assert_close(w_after, w - X.T @ error / len(X), allowed, what="w after the step")
    assert_close(b_after, b - error.mean(dim=0), allowed, what="b after the step")


@st.composite
def models_and_gradients(draw):
    """Weights (m, 1), bias (1,), two gradients for each, and a learning rate."""
    m = draw(st.integers(1, 4))
    w, b, *gradients = (draw(tensors(shape=shape, low=-2, high=2, **FLOAT32)) for shape in 3 * [(m, 1), (1,)])
    return w, b, gradients[:2], gradients[2:], draw(learning_rates())


def learning_rates():
    """Learning rates between 1/64 and 2."""
    return st.floats(2**-6, 2, width=16)


@LinearRegressionScratch.law(
    points=1,
    given={"w, b, first, second, lr": models_and_gradients()},
    asks="optimized(LinearRegressionScratch, w, b, first, second, lr)",
    returns=several(like("w"), like("b")),
    after=["right_values"],
    hint="configure_optimizers returns a plain SGD over both parameters, with the constructor's lr.",
)
def its_optimizer_descends_on_w_and_b(w, b, first, second, lr, w_after, b_after):
    """Each step of configure_optimizers()'s optimizer moves w and b by -lr times their gradients."""
    of_w, of_b = (one.double() + two.double() for one, two in zip(first, second, strict=True))
    # Magnitudes are at most 2 + 2 · 2 · 2; in each step the rate, the product and the difference are rounded.
    assert_close(w_after, w.double() - lr * of_w, ulps(8, scale=10.0), what="w after two steps")
    assert_close(b_after, b.double() - lr * of_b, ulps(8, scale=10.0), what="b after two steps")


# SGD -----------------------------------------------------------------------------------------------


@st.composite
def parameters(draw, rounds=1):
    """One to three parameters of unrelated shapes, a gradient for each and round, and a learning rate."""
    kind = draw(dtypes())
    shapes = draw(st.lists(st.lists(st.integers(1, 3), max_size=3), min_size=1, max_size=3))
    drawn = [
        [draw(tensors(shape=shape, low=-10, high=10, dtype=kind)) for shape in shapes]
        for _ in range(1 + rounds)
    ]
    return *drawn, draw(learning_rates())


def largest(*lists):
    """The largest magnitude in lists of tensors."""
    return max(float(one.abs().max()) for some in lists for one in some)


SGD = exercise(
    "SGD",
    asks="stepped(SGD, params, gradients, lr)",
    given={"params, gradients, lr": parameters()},
    examples=[
        {
            "params": [torch.tensor([[1.0], [2.0]]), torch.tensor([3.0])],
            "gradients": [torch.tensor([[10.0], [-20.0]]), torch.tensor([5.0])],
            "lr": 0.1,
        }
    ],
    returns=list_of(tensor(dtype_of="params")),
    oracle=lambda params, gradients, lr: [
        param - lr * gradient for param, gradient in zip(params, gradients, strict=True)
    ],
    # The rate, the product and the difference are each rounded once: less than two epsilons together.
    tolerance=ulps(4, scale=lambda params, gradients, lr: largest(params) + lr * largest(gradients)),
    changes_arguments=True,
    from_scratch=["optimizers"],
    points={"right_values": 1.25, "from_scratch": 2},
    hints={
        "accepts_its_arguments": "SGD(params, lr) keeps both, for step() and zero_grad() to use.",
        "right_type": "The parameters stay tensors of the dtype that they had.",
        "right_values": [
            (
                "Down the gradient, by lr, for every parameter. A model holds the very same tensor "
                "objects: a new tensor under the same name changes nothing for it."
            ),
            "Compare id(param) before and after the step: did the tensor change, or is there another one?",
        ],
        "from_scratch": "A loop over the parameters and one line in it are all that it takes.",
    },
)


@SGD.law(
    points=0.5,
    asks="cleared(SGD, gradients)",
    returns=list_of(tensor()),
    hint="backward adds to what is in .grad: what should be there before it?",
)
def zero_grad_clears_every_gradient(gradients, left):
    """After zero_grad() the gradient of every parameter is zero, or None."""
    all_close(left, [torch.zeros_like(gradient) for gradient in gradients], EXACT, "gradient")


@SGD.law(
    points=0.5,
    asks="cleared_at_once(SGD, params)",
    returns=several(list_of(tensor()), tensor()),
    hint="Before the first backward, what is param.grad? And where only some parameters have one?",
)
def zero_grad_is_fine_before_any_backward(params, after, left):
    """zero_grad() needs no backward before it, and clears the gradients that there are."""
    all_close(after, params, EXACT, "parameter")
    if left.any():
        raise Broken(
            "the last parameter has a gradient, those before it have none: it is not cleared", got=left
        )


@SGD.law(
    points=0.5,
    given={"params, first, second, lr": parameters(rounds=2)},
    asks="stepped_twice(SGD, params, first, second, lr)",
    returns=several(list_of(tensor()), boolean(), boolean()),
    after=["right_values", "zero_grad_clears_every_gradient"],
    hint="A step depends on the parameters, their gradients and lr, and on nothing that was before.",
)
def each_step_follows_its_own_gradient(params, first, second, lr, after, learning, moves_the_last):
    """Two rounds of backward, step, zero_grad move the parameters by -lr times the sum of both gradients.

    Where only the last parameter has a gradient, a step moves it, or raises an error.
    """
    if not learning:
        raise Broken("after a step the parameters don't require gradients any more: they learn no further")
    right = [
        param.double() - lr * one.double() - lr * two.double()
        for param, one, two in zip(params, first, second, strict=True)
    ]
    # Twice the roundings of one step.
    scale = largest(params) + lr * (largest(first) + largest(second))
    all_close(after, right, ulps(8, scale=scale), "parameter")
    if not moves_the_last:
        raise Broken("the last parameter has a gradient, those before it have none: it stays where it is")


@SGD.law(
    points=0.25,
    asks="stepped_beside_another(SGD, params, gradients, lr)",
    returns=several(list_of(tensor()), list_of(tensor())),
    cases=8,
    after=["right_values"],
    hint="Whose are params and lr: the object's, its class's, or the module's?",
)
def two_optimizers_share_nothing(params, gradients, lr, mine, others):
    """A step moves the optimizer's own parameters at its own rate, and those of no other optimizer."""
    right = [param.double() - lr * one.double() for param, one in zip(params, gradients, strict=True)]
    all_close(mine, right, ulps(4, scale=largest(params) + lr * largest(gradients)), "parameter")
    all_close(others, params, EXACT, "parameter of another optimizer, number")


# fit_epoch -------------------------------------------------------------------------------------------


@st.composite
def starts_and_examples(draw):
    """Weights (m, 1), bias (1,), examples (n, m), targets (n, 1), a batch size and a learning rate."""
    n, m, kind = draw(st.integers(1, 7)), draw(st.integers(1, 3)), draw(dtypes())
    w, b = (draw(tensors(shape=shape, low=-2, high=2, dtype=kind)) for shape in [(m, 1), (1,)])
    X = draw(tensors(shape=(n, m), low=-1, high=1, dtype=kind))
    y = draw(tensors(shape=(n, 1), low=-5, high=5, dtype=kind))
    return w, b, X, y, draw(st.integers(1, 4)), draw(st.floats(1 / 16, 1 / 4, width=16))


def descended(w, b, X, y, batch_size, lr, *, epochs=2, clip=0.0):
    """What minibatch gradient descent makes of w and b, by the formula."""
    w, b, X, y = w.double(), b.double(), X.double(), y.double()
    for X_batch, y_batch in epochs * list(zip(X.split(batch_size), y.split(batch_size), strict=True)):
        error = X_batch @ w + b - y_batch
        of_w, of_b = X_batch.T @ error / len(error), error.mean(dim=0)
        norm = float((of_w**2).sum() + (of_b**2).sum()) ** 0.5
        scale = clip / norm if 0 < clip < norm else 1.0
        w, b = w - lr * scale * of_w, b - lr * scale * of_b
    return [w, b]


# With |x| ≤ 1 in at most three features and lr ≤ 1/4, lr times the curvature is at most 1: a step doesn't
# enlarge the errors of those before, they add up. The terms of an error Xw + b - y sum up to 18 at most. This
# error and its mean over a batch round nine times, by half an epsilon of that; lr takes a quarter; the update
# adds half an epsilon: 1.6 epsilons a step, in 14 steps.
ROUNDING = {"multiple": 24, "scale": 18.0}

fit_epoch = exercise(
    "fit_epoch",
    asks="fitted(fit_epoch, w, b, X, y, batch_size, lr)",
    given={"w, b, X, y, batch_size, lr": starts_and_examples()},
    examples=[
        {
            "w": torch.tensor([[0.5], [-0.5]]),
            "b": torch.tensor([0.0]),
            "X": torch.tensor([[1.0, 0.0], [0.5, 1.0], [-1.0, 0.5], [0.0, -0.5], [1.0, 1.0]]),
            "y": torch.tensor([[4.0], [1.0], [2.0], [-3.0], [0.0]]),
            "batch_size": 2,
            "lr": 0.25,
        }
    ],
    returns=list_of(tensor(dtype_of="w")),
    oracle=descended,
    tolerance=ulps(**ROUNDING),
    spellings=["Trainer.fit_epoch"],
    points={"right_values": 2},
    hints={
        "accepts_its_arguments": "fit_epoch has one argument, the trainer: model, optimizer and data are its "
        "attributes.",
        "right_type": "The model's parameters keep the dtype that they had.",
        "leaves_arguments_alone": "The minibatches are views of the data set: a change to them stays there.",
        "right_values": [
            (
                "For every training batch, also the last, smaller one: one backward, from cleared "
                "gradients, and one step after it. Validation changes nothing."
            ),
            (
                "Write down what happens to one batch, in order. What would the next batch find in "
                "the gradients?"
            ),
        ],
    },
    seconds=30,
)

SIZES = {"n": st.integers(1, 7), "m": st.integers(1, 5), "batch_size": st.integers(1, 4)}


@fit_epoch.law(
    given=SIZES,
    asks="examples_used(fit_epoch, n, m, batch_size)",
    returns=list_of(list_of(number())),
    cases=20,
    hint="In which order do zero_grad, backward and step belong, and what is in .grad when step looks there?",
)
def each_step_follows_the_gradient_of_one_batch(n, m, batch_size, steps):
    """Each step follows the gradient of one batch: of those that the loader has for this epoch, in order."""
    first = list(range(n))
    right = [
        sorted(order[start : start + batch_size])
        for order in (first, first[1:] + first[:1])
        for start in range(0, n, batch_size)
    ]
    if steps != right:
        message = (
            f"each list holds the examples whose gradient a step of two epochs followed; the first {n}, "
            f"counted from 0, are for training, the other {m} for validation. The second epoch's batches "
            "begin with another example than the first one's"
        )
        raise Broken(message, got=steps, expected=right)


@fit_epoch.law(
    points=0.5,
    asks="fitted_to_prepared(fit_epoch, w, b, X, y, batch_size, lr)",
    returns=several(list_of(tensor(dtype_of="w")), boolean()),
    cases=20,
    after=["right_values"],
    hint="On a GPU, prepare_batch moves the batch there: which batches need that?",
)
def every_batch_is_prepared(w, b, X, y, batch_size, lr, after, prepared):
    """What the model sees, in training and in validation, are the batches that prepare_batch returns."""
    right = descended(w, b, X / 2, y + 1, batch_size, lr, epochs=1)
    all_close(after, right, ulps(**ROUNDING), "trained on what prepare_batch returns, parameter")
    if not prepared:
        raise Broken("a batch reached the model without having gone through prepare_batch")


@fit_epoch.law(
    points=0.5,
    given={
        "w, b, X, y, batch_size, lr": starts_and_examples(),
        "clip": any_of(0.0, 0.25, 1.0, 2.0, 100.0),
    },
    asks="fitted(fit_epoch, w, b, X, y, batch_size, lr, clip=clip)",
    returns=list_of(tensor(dtype_of="w")),
    after=["right_values"],
    hint="When are the gradients there, and not used yet? And what does a gradient_clip_val of 0 mean?",
)
def gradients_are_clipped_before_the_step(w, b, X, y, batch_size, lr, clip, after):
    """If gradient_clip_val is above 0, gradients are clipped to this norm after backward and before step."""
    right = descended(w, b, X, y, batch_size, lr, clip=clip)
    # An epsilon of 1e-6 in the norm that is divided by, as torch's own clipping has it, is fine: it moves
    # each of 14 steps by at most lr · 1e-6.
    all_close(after, right, ulps(**ROUNDING, floor=14e-6 / 4), "parameter")


@fit_epoch.law(
    points=0.5,
    asks="fitted(fit_epoch, w, b, X, y, batch_size, lr, moody=True)",
    returns=list_of(tensor(dtype_of="w")),
    cases=20,
    after=["right_values"],
    hint="The validation of the epoch before has left the model in evaluation mode.",
)
def it_trains_in_training_mode(w, b, X, y, batch_size, lr, after):
    """The model is put into training mode before its first batch, in every epoch."""
    right = descended(w, b, X, y, batch_size, lr)
    all_close(after, right, ulps(**ROUNDING), "the model answers differently in evaluation mode; parameter")


@fit_epoch.law(
    points=0.5,
    given=SIZES,
    asks="validated(fit_epoch, n, m, batch_size)",
    returns=several(list_of(number()), boolean(), boolean(), boolean()),
    cases=20,
    after=["right_values"],
    hint="Two switches, one of the model's and one of torch's, tell validation from training.",
)
def validation_only_looks(n, m, rows, in_eval_mode, without_gradients, after_training):
    """After training, every validation batch goes through the model, in eval mode and without gradients."""
    if sorted(rows) != list(range(n, n + m)):
        raise Broken(f"{len(rows)} of {m} validation examples went through the model")
    if not in_eval_mode:
        raise Broken("the model is in training mode while it validates")
    if not without_gradients:
        raise Broken("operations are recorded for a backward pass while the model validates")
    if not after_training:
        raise Broken("the model saw a validation batch before it had seen all training batches")


@fit_epoch.law(
    points=0.5,
    asks="fitted(fit_epoch, w, b, X, y, batch_size, lr, validates=False)",
    returns=list_of(tensor(dtype_of="w")),
    cases=10,
    after=["right_values"],
    hint="A val_dataloader may be None.",
)
def without_validation_data_it_just_trains(w, b, X, y, batch_size, lr, after):
    """Where val_dataloader is None the epoch trains as always, and ends there."""
    all_close(after, descended(w, b, X, y, batch_size, lr), ulps(**ROUNDING), "parameter")


@fit_epoch.law(
    points=0.5,
    given={**SIZES, "earlier": st.integers(0, 100)},
    asks="counted(fit_epoch, n, m, batch_size, earlier)",
    returns=several(number(), number()),
    cases=20,
    after=["right_values"],
    hint="train_batch_idx and val_batch_idx belong to the trainer and go on from epoch to epoch.",
)
def batches_are_counted_through_all_epochs(n, m, batch_size, earlier, train_batch_idx, val_batch_idx):
    """train_batch_idx and val_batch_idx grow by one with every batch, and don't start anew with an epoch."""
    got = train_batch_idx, val_batch_idx
    right = earlier + math.ceil(n / batch_size), earlier + 1 + math.ceil(m / batch_size)
    if got != right:
        raise Broken("(train_batch_idx, val_batch_idx) are wrong after the epoch", got=got, expected=right)


# Training. 3 epochs at 0.03 are 96 steps, which shrink an error to about 0.97^96 = 5 % of what it was: w and
# b end 0.1 to 0.2 away from the truth. A much smaller error means more, or other, steps than were asked for.

LAWS = [check.name for check in fit_epoch.checks]
TRAINED = several(*[several(float32((2, 1)), float32((1,)))] * 3)


def error_of_w(parameters):
    """The distance of w from the truth."""
    w, _ = parameters
    return (w - torch.tensor([[2.0], [-3.4]])).norm()


def error_of_b(parameters):
    """The distance of b from the truth."""
    _, b = parameters
    return (b - 4.2).abs().item()


@fit_epoch.trains(
    points=0.5,
    asks="trained(fit_epoch, device)",
    returns=TRAINED,
    band="error_of_w",
    after=LAWS,
    hint="If the laws above hold: does every epoch go through all batches, however many there are?",
)
def it_recovers_the_weights(epochs):
    """Trained for 3 epochs on 1,000 examples, it ends as close to w = [2, -3.4] as the reference does."""
    return error_of_w(epochs[-1])


@fit_epoch.trains(
    points=0.5,
    asks="trained(fit_epoch, device)",
    returns=TRAINED,
    band="error_of_b",
    after=LAWS,
    hint="If the laws above hold: does every epoch go through all batches, however many there are?",
)
def it_recovers_the_bias(epochs):
    """Trained for 3 epochs on 1,000 examples, it ends as close to b = 4.2 as the reference does."""
    return error_of_b(epochs[-1])


@fit_epoch.picture(of="it_recovers_the_bias")
def errors_by_epoch(epochs):
    """Show how far w and b are from the truth after each epoch."""
    return beside(
        by_epoch("distance of w from [2, -3.4]", [error_of_w(one) for one in epochs], "error_of_w"),
        by_epoch("distance of b from 4.2", [error_of_b(one) for one in epochs], "error_of_b"),
    )
