"""3.2, beside the student's code: derive from its classes, call them, and note what they do."""

from __future__ import annotations

import inspect
from types import SimpleNamespace
from typing import Any

import torch
from torch import nn


def made(Class: Any, *arguments: Any, **named: Any) -> Any:
    """Return Class(*arguments, **named), whatever the student's save_hyperparameters is worth.

    While the object is made that method keeps the constructor's arguments, as they are where it is called;
    called from elsewhere, those that are given here, and defaults.
    """
    owner = next((base for base in Class.__mro__ if "save_hyperparameters" in vars(base)), None)
    if owner is None:
        return Class(*arguments, **named)

    def keep(self: Any, ignore: Any = ()) -> None:
        signature = inspect.signature(type(self))
        own = type(self) is Class
        bound = signature.bind(*arguments, **named) if own else signature.bind_partial()
        bound.apply_defaults()
        frame = inspect.currentframe()
        caller = frame.f_back if frame else None
        present = caller.f_locals if caller and caller.f_code.co_name == "__init__" else {}
        for name, value in bound.arguments.items():
            if name not in ignore:
                setattr(self, name, present.get(name, value))

    written = vars(owner)["save_hyperparameters"]
    owner.save_hyperparameters = keep
    try:
        return Class(*arguments, **named)
    finally:
        owner.save_hyperparameters = written


def plain(value: Any) -> Any:
    """Return a number of NumPy or torch as Python's own, and anything else as it is."""
    is_one = isinstance(value, torch.Tensor) or type(value).__module__ == "numpy"
    return value.item() if is_one and getattr(value, "ndim", 1) == 0 else value


def listed(value: Any) -> Any:
    """Return a tensor's numbers as a list, and anything else as it is."""
    return value.reshape(-1).tolist() if isinstance(value, torch.Tensor) else value


def conduct(method: Any, *arguments: Any) -> str:
    """Return what a method that is left to derived classes does instead of raising NotImplementedError.

    That is nothing for an abstract method, and for one that was added after the class: it belongs to another
    section. `raise NotImplemented` ends in a TypeError, and the book's library has an optimizer that misses
    `lr` here.
    """
    if not callable(method):
        return "is no method"
    place, _, _ = getattr(method, "__qualname__", "").rpartition(".")
    added_later = not place or place.endswith("<locals>")
    if getattr(method, "__isabstractmethod__", False) or added_later:
        return ""
    try:
        result = method(*arguments)
    except NotImplementedError:
        return ""
    except Exception as error:  # noqa: BLE001 - whatever a student's code raises
        tolerated = {"TypeError": "derive from BaseException", "AttributeError": "'lr'"}
        name = type(error).__name__
        return "" if name in tolerated and tolerated[name] in str(error) else f"raises {name}"
    return f"returns {'None' if result is None else 'a value'}"


# add_to_class ------------------------------------------------------------------------------------


def counter_class() -> Any:
    """Return a new class of objects with a total."""

    class Counter:
        def __init__(self, total: int = 0) -> None:
            self.total = total

    return Counter


def advanced(add_to_class: Any, start: int, step: int) -> list[Any]:
    """Return what a later method gives: called twice on an old object, then on a new one."""
    Counter = counter_class()
    old = Counter(start)

    @add_to_class(Counter)
    def advance(self, step):
        self.total += step
        return self.total

    return [old.advance(step), old.advance(step), Counter().advance(step)]


def combined(add_to_class: Any, a: int, b: int) -> list[Any]:
    """Return what a method gives that has a default and a keyword."""
    Counter = counter_class()

    @add_to_class(Counter)
    def combine(self, a, b=2, *, c=3):
        return self.total + a + 10 * b + 100 * c

    counter = Counter()
    return [counter.combine(a), counter.combine(a, b), counter.combine(b=b, a=a, c=b)]


def answered_by_two(add_to_class: Any, first: int, second: int) -> list[Any]:
    """Return what methods of one name give that two decorators have added to two classes."""
    classes = counter_class(), counter_class()
    decorators = [add_to_class(Class) for Class in classes]
    for decorator, result in zip(decorators, (first, second), strict=True):

        @decorator
        def answer(self, result=result):
            return result

    return [Class().answer() for Class in classes]


def replaced(add_to_class: Any, first: int, second: int) -> Any:
    """Return what a method gives that was added twice."""
    Counter = counter_class()
    for result in (first, second):

        @add_to_class(Counter)
        def answer(self, result=result):
            return result

    return Counter().answer()


# HyperParameters ---------------------------------------------------------------------------------


def kept(HyperParameters: Any, a: int, b: int, c: int, ignore: list[str]) -> list[Any]:
    """Return those of the attributes a, b and c that an object has."""

    class Example(HyperParameters):
        def __init__(self, a, b, c):
            super().__init__()
            self.save_hyperparameters(ignore=ignore)

    example = Example(a, b, c)
    return [getattr(example, name) for name in "abc" if hasattr(example, name)]


def kept_by_default(HyperParameters: Any, a: int, d: int) -> list[Any]:
    """Return the attributes of an object: an argument, two defaults, and a keyword-only argument.

    The constructor has another variable, too, which gets its value only afterwards.
    """

    class Example(HyperParameters):
        def __init__(self, a, b=20, *, c=30, d):
            self.save_hyperparameters()
            numbers = [a, b, c, d]
            self.total = sum(numbers)

    example = Example(a, d=d)
    return [getattr(example, name, None) for name in "abcd"]


def kept_in_private(HyperParameters: Any, a: int, ignore: list[str]) -> list[str]:
    """Return which of two attributes an object has that it shouldn't."""

    class Example(HyperParameters):
        def __init__(self, a, _b):
            self.save_hyperparameters(ignore)

    return [name for name in ("self", "_b") if hasattr(Example(a, a), name)]


def kept_apart(HyperParameters: Any, first: int, second: int) -> list[Any]:
    """Return the attributes of two objects of one class."""

    class Example(HyperParameters):
        def __init__(self, a):
            self.save_hyperparameters()

    examples = [Example(first), Example(second)]
    return [example.a for example in examples]


def kept_itself(HyperParameters: Any, a: list[int] | None) -> bool:
    """Return whether an attribute is the object that was given."""

    class Example(HyperParameters):
        def __init__(self, a):
            self.save_hyperparameters()

    return Example(a).a is a


def kept_by_both(HyperParameters: Any, c: int, d: int) -> list[Any]:
    """Return the attributes of an object whose parent and grandparent save, those of the grandparent first.

    Its own class has no constructor.
    """

    class Parent(HyperParameters):
        def __init__(self, a, b):
            self.save_hyperparameters()

    class Child(Parent):
        def __init__(self, c, d):
            super().__init__(c + 1, b=d + 2)
            self.save_hyperparameters()

    class Heir(Child):
        pass

    heir = Heir(c, d)
    return [getattr(heir, name, None) for name in "abcd"]


# ProgressBoard -----------------------------------------------------------------------------------


def new_board(ProgressBoard: Any) -> Any:
    """Return a board that shows nothing on a screen."""
    quiet = {"display": False} if "display" in inspect.signature(ProgressBoard).parameters else {}
    return made(ProgressBoard, **quiet)


def curve(board: Any, label: str) -> Any:
    """Return the points of a label as lists [x, y]."""
    line = board.data[label]
    if not isinstance(line, (list, tuple)):
        return line
    pairs = [(point.x, point.y) if hasattr(point, "x") else point for point in line]
    return [list(map(plain, pair)) if isinstance(pair, (list, tuple)) else plain(pair) for pair in pairs]


def drawn(ProgressBoard: Any, points: list[tuple[float, float]], every_n: int | None = None) -> Any:
    """Return the curve that comes of the points; without `every_n`, drawn without it."""
    board = new_board(ProgressBoard)
    for x, y in points:
        board.draw(x, y, "loss", **({} if every_n is None else {"every_n": every_n}))
    return curve(board, "loss")


def drawn_in_turn(
    ProgressBoard: Any, points: list[tuple[float, float]], every_n: int, other_n: int
) -> tuple[Any, Any]:
    """Return two curves of one board whose points come in turn; the second has y with the other sign."""
    board = new_board(ProgressBoard)
    for x, y in points:
        board.draw(x, y, "train_loss", every_n=every_n)
        board.draw(x, -y, "val_loss", every_n=other_n)
    return curve(board, "train_loss"), curve(board, "val_loss")


def drawn_on_two(ProgressBoard: Any, points: list[tuple[float, float]], every_n: int) -> tuple[Any, Any]:
    """Return the curves of one label on two boards; the second has y with the other sign."""
    boards = new_board(ProgressBoard), new_board(ProgressBoard)
    for x, y in points:
        boards[0].draw(x, y, "loss", every_n)
        boards[1].draw(x, -y, "loss", every_n)
    return curve(boards[0], "loss"), curve(boards[1], "loss")


# Module --------------------------------------------------------------------------------------------


class Board:
    """Notes the points that it is given, and whether one of them carried a gradient."""

    def __init__(self) -> None:
        self.points: list[list[Any]] = []
        self.carried_gradient = False

    def draw(self, x: Any, y: Any, label: Any, every_n: Any = 1) -> None:
        if isinstance(y, torch.Tensor):
            self.carried_gradient |= y.requires_grad
            y = y.detach()
        self.points.append([label, plain(x), plain(y), every_n])


class Tenfold(nn.Module):
    """Multiplies by a weight, which is 10."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(10.0))

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.weight * X


def new_model(Module: Any, *arguments: Any, **named: Any) -> Any:
    """Return a model whose loss is the sum of y_hat - 3 y."""

    class Model(Module):
        def loss(self, y_hat, y):
            return (y_hat - 3 * y).sum()

        def configure_optimizers(self):
            return None

    return made(Model, *arguments, **named)


def observed(Module: Any, *arguments: Any, **named: Any) -> Any:
    """Return a model whose net multiplies by 10, with a board that takes notes."""
    model = new_model(Module, *arguments, **named)
    model.net = Tenfold()
    model.board = Board()
    model.trainer = SimpleNamespace(
        train_batch_idx=3, num_train_batches=6, num_val_batches=4, epoch=0, max_epochs=2
    )
    return model


def column(numbers: list[int]) -> torch.Tensor:
    """Return numbers as a tensor of shape (n, 1)."""
    return torch.tensor(numbers, dtype=torch.float32).reshape(-1, 1)


def predicted(Module: Any, X: list[int]) -> Any:
    """Return a model's predictions; with another net, it was asked for the same before."""
    model, examples = observed(Module), column(X)
    model.net = nn.Identity()
    model(examples)
    model.net = Tenfold()
    return listed(model(examples))


def stepped(Module: Any, X: list[int], y: list[int]) -> tuple[Any, Any, bool]:
    """Return the losses from a step in float32 and one in float64, and whether the former has a gradient."""
    model, batch = observed(Module), (column(X), column(y))
    loss = model.training_step(batch)
    in_double = model.training_step(tuple(part.double() for part in batch))
    return loss, in_double, isinstance(loss, torch.Tensor) and loss.requires_grad


def stepped_with_two_inputs(Module: Any, X: list[int], Z: list[int], y: list[int]) -> list[Any]:
    """Return the losses that are plotted for a model with two inputs, in training and in validation."""

    class Model(Module):
        def forward(self, X, Z):
            return X + 10 * Z

    model = observed(Model)
    model.training_step([column(X), column(Z), column(y)])
    model.validation_step([column(X), column(Z), column(y)])
    return [value for _, _, value, _ in model.board.points]


def plotted_steps(Module: Any, X: list[int], y: list[int]) -> list[list[Any]]:
    """Return label and value of the points of a step in training and one in validation."""
    model = observed(Module)
    model.training_step((column(X), column(y)))
    with torch.no_grad():
        model.validation_step((column(X), column(y)))
    return [[label, value] for label, _, value, _ in model.board.points]


def plotted(
    Module: Any,
    key: str,
    value: float,
    train: bool,
    counts: dict[str, int],
    per_epoch: list[int],
    by_name: bool,
) -> tuple[list[Any], bool, bool]:
    """Return the points that come of one plot, whether one carried a gradient, and if the value keeps it.

    The model is made with the first arguments of the constructor, or none; another one is made after it.
    """
    named = dict(zip(("plot_train_per_epoch", "plot_valid_per_epoch"), per_epoch, strict=False))
    model = observed(Module, **named) if by_name else observed(Module, *per_epoch)
    made(type(model), 7, 7)
    model.trainer = SimpleNamespace(**counts)
    learned = torch.tensor(value, requires_grad=True)
    model.plot(key, learned, train=train)
    return model.board.points, model.board.carried_gradient, learned.requires_grad


def boards(Module: Any) -> tuple[bool, bool]:
    """Return whether a new model has a board to draw on, and whether two models share it."""
    model = new_model(Module)
    one, other = (getattr(each, "board", None) for each in [model, made(type(model))])
    return hasattr(one, "draw"), one is other


def silent_in_module(Module: Any) -> list[str]:
    """Return what two methods that are left to derived classes do instead of raising NotImplementedError."""
    model, y = observed(Module), column([1])
    calls = {"loss": (model, y, y), "configure_optimizers": (model,)}
    found = {name: conduct(getattr(Module, name), *arguments) for name, arguments in calls.items()}
    return [f"{name} of Module {what}" for name, what in found.items() if what]


# DataModule ------------------------------------------------------------------------------------------


def new_data(DataModule: Any, train: Any, val: Any, *arguments: Any, **named: Any) -> Any:
    """Return a data module that has these two sets."""
    training = train

    class Data(DataModule):
        def get_dataloader(self, train):
            return training if train else val

    return made(Data, *arguments, **named)


def loaded(DataModule: Any, train: list[int], val: list[int]) -> tuple[Any, Any]:
    """Return what a data module with these two sets loads for training and for validation."""
    data = new_data(DataModule, train, val)
    return data.train_dataloader(), data.val_dataloader()


def asked_for(DataModule: Any) -> tuple[list[int], list[str]]:
    """Return which calls of get_dataloader made the two loaders, asked for twice, and their arguments.

    Calls are counted from 1, once the object is made; 0 stands for anything but a loader that a call made.
    """
    loaders: list[Any] = []
    flags: list[str] = []

    class Data(DataModule):
        def get_dataloader(self, train):
            loaders.append([len(loaders)])
            flags.append(str(bool(train)) if train in (True, False) else repr(train))  # 1 is True, too
            return loaders[-1]

    data = made(Data)
    loaders.clear()
    flags.clear()
    got = [loader for _ in range(2) for loader in (data.train_dataloader(), data.val_dataloader())]
    calls = [next((call for call, one in enumerate(loaders, 1) if one is loader), 0) for loader in got]
    return calls, flags


def arguments_of_data(DataModule: Any, root: str, num_workers: int, by_name: bool) -> tuple[Any, Any]:
    """Return the attributes of a new data module, after another one was made with other arguments."""
    named = {"root": root, "num_workers": num_workers} if by_name else {}
    data = new_data(DataModule, [], [], *(() if by_name else (root, num_workers)), **named)
    made(type(data), "elsewhere", num_workers + 1)
    return data.root, data.num_workers


def silent_in_data(DataModule: Any) -> str:
    """Return what `get_dataloader` does instead of raising NotImplementedError."""
    return conduct(DataModule.get_dataloader, new_data(DataModule, [], []), True)


# Trainer -----------------------------------------------------------------------------------------------


class Model(nn.Module):
    """A model that notes when it is asked for its optimizer."""

    def __init__(self, notes: list[str]) -> None:
        super().__init__()
        self.notes, self.board, self.optimizer = notes, Board(), object()

    def configure_optimizers(self) -> object:
        self.notes.append("configure_optimizers")
        return self.optimizer


class Data:
    """So many training and validation batches; None: no validation data."""

    def __init__(self, num_train: int, num_val: int | None) -> None:
        self.training = list(range(num_train))
        self.validation = None if num_val is None else list(range(num_val))

    def train_dataloader(self) -> list[int]:
        return self.training

    def val_dataloader(self) -> list[int] | None:
        return self.validation

    def get_dataloader(self, train: bool) -> list[int] | None:
        return self.training if train else self.validation


def noting(Trainer: Any, notes: list[str], see: Any = None) -> Any:
    """Return a class of trainers that note their hooks, and call `see` with themselves in every epoch."""

    class Noting(Trainer):
        def prepare_data(self, data):
            notes.append("prepare_data")
            return super().prepare_data(data)

        def prepare_model(self, model):
            notes.append("prepare_model")
            return super().prepare_model(model)

        def fit_epoch(self):
            notes.append("fit_epoch" if torch.is_grad_enabled() else "fit_epoch without gradients")
            if see is not None:
                see(self)

    return Noting


def epochs(Trainer: Any, max_epochs: int) -> list[Any]:
    """Return the trainer's epoch, as it is each time that fit_epoch is called."""
    seen: list[Any] = []
    trainer = made(noting(Trainer, [], lambda one: seen.append(one.epoch)), max_epochs)
    trainer.fit(Model([]), Data(3, 2))
    return seen


def hooks(Trainer: Any, max_epochs: int) -> list[str]:
    """Return what is called in the course of a fit."""
    notes: list[str] = []
    made(noting(Trainer, notes), max_epochs).fit(Model(notes), Data(3, 2))
    return notes


def prepared_data(Trainer: Any, num_train: int, num_val: int | None) -> tuple[Any, Any, bool]:
    """Return how many batches a trainer counts, and whether the loaders are the data's own.

    The data are the second that are prepared; afterwards another trainer prepares others.
    """
    Noting, data = noting(Trainer, []), Data(num_train, num_val)
    trainer, other = made(Noting, 1), made(Noting, 1)
    trainer.prepare_data(Data(num_train + 1, 6))
    trainer.prepare_data(data)
    other.prepare_data(Data(num_train + 2, 7))
    own = trainer.train_dataloader is data.training and trainer.val_dataloader is data.validation
    return trainer.num_train_batches, trainer.num_val_batches, own


def prepared_model(Trainer: Any, max_epochs: int) -> tuple[bool, bool, list[Any]]:
    """Return whether trainer and model know each other, and the limits of the board's x axis.

    The model is the second that is prepared; afterwards another trainer prepares another one.
    """
    Noting, model = noting(Trainer, []), Model([])
    trainer, other = made(Noting, max_epochs), made(Noting, max_epochs)
    trainer.prepare_model(Model([]))
    trainer.prepare_model(model)
    other.prepare_model(Model([]))
    own, knows = trainer.model is model, getattr(model, "trainer", None) is trainer
    return own, knows, list(getattr(model.board, "xlim", []))


def counters(Trainer: Any, max_epochs: int) -> tuple[list[Any], bool]:
    """Return both counters as each epoch of two fits finds them, and whether optim was the model's.

    An epoch counts one training batch and two for validation. Before the trainer's epochs look, another
    trainer's fit is over.
    """
    found: list[list[Any]] = []
    optimizers: list[Any] = []

    def see(one: Any) -> None:
        if one is trainer:
            other.fit(Model([]), Data(1, 2))
            found.append([one.train_batch_idx, one.val_batch_idx])
            optimizers.append(one.optim)
        one.train_batch_idx += 1
        one.val_batch_idx += 2

    Noting = noting(Trainer, [], see)
    trainer, other, models = made(Noting, max_epochs), made(Noting, max_epochs), [Model([]), Model([])]
    for model in models:
        trainer.fit(model, Data(1, 2))
    right = [model.optimizer for model in models for _ in range(max_epochs)]
    return found, len(right) == len(optimizers) and all(map(lambda a, b: a is b, optimizers, right))


def arguments_of_trainer(Trainer: Any, max_epochs: int, clip: float | None, by_name: bool) -> tuple[Any, Any]:
    """Return max_epochs and gradient_clip_val of a new trainer, after another one was made."""
    if by_name:
        trainer = made(
            Trainer, max_epochs=max_epochs, **({} if clip is None else {"gradient_clip_val": clip})
        )
    else:
        trainer = made(Trainer, max_epochs, *(() if clip is None else (0, clip)))
    made(Trainer, max_epochs + 1, gradient_clip_val=7.0)
    return trainer.max_epochs, trainer.gradient_clip_val


def prepared_batch(Trainer: Any, numbers: list[list[int]], as_list: bool) -> list[Any]:
    """Return the batch that a trainer makes of a batch, which is a list or a tuple of columns.

    The book adds the method only in 3.4.
    """
    trainer, columns = made(noting(Trainer, []), 1), map(column, numbers)
    batch = list(columns) if as_list else tuple(columns)
    made_of_it = trainer.prepare_batch(batch) if hasattr(trainer, "prepare_batch") else batch
    return [listed(part) for part in made_of_it] if isinstance(made_of_it, (list, tuple)) else made_of_it
