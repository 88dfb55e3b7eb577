"""3.2 Object-oriented design for implementation."""

from hypothesis import strategies as st

from grader.laws import (
    EXACT,
    Broken,
    any_of,
    assert_close,
    boolean,
    exercise,
    list_of,
    number,
    several,
    tensor,
    text,
    ulps,
)

NUMBERS = list_of(number())
CURVE = list_of(list_of(number()))


def integers(low=-99, high=99):
    """An integer."""
    return st.integers(low, high)


def vectors(length):
    """Lists of so many integers."""
    return st.lists(integers(), min_size=length, max_size=length)


def same(got, right, what):
    """Raise `Broken` unless both are equal; where they are lists, say what they hold."""
    if got != right:
        raise Broken(f"{what} is not right", got=got, expected=right)


# add_to_class ------------------------------------------------------------------------------------

add_to_class = exercise(
    "add_to_class",
    asks="advanced(add_to_class, start, step)",
    given={"start": integers(), "step": integers(1)},
    examples=[{"start": 40, "step": 2}],
    returns=NUMBERS,
    oracle=lambda start, step: [start + step, start + 2 * step, step],
    tolerance=EXACT,
    changes_arguments=True,
    points={"right_values": 0.5},
    hints={
        "accepts_its_arguments": "add_to_class(Class) returns a function; that one is given the new method. "
        "Under which name do objects look for it?",
        "right_type": "Calling the method on an object gives what the function returns.",
        "right_values": [
            "The object on which the method is called comes to it as self.",
            "setattr gives a class an attribute by its name. Where does a function keep its own?",
        ],
    },
)


@add_to_class.law(
    points=0.25,
    given={"a": integers(), "b": integers()},
    asks="combined(add_to_class, a, b)",
    returns=NUMBERS,
    after=["right_values"],
    hint="What would happen to the arguments if the function stood in the class?",
)
def all_kinds_of_arguments_reach_the_method(a, b, results):
    """Arguments by position, by name, and those left at their default reach the method."""
    same(results, [a + 320, a + 10 * b + 300, a + 110 * b], "a + 10 b + 100 c, by default b = 2 and c = 3,")


@add_to_class.law(
    points=0.125,
    given={"first": integers(), "second": integers()},
    examples=[{"first": 1, "second": 2}],
    cases=8,
    asks="answered_by_two(add_to_class, first, second)",
    returns=NUMBERS,
    after=["right_values"],
    hint="Where does a decorator keep the class that it was made for?",
)
def each_decorator_keeps_its_class(first, second, results):
    """Of two decorators that are made for two classes, and then used, each adds to its own class."""
    same(results, [first, second], "the list of what the method of either class returns")


@add_to_class.law(
    points=0.125,
    given={"first": integers(), "second": integers()},
    examples=[{"first": 1, "second": 2}],
    asks="replaced(add_to_class, first, second)",
    returns=number(),
    after=["right_values"],
    hint="A cell of a notebook may be run again, with a corrected method.",
)
def a_later_version_replaces_an_earlier_one(first, second, result):
    """A method that is added twice under one name is the later one; both return their number here."""
    same(result, second, f"the second version, which replaces one that returns {first},")


# HyperParameters ---------------------------------------------------------------------------------

NAMES = st.lists(st.sampled_from("abc"), unique=True)

HyperParameters = exercise(
    "HyperParameters",
    asks="kept(HyperParameters, a, b, c, ignore)",
    given={"a": integers(), "b": integers(), "c": integers(), "ignore": NAMES},
    examples=[
        {"a": 1, "b": 2, "c": 3, "ignore": ["c"]},
        {"a": 1, "b": 2, "c": 3, "ignore": []},
        {"a": 0, "b": 0, "c": -1, "ignore": ["c"]},
    ],
    returns=NUMBERS,
    oracle=lambda a, b, c, ignore: [
        value for name, value in zip("abc", (a, b, c), strict=True) if name not in ignore
    ],
    tolerance=EXACT,
    points={"right_values": 0.5},
    hints={
        "accepts_its_arguments": "Whose local variables are the arguments? Python's stack knows the caller.",
        "right_type": "An attribute holds the argument's value.",
        "leaves_arguments_alone": "The list of ignored names is the caller's.",
        "right_values": [
            "Each argument of the constructor becomes an attribute, unless ignore names it.",
            (
                "The frame of the caller knows its arguments: inspect.currentframe().f_back. Which of "
                "them are not for you?"
            ),
        ],
    },
    cases=10,  # inspect.stack(), a way to look at the caller, takes a while
    seconds=30,
)


@HyperParameters.law(
    points=0.25,
    given={"a": integers(), "d": integers()},
    asks="kept_by_default(HyperParameters, a, d)",
    returns=NUMBERS,
    after=["right_values"],
    hint="Arguments that the caller leaves out have values, too; those after * are arguments, too.",
)
def every_kind_of_argument_is_kept(a, d, values):
    """Of `__init__(self, a, b=20, *, c=30, d)`, called with a and d, all four are kept.

    That the constructor has another variable, to which it assigns a value afterwards, makes no difference.
    """
    same(values, [a, 20, 30, d], "the list of the attributes a, b, c, d")


@HyperParameters.law(
    points=0.25,
    given={"a": integers(), "ignore": any_of([], ["a"])},
    asks="kept_in_private(HyperParameters, a, ignore)",
    returns=list_of(text()),
    after=["right_values"],
    hint="Two kinds of names are left out without having to be named in ignore.",
)
def self_and_private_names_are_left_out(names):
    """`self`, and arguments whose names begin with `_`, do not become attributes."""
    if names:
        raise Broken(f"the object has an attribute {' and an attribute '.join(names)}")


@HyperParameters.law(
    points=0.25,
    given={"first": integers(), "second": integers()},
    examples=[{"first": 1, "second": 2}],
    asks="kept_apart(HyperParameters, first, second)",
    returns=NUMBERS,
    after=["right_values"],
    hint="Whose attributes are they: the object's or its class's?",
)
def each_object_keeps_its_own(first, second, values):
    """Two objects of one class keep their own arguments."""
    same(values, [first, second], "the list of the attribute of either object")


@HyperParameters.law(
    points=0.25,
    given={"a": vectors(2) | st.none()},
    examples=[{"a": [1, 2]}, {"a": None}],
    asks="kept_itself(HyperParameters, a)",
    returns=boolean(),
    after=["right_values"],
    hint="A model that is given as an argument must stay the very model that others hold; None is kept, too.",
)
def the_very_object_is_kept(is_itself):
    """What is kept is the object that was given, not a copy of it; None is kept, too."""
    if not is_itself:
        raise Broken("the attribute is another object than the argument")


@HyperParameters.law(
    points=0.5,
    given={"c": integers(), "d": integers()},
    asks="kept_by_both(HyperParameters, c, d)",
    returns=NUMBERS,
    after=["right_values"],
    hint="A parent's __init__ runs for an object of the derived class: whose arguments does it mean then?",
)
def parent_and_child_each_keep_their_arguments(c, d, values):
    """Where the parent's `__init__(a, b)` and the child's `__init__(c, d)` both save, all four are kept.

    The object's own class derives from the child, and has no `__init__`.
    """
    same(values, [c + 1, d + 2, c, d], "the list of the attributes a, b of the parent, c, d of the child")


# ProgressBoard -----------------------------------------------------------------------------------


@st.composite
def groups(draw):
    """Points, at least as many as make up a group, and how many do, for two curves."""
    every_n, other_n = draw(integers(1, 4)), draw(integers(1, 4))
    halves = integers(-200, 200).map(lambda number: number / 2)
    least = max(every_n, other_n)
    return draw(st.lists(st.tuples(halves, halves), min_size=least, max_size=9)), every_n, other_n


STRAIGHT = [(float(x), 10.0 * x) for x in range(5)]
# Means of at most four numbers up to 100, each maybe rounded to float32: five roundings.
ROUNDED = ulps(8, scale=100.0)


def means(points, every_n, sign=1):
    """The means of every_n points at a time, as lists [x, y]."""
    starts = range(0, len(points) - every_n + 1, every_n)
    chunks = [points[start : start + every_n] for start in starts]
    return [[sum(x for x, _ in one) / every_n, sign * sum(y for _, y in one) / every_n] for one in chunks]


def same_curve(got, right, what="the curve"):
    """Raise `Broken` unless a curve has the points that it should have."""
    if [len(point) for point in got] != [2] * len(right):
        raise Broken(f"{what} is not a list of pairs (x, y) of length {len(right)}", got=got, expected=right)
    for number_of_point, (point, expected) in enumerate(zip(got, right, strict=True), start=1):
        assert_close(point, expected, ROUNDED, what=f"point {number_of_point} of {what}")


ProgressBoard = exercise(
    "ProgressBoard",
    asks="drawn(ProgressBoard, points, every_n)",
    given={"points, every_n, other_n": groups()},
    examples=[
        {"points": STRAIGHT, "every_n": 2, "other_n": 3},
        {"points": [(1.0, 2.0), (1.0, 4.0), (1.0, 4.0), (1.0, 4.0)], "every_n": 3, "other_n": 1},
    ],
    returns=CURVE,
    oracle=lambda points, every_n, other_n: means(points, every_n),
    equal=same_curve,
    changes_arguments=True,
    points={"right_values": 1},
    hints={
        "accepts_its_arguments": "Finished points are in data, a dictionary with a list for every label.",
        "right_type": "A point is a pair of two numbers.",
        "right_values": [
            "When a group is full, one point comes of it, and a new group begins.",
            "With every_n=2 and the points (1, 10), (3, 20): the one that comes of them is (2, 15).",
        ],
    },
)


@ProgressBoard.law(
    points=0.25,
    asks="drawn(ProgressBoard, points)",
    returns=CURVE,
    after=["right_values"],
    hint="How many points make up a group if nobody says it?",
)
def by_default_every_point_is_kept(points, line):
    """Without every_n, each point is kept as it is."""
    same_curve(line, means(points, 1))


@ProgressBoard.law(
    points=0.5,
    asks="drawn_in_turn(ProgressBoard, points, every_n, other_n)",
    returns=several(CURVE, CURVE),
    after=["right_values"],
    hint="Points of two curves come in turn. Where do unfinished groups wait?",
)
def labels_do_not_mix(points, every_n, other_n, train, val):
    """Two labels whose points come in turn have curves of their own, each in groups of its own size."""
    same_curve(train, means(points, every_n), "the first curve")
    same_curve(val, means(points, other_n, sign=-1), "the second curve")


@ProgressBoard.law(
    points=0.25,
    asks="drawn_on_two(ProgressBoard, points, every_n)",
    returns=several(CURVE, CURVE),
    after=["right_values"],
    hint="Two models have two boards: what belongs to a board, and what to the class of boards?",
)
def boards_do_not_mix(points, every_n, first, second):
    """Two boards have points of their own, under equal labels, too."""
    same_curve(first, means(points, every_n), "the first board's curve")
    same_curve(second, means(points, every_n, sign=-1), "the second board's curve")


# Module --------------------------------------------------------------------------------------------


@st.composite
def batches(draw):
    """One to four inputs X, as many others Z, and targets y."""
    n = draw(integers(1, 4))
    return tuple(draw(vectors(n)) for _ in range(3))


ONE_BATCH = {"X": [1, 2, 3], "Z": [0, 5, 1], "y": [1, 1, 4]}

Module = exercise(
    "Module",
    asks="predicted(Module, X)",
    given={"X, Z, y": batches()},
    examples=[ONE_BATCH],
    returns=NUMBERS,
    oracle=lambda X, Z, y: [10 * x for x in X],
    tolerance=EXACT,
    changes_arguments=True,
    points={"right_values": 0.25},
    hints={
        "accepts_its_arguments": "The model is called like a function, model(X), once its net is set.",
        "right_type": "What net returns is the prediction.",
        "right_values": [
            "forward hands X to net and returns what comes back, nothing else.",
            "The last of a batch is what is right; all before it is what the model may see.",
        ],
    },
)


def loss_of(X, y):
    """The sum of y_hat - 3 y, where y_hat is 10 X."""
    return sum(10 * x - 3 * one for x, one in zip(X, y, strict=True))


@Module.law(
    points=0.25,
    asks="stepped(Module, X, y)",
    returns=several(*(tensor(lambda _: (), dtype=kind) for kind in ("float32", "float64")), boolean()),
    examples=[ONE_BATCH],
    after=["right_values"],
    hint="loss(predictions, targets), in this order; and backward will be called on what is returned.",
)
def training_step_returns_the_loss(X, y, loss, loss_in_float64, has_gradient):
    """training_step((X, y)) returns the loss of the predictions for X and of y, with its gradient."""
    for one in (loss, loss_in_float64):
        same(one.item(), loss_of(X, y), "the loss, which is the sum of y_hat - 3 y for y_hat = 10 X here,")
    if not has_gradient:
        raise Broken("the loss is cut off from the parameters: nothing can be learned from it")


@Module.law(
    points=0.25,
    asks="plotted_steps(Module, X, y)",
    returns=list_of(several(text(), number())),
    examples=[ONE_BATCH],
    after=["training_step_returns_the_loss"],
    hint="Both kinds of steps plot the loss: once a step, under a label that begins with train_ or val_.",
)
def each_step_plots_its_loss(X, y, points):
    """A training step and a validation step each put one point on the board: train_loss, then val_loss."""
    right = [["train_loss", loss_of(X, y)], ["val_loss", loss_of(X, y)]]
    same([list(point) for point in points], right, "the list of labels and values that are drawn")


@Module.law(
    points=0.25,
    asks="stepped_with_two_inputs(Module, X, Z, y)",
    returns=NUMBERS,
    examples=[ONE_BATCH],
    after=["each_step_plots_its_loss"],
    hint="The targets are the last of a batch; everything before them is input.",
)
def a_batch_may_have_several_inputs(X, Z, y, losses):
    """Of a batch (X, Z, y) the model gets X and Z, in training and in validation."""
    right = sum(x + 10 * z - 3 * one for x, z, one in zip(X, Z, y, strict=True))
    same(losses, [right, right], "the list of both losses, with y_hat = X + 10 Z,")


@st.composite
def moments(draw):
    """Where a training is: batches so far, batches an epoch, epoch; and the first arguments of a model."""
    names = "train_batch_idx", "num_train_batches", "num_val_batches", "epoch"
    ranges = (0, 60), (3, 20), (3, 20), (0, 9)
    counts = {name: draw(integers(*limits)) for name, limits in zip(names, ranges, strict=True)}
    per_epoch = draw(any_of([], [1], [3], [3, 1], [1, 2], [2, 3]))
    return counts, per_epoch, draw(st.booleans()), draw(any_of("loss", "acc")), draw(integers()) / 4


def points_of_an_epoch(per_epoch):
    """How many points the curves of training and of validation have, where the model is made with these."""
    return [*per_epoch, *(2, 1)[len(per_epoch) :]]


PLOT = {
    "given": {"counts, per_epoch, by_name, key, value": moments()},
    "returns": several(list_of(several(text(), number(), number(), number())), boolean(), boolean()),
    "after": ["right_values"],
}


def same_point(points, carried_gradient, keeps_gradient, right):
    """Raise `Broken` unless the one point (label, x, y, every_n) is right, and free of gradients.

    The value from which y comes keeps its gradient.
    """
    if len(points) != 1:
        raise Broken(f"the number of points drawn is {len(points)}, expected 1")
    (point,) = points
    for what, one, expected in zip(("label", "x", "y", "every_n"), point, right, strict=True):
        # x is a quotient of integers up to 60, in float32 at worst; everything else is exact.
        close = abs(one - expected) < 1e-5 if what == "x" else one == expected
        if not close:
            raise Broken(f"{what} is {one!r}, expected {expected!r}")
    if carried_gradient:
        raise Broken("y carries a gradient: the board would keep all that the value was computed from")
    if not keeps_gradient:
        raise Broken("the value itself, which others may still use, has lost its gradient")


@Module.law(
    points=0.25,
    asks="plotted(Module, key, value, True, counts, per_epoch, by_name)",
    hint="x is in epochs. By default, a training curve has two points an epoch.",
    **PLOT,
)
def training_is_plotted_against_parts_of_epochs(key, value, counts, per_epoch, points, carried, keeps):
    """In training, x is train_batch_idx / num_train_batches; plot_train_per_epoch, 2, gives every_n."""
    batches, (per_train, _) = counts["num_train_batches"], points_of_an_epoch(per_epoch)
    right = f"train_{key}", counts["train_batch_idx"] / batches, value, batches // per_train
    same_point(points, carried, keeps, right)


@Module.law(
    points=0.25,
    asks="plotted(Module, key, value, False, counts, per_epoch, by_name)",
    hint="Validation comes at an epoch's end. By default, its curve has one point an epoch.",
    **PLOT,
)
def validation_is_plotted_at_the_end_of_epochs(key, value, counts, per_epoch, points, carried, keeps):
    """In validation, x is epoch + 1; plot_valid_per_epoch, 1 by default, gives every_n."""
    _, per_valid = points_of_an_epoch(per_epoch)
    every_n = counts["num_val_batches"] // per_valid
    same_point(points, carried, keeps, (f"val_{key}", counts["epoch"] + 1, value, every_n))


@Module.law(
    points=0.25,
    given={},
    asks="boards(Module)",
    returns=several(boolean(), boolean()),
    after=["right_values"],
    hint="What does the constructor make?",
)
def each_model_has_a_board_of_its_own(draws, shared):
    """A new model has a `board` that can draw, and shares it with no other model."""
    if not draws:
        raise Broken("a new model has no board with a method draw")
    if shared:
        raise Broken("two models have the same board: the curves of both end up on it")


@Module.law(
    points=0.25,
    given={},
    asks="silent_in_module(Module)",
    returns=list_of(text()),
    after=["right_values"],
    hint="Which methods can only a derived class write? Who forgets one should hear of it.",
)
def what_is_left_to_derived_classes_says_so(silent):
    """`loss` and `configure_optimizers` of Module itself raise NotImplementedError."""
    if silent:
        raise Broken(f"{' and '.join(silent)}, expected NotImplementedError")


# DataModule ------------------------------------------------------------------------------------------

DataModule = exercise(
    "DataModule",
    asks="loaded(DataModule, train, val)",
    given={"train": st.lists(integers(), max_size=4), "val": st.lists(integers(), max_size=4)},
    examples=[{"train": [1, 2, 3], "val": [4, 5]}],
    returns=several(NUMBERS, NUMBERS),
    oracle=lambda train, val: (train, val),
    tolerance=EXACT,
    changes_arguments=True,
    points={"right_values": 0.5},
    hints={
        "accepts_its_arguments": "get_dataloader has one argument, train.",
        "right_type": "Hand on what get_dataloader returns.",
        "right_values": [
            "get_dataloader(train) tells the two sets apart by its argument.",
            "train_dataloader asks get_dataloader with True, val_dataloader with False.",
        ],
    },
)


@DataModule.law(
    points=0.125,
    given={},
    asks="asked_for(DataModule)",
    returns=several(NUMBERS, list_of(text())),
    after=["right_values"],
    hint="Batches are shuffled anew for every training: who is to be asked for them, and when?",
)
def get_dataloader_is_asked_each_time(loaders, flags):
    """Each call of train_dataloader or val_dataloader asks get_dataloader once, and returns its result.

    train_dataloader asks with True, val_dataloader with False.
    """
    same(loaders, [1, 2, 3, 4], "the list of which call of get_dataloader made each of four loaders")
    same(flags, 2 * ["True", "False"], "the list of the arguments of four calls of get_dataloader")


@DataModule.law(
    points=0.125,
    given={
        "root": any_of("data", "../images"),
        "num_workers": st.integers(0, 8),
        "by_name": st.booleans(),
    },
    asks="arguments_of_data(DataModule, root, num_workers, by_name)",
    returns=several(text(), number()),
    after=["right_values"],
    hint="There is a method that does just this.",
)
def it_keeps_its_arguments(root, num_workers, kept_root, kept_workers):
    """`root` and `num_workers` are kept as attributes."""
    same((kept_root, kept_workers), (root, num_workers), "the pair (root, num_workers)")


@DataModule.law(
    points=0.25,
    given={},
    asks="silent_in_data(DataModule)",
    returns=text(),
    after=["right_values"],
    hint="A data set without a get_dataloader should say so, not train on nothing.",
)
def get_dataloader_is_left_to_derived_classes(silent):
    """`get_dataloader` of DataModule itself raises NotImplementedError."""
    if silent:
        raise Broken(f"get_dataloader of DataModule {silent}, expected NotImplementedError")


# Trainer -----------------------------------------------------------------------------------------------

EPOCHS = {"max_epochs": st.integers(1, 5)}

Trainer = exercise(
    "Trainer",
    asks="epochs(Trainer, max_epochs)",
    given=EPOCHS,
    examples=[{"max_epochs": 3}],
    returns=NUMBERS,
    oracle=lambda max_epochs: list(range(max_epochs)),
    tolerance=EXACT,
    changes_arguments=True,  # there are none that could change
    cases=8,
    points={"right_values": 0.5},
    hints={
        "accepts_its_arguments": "A trainer is made by Trainer(max_epochs); then comes fit(model, data).",
        "right_type": "epoch is the number of the epoch that is under way.",
        "right_values": [
            "fit_epoch is called once an epoch, and may ask the trainer for its epoch.",
            (
                "fit prepares data and model, makes the optimizer, and only then the epochs begin, "
                "numbered from 0."
            ),
        ],
    },
)


@Trainer.law(
    points=0.25,
    asks="hooks(Trainer, max_epochs)",
    returns=list_of(text()),
    after=["right_values"],
    hint="First the data, then the model, then its optimizer; and none of them once an epoch.",
)
def fit_calls_its_hooks_in_order(max_epochs, called):
    """A fit calls prepare_data, prepare_model, configure_optimizers, then fit_epoch for every epoch."""
    right = ["prepare_data", "prepare_model", "configure_optimizers"] + max_epochs * ["fit_epoch"]
    same(called, right, "the list of what is called")


@Trainer.law(
    points=0.25,
    given={"num_train": st.integers(1, 5), "num_val": st.none() | st.integers(1, 5)},
    asks="prepared_data(Trainer, num_train, num_val)",
    returns=several(number(), number(), boolean()),
    examples=[{"num_train": 3, "num_val": 2}, {"num_train": 3, "num_val": None}],
    after=["right_values"],
    hint="len of a loader is its number of batches. A val_dataloader may be None.",
)
def prepare_data_takes_and_counts_the_batches(num_train, num_val, train_batches, val_batches, own):
    """prepare_data keeps its data's loaders and counts their batches; no validation data are 0 batches."""
    right = num_train, num_val or 0
    same((train_batches, val_batches), right, "the pair (num_train_batches, num_val_batches)")
    if not own:
        raise Broken("train_dataloader and val_dataloader of the trainer aren't those of the data")


@Trainer.law(
    points=0.25,
    given=EPOCHS,
    asks="prepared_model(Trainer, max_epochs)",
    returns=several(boolean(), boolean(), NUMBERS),
    after=["right_values"],
    hint="Both keep each other; and how far will the x axis reach?",
)
def prepare_model_introduces_both(max_epochs, own, knows, xlim):
    """Trainer.model is the latest model, model.trainer the trainer, model.board.xlim is [0, max_epochs]."""
    if not own or not knows:
        raise Broken("the model has no trainer" if own else "the trainer's model isn't the one it was given")
    same(xlim, [0, max_epochs], "xlim of the model's board")


@Trainer.law(
    points=0.25,
    given=EPOCHS,
    asks="counters(Trainer, max_epochs)",
    returns=several(list_of(NUMBERS), boolean()),
    after=["right_values"],
    hint="Counters belong to a fit: where do they begin, and who goes on counting?",
)
def a_fit_starts_its_counters_and_optimizer_anew(max_epochs, found, own):
    """Both batch counters are 0 when a fit begins, and fit_epoch's from then on; optim is that model's."""
    right = 2 * [[epoch, 2 * epoch] for epoch in range(max_epochs)]
    same(found, right, "the list of both counters at the start of each epoch of two fits")
    if not own:
        raise Broken("optim isn't what the model's configure_optimizers returned")


@Trainer.law(
    points=0.25,
    given={**EPOCHS, "clip": any_of(None, 0.5, 1.0), "by_name": st.booleans()},
    asks="arguments_of_trainer(Trainer, max_epochs, clip, by_name)",
    returns=several(number(), number()),
    examples=[{"max_epochs": 3, "clip": 1.0, "by_name": by_name} for by_name in (True, False)],
    after=["right_values"],
    hint="fit_epoch will want to know gradient_clip_val.",
)
def it_keeps_its_arguments(max_epochs, clip, kept_epochs, kept_clip):  # noqa: F811 - of a trainer
    """`max_epochs` and `gradient_clip_val`, which is 0 by default, are kept as attributes."""
    same((kept_epochs, kept_clip), (max_epochs, clip or 0), "the pair (max_epochs, gradient_clip_val)")


@Trainer.law(
    points=0.25,
    given={"batch": st.lists(vectors(3), min_size=2, max_size=3), "as_list": st.booleans()},
    examples=[
        {"batch": [[1, 2, 3], [4, 5, 6]], "as_list": False},
        {"batch": [[1, 2, 3], [4, 5, 6], [7, 8, 9]], "as_list": True},
    ],
    asks="prepared_batch(Trainer, batch, as_list)",
    returns=list_of(NUMBERS),
    after=["right_values"],
    hint="Without a GPU there is nothing to do.",
)
def a_batch_is_handed_on(batch, parts):
    """prepare_batch returns the batch as it came, a tuple or a list, with one input or several."""
    same(parts, batch, "the batch")
