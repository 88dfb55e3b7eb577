"""The supplied `d2l.torch` behaves as the book says, and answers no exercise."""

from __future__ import annotations

import contextlib
import importlib
import subprocess
import sys
import tomllib
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import torch
from torch import nn

from grader.course import course
from grader.execution.loading import importable
from grader.execution.student_code import Answers
from grader.records.protocol import Ask, Observation
from grader.records.sources import Cell, SourceFile
from tests.shipped.answer_search import place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).parents[2]
SUPPLIED = ROOT / "reference" / "supplied"

LISTS_IMPORTS = """\
import sys, torch
before = set(sys.modules)
from d2l import torch as d2l
print(*{name.partition(".")[0] for name in set(sys.modules) - before})
"""


@cache
def whole_course() -> course.Course:
    """The course that ships."""
    return course.load()


@pytest.fixture(scope="module")
def d2l() -> ModuleType:
    with importable(whole_course().supplied.modules):
        return importlib.import_module("d2l.torch")


@pytest.fixture
def line(d2l: ModuleType) -> Any:  # noqa: ANN401 - of a class made at run time
    """A model of y = w x, with the book's ways of saying so."""

    class Line(d2l.Module):  # type: ignore[name-defined, misc]
        def __init__(self, lr: float) -> None:
            super().__init__()
            self.save_hyperparameters()
            self.net = nn.Linear(1, 1, bias=False)

        def loss(self, y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
            return ((y_hat - y) ** 2).mean()

        def configure_optimizers(self) -> torch.optim.Optimizer:
            return torch.optim.SGD(self.parameters(), lr=self.lr)

    return Line(lr=0.1)


def test_it_imports_as_notebooks_do_without_anything_slow_or_secret() -> None:
    """Of all that it imports, nothing comes from outside itself and the standard library but torch."""
    done = subprocess.run(
        [sys.executable, "-c", LISTS_IMPORTS], cwd=SUPPLIED, capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()) - sys.stdlib_module_names == {"d2l"}


def test_its_list_of_names_is_complete_and_true(d2l: ModuleType) -> None:
    own = {name for name, value in vars(d2l).items() if getattr(value, "__module__", "") == d2l.__name__}
    assert own - {"__getattr__"} <= set(d2l.__all__)
    assert [name for name in d2l.__all__ if not hasattr(d2l, name)] == []
    assert len(d2l.__all__) == len(set(d2l.__all__))


def test_each_name_of_the_book_is_supplied_or_left_out_for_a_reason(d2l: ModuleType) -> None:
    names = tomllib.loads((ROOT / "tests" / "shipped" / "d2l_names.toml").read_text(encoding="utf-8"))
    listed = {table: sorted(chain.from_iterable(by_section.values())) for table, by_section in names.items()}
    assert sorted(listed["supplied"] + listed["earlier_editions"]) == sorted(d2l.__all__)
    assert [name for name in listed["left_out"] if has(d2l, name)] == []


USES_ALL = """
names = {names}
def range_matrix(rows, cols): return [{uses}], names
"""


@pytest.mark.parametrize(
    ("book", "prefix"),
    [
        ("from d2l import torch as d2l", "d2l."),
        ("import d2l.torch as d2l", "d2l."),
        ("import d2l", "d2l."),
        ("import d2l", "d2l.torch."),
        ("import d2l.torch", "d2l."),
        ("from d2l.torch import *", ""),
        ("from d2l.torch import {names}", ""),
        ("from d2l import *", ""),
    ],
)
@pytest.mark.parametrize("cell", [1, None], ids=["notebook", "module"])
def test_a_program_may_import_and_use_each_name_as_readers_of_the_book_do(
    d2l: ModuleType, book: str, prefix: str, cell: int | None
) -> None:
    names = [name for name in d2l.__all__ if name not in {"d2l", "torch"}]
    uses = ", ".join(prefix + name for name in names)
    source = book.format(names=", ".join(names)) + USES_ALL.format(names=names, uses=uses)
    with answers_to("range_matrix", source, cell, book="") as program:
        seen = ask(program, "range_matrix", "len(range_matrix(0, 0)[0])")
    assert (seen.raised, seen.result) == (None, len(names))


@pytest.mark.parametrize("framework", ["mxnet", "tensorflow", "jax"])
@pytest.mark.parametrize("way", ["from d2l import {} as d2l", "import d2l.{} as d2l"])
def test_other_frameworks_editions_say_which_one_the_course_uses(way: str, framework: str) -> None:
    source = f"{way.format(framework)}\ndef softmax(X): return d2l.softmax(X)"
    with answers_to("softmax", source, book="") as program:
        raised = ask(program, "softmax", "softmax(0)").raised
    assert raised is not None
    assert raised.message == "this course uses PyTorch: write `from d2l import torch as d2l`"


# What is asked for is not supplied -----------------------------------------------------------------


@pytest.fixture
def fresh() -> Iterator[ModuleType]:
    """The module, whole."""
    with importable(whole_course().supplied.modules):
        yield importlib.import_module("d2l.torch")


def offered(module: ModuleType) -> list[tuple[str, str]]:
    """Each exercise of the course that the module could answer, and by which name of its list."""
    return [
        (exercise.name, spelling)
        for _section, exercise in whole_course().exercises()
        for spelling in exercise.spellings
        if spelling.partition(".")[0] in module.__all__ and has(module, spelling)
    ]


def has(module: object, spelling: str) -> bool:
    """Whether the module has the object of this name, which may be a method's."""
    for name in spelling.split("."):
        if not hasattr(module, name):
            return False
        module = getattr(module, name)
    return True


@contextlib.contextmanager
def answers_to(
    name: str, source: str, cell: int | None = 1, book: str = "from d2l import torch as d2l\n"
) -> Iterator[Answers]:
    """A program that is asked for one exercise, as in the process for this exercise."""
    files = [SourceFile("hw.ipynb" if cell else "hw.py", None, (Cell(cell, book + source),))]
    (section,) = (one for one, exercise in whole_course().exercises() if exercise.name == name)
    wanted = {one.name: one.spellings for one in section.exercises}
    for group in whole_course().supplied.groups(files, wanted):
        if name in group.wanted:
            with importable(group.supplied):
                yield Answers(files, group.wanted, {})


def ask(program: Answers, name: str, expression: str) -> Observation:
    """What is seen of an expression, evaluated with the answer to an exercise."""
    ((seen, _error),) = program.ask(name, 0, [Ask(expression, {}, 0)], 5.0)
    return seen


LEANING = {
    "another name": "{name} = d2l.{path}",
    "an import": "from d2l.torch import {root}",
    "an import under another name": "from d2l.torch import {root} as base\n{name} = base",
    "an import of everything": "from d2l.torch import *",
    "a derived class": "class {root}(d2l.{root}):\n    version = 2",
    "a derived class with a method": "class {root}(d2l.{root}):\n    def extra(self): return 1",
    "a registration": "d2l.{root}.{last} = d2l.{path}",
}


@pytest.mark.parametrize("cell", [1, None], ids=["notebook", "module"])
@pytest.mark.parametrize("way", LEANING)
def test_an_answer_that_is_one_of_its_objects_is_missing(
    fresh: ModuleType, way: str, cell: int | None
) -> None:
    for name, path in offered(fresh):
        root, last = path.partition(".")[0], path.rpartition(".")[2]
        source = LEANING[way].format(name=name, path=path, root=root, last=last)
        with answers_to(name, source, cell) as program:
            absent = program.absent(name)
        assert absent is not None, name
        assert (absent.status, absent.message.startswith(f"{name} is ")) == ("failed", True), name


def test_a_program_that_hands_on_is_told_to_write_it_itself(fresh: ModuleType) -> None:
    for name, path in offered(fresh):
        source = f"def {name}(*arguments): return d2l.{path}(*arguments)"
        with answers_to(name, source) as program:
            raised = ask(program, name, f"{name}()").raised
        assert raised is not None, name
        assert (raised.kind, f"d2l.{path} is" in raised.message) == ("NotSupplied", True), raised


MODELS = {"Classifier", "LinearRegression", "LinearRegressionScratch", "Module", "SoftmaxRegression"}
DATA = {"DataModule", "FashionMNIST", "SyntheticRegressionData"}
LEFT_OUT = {
    "matmul": {"matmul"},
    "add_to_class": {"add_to_class"},
    "HyperParameters": {"HyperParameters", "ProgressBoard", "SGD", "Trainer"} | MODELS | DATA,
    "ProgressBoard": {"ProgressBoard"},
    "Module": MODELS,
    "DataModule": DATA,
    "Trainer": {"Trainer"},
    "LinearRegressionScratch": {
        "Classifier.configure_optimizers", "LinearRegression", "LinearRegressionScratch", "linreg",
        "squared_loss",
    },
    "SGD": {"SGD"},
    "fit_epoch": {"Trainer.fit_epoch", "train_epoch_ch3"},
    "FashionMNIST": {"FashionMNIST"},
    "show_images": {"show_images"},
    "accuracy": {"Classifier.accuracy", "accuracy"},
    "Classifier": {"Classifier", "LinearRegression.configure_optimizers", "SoftmaxRegression"},
    "cross_entropy": {"Classifier.loss"},
    "SoftmaxRegressionScratch": {"Classifier.loss", "SoftmaxRegression"},
    "sigmoid": {"sigmoid"},
    "tanh": {"tanh"},
}  # fmt: skip
"""By exercise, what is not supplied in the process that is asked for it."""


def test_where_an_exercise_is_asked_these_names_are_left_out_and_all_others_are_there(
    d2l: ModuleType,
) -> None:
    paths = [*d2l.__all__, *methods(d2l)]
    for _section, exercise in whole_course().exercises():
        with importable(whole_course().supplied.without(exercise.spellings)):
            left = importlib.import_module("d2l.torch")
        gone = {path for path in paths if not has(left, path)}
        whole_classes = tuple(f"{path}." for path in gone if "." not in path)
        told = {path for path in gone if not path.startswith(whole_classes)}
        assert told == LEFT_OUT.get(exercise.name, set()), exercise.name
        assert left.__all__ == [name for name in d2l.__all__ if name not in gone], exercise.name


def methods(module: ModuleType) -> list[str]:
    """The methods of a module's classes, as "Trainer.fit"."""
    classes = [
        one for one in vars(module).values() if isinstance(one, type) and one.__module__ == module.__name__
    ]
    return [f"{one.__name__}.{name}" for one in classes for name in vars(one) if not name.startswith("_")]


# By answer, an exercise and what to evaluate. Each leans on a name that all but answers the exercise.
NEAR_ANSWERS = {
    "def SGD(params, lr): d2l.sgd(params, lr, 1)": ("SGD", "SGD([], 1)"),
    "def SGD(params, lr): return d2l.LinearRegressionScratch(2, lr).configure_optimizers()": (
        "SGD", "SGD([], 1)",
    ),
    "class LinearRegressionScratch:\n    def forward(self, X): return d2l.linreg(X, X, X)": (
        "LinearRegressionScratch", "LinearRegressionScratch().forward(0)",
    ),
    "class LinearRegressionScratch:\n    def loss(self, a, b): return d2l.squared_loss(a, b)": (
        "LinearRegressionScratch", "LinearRegressionScratch().loss(0, 0)",
    ),
    "class LinearRegressionScratch(d2l.LinearRegression): lr = 1": ("LinearRegressionScratch", None),
    "class LinearRegressionScratch(d2l.LinearRegressionScratch): lr = 1": ("LinearRegressionScratch", None),
    "class LinearRegressionScratch(d2l.Classifier): lr = 1": (
        "LinearRegressionScratch", "LinearRegressionScratch().configure_optimizers()",
    ),
    "def fit_epoch(t): d2l.train_epoch_ch3(t.model, t.train_dataloader, t.model.loss, t.optim)": (
        "fit_epoch", "fit_epoch(0)",
    ),
    "def fit_epoch(t): d2l.train_ch3(abs, [], [], max, 1, max)": ("fit_epoch", "fit_epoch(0)"),
    "def fit_epoch(t):\n    d2l.Trainer(1).fit(d2l.LinearRegressionScratch(2, 1), d2l.FashionMNIST())": (
        "fit_epoch", "fit_epoch(0)",
    ),
    "class FashionMNIST:\n    def text_labels(self, y): return d2l.get_fashion_mnist_labels(y)": (
        "FashionMNIST", "FashionMNIST().text_labels([1])",
    ),
    "class FashionMNIST:\n    def get_dataloader(self, t): d2l.load_data_fashion_mnist(8)": (
        "FashionMNIST", "FashionMNIST().get_dataloader(True)",
    ),
    "def accuracy(Y_hat, Y): return d2l.accuracy(Y_hat, Y) / len(Y)": ("accuracy", "accuracy([], [1])"),
    "def accuracy(Y_hat, Y): return d2l.evaluate_accuracy(lambda X: X, [(Y_hat, Y)])": (
        "accuracy", "accuracy(torch.zeros(1, 2), torch.zeros(1))",
    ),
    "def accuracy(Y_hat, Y): return d2l.Classifier().accuracy(Y_hat, Y)": ("accuracy", "accuracy([], [1])"),
    "class Classifier(d2l.LinearRegression): lr = 1": (
        "Classifier", "Classifier(0.1).configure_optimizers()",
    ),
    "class Classifier(d2l.SoftmaxRegression): lr = 1": ("Classifier", None),
    "def cross_entropy(y_hat, y): return d2l.Classifier().loss(y_hat.log(), y)": (
        "cross_entropy", "cross_entropy(torch.ones(1), 0)",
    ),
    "class SoftmaxRegressionScratch(d2l.SoftmaxRegression): lr = 1": ("SoftmaxRegressionScratch", None),
    "from d2l import Classifier as C\nclass Module(C): lr = 1": ("Module", None),
    "class SoftmaxRegressionScratch(d2l.Classifier): lr = 1": (
        "SoftmaxRegressionScratch", "SoftmaxRegressionScratch().loss(0, 0)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("source", NEAR_ANSWERS)
def test_what_all_but_answers_an_exercise_is_not_there_where_it_is_asked(source: str) -> None:
    name, expression = NEAR_ANSWERS[source]
    with answers_to(name, source) as program:
        if expression is None:
            absent = program.absent(name)
            message = absent.message if absent is not None else ""
        else:
            raised = ask(program, name, expression).raised
            assert raised is not None
            assert raised.kind == "NotSupplied"
            message = raised.message
    assert "is what you are asked to write here" in message


def test_its_source_for_an_exercise_has_no_line_of_what_is_left_out() -> None:
    supplied = whole_course().supplied
    for _section, exercise in whole_course().exercises():
        cut = supplied.without(exercise.spellings)
        lines = [[module.source.count("\n") for module in modules] for modules in (cut, supplied.modules)]
        assert lines[0] == lines[1], exercise.name
        for path in LEFT_OUT.get(exercise.name, set()) - set(TORCHS_OWN):
            (body,) = (found for module in supplied.modules if (found := source_of(module.source, path)))
            assert not any(body in module.source for module in cut), (exercise.name, path)


TORCHS_OWN = ("matmul", "sigmoid", "tanh")


def source_of(source: str, path: str) -> str | None:
    """The lines of a function, class or method."""
    lines = place(source, path)
    return "\n".join(source.split("\n")[lines[0] - 1 : lines[1]]) if lines else None


def test_torchs_own_functions_are_answers_though_they_are_supplied_too(fresh: ModuleType) -> None:
    assert fresh.matmul is torch.matmul
    with answers_to("matmul", "import torch\nmatmul = torch.matmul") as program:
        assert program.absent("matmul") is None


def test_the_others_of_a_section_may_build_on_what_one_of_them_asks_for(fresh: ModuleType) -> None:
    """As in the book, where a trainer keeps its arguments by the package's own base class."""
    source = (
        "class HyperParameters:\n    def save_hyperparameters(self): self.mine = True\n"
        "class Trainer(d2l.HyperParameters):\n"
        "    def __init__(self, max_epochs): self.save_hyperparameters()\n"
        "@d2l.add_to_class(d2l.Trainer)\ndef later(self): return 1"
    )
    with answers_to("HyperParameters", source) as program:
        assert program.absent("HyperParameters") is None
    with answers_to("Trainer", source) as program:
        assert program.absent("Trainer") is None
        assert ask(program, "Trainer", "Trainer(5).max_epochs").result == 5
    with answers_to("Module", "class Module(d2l.HyperParameters): x = d2l.Trainer", 1) as program:
        assert program.absent("Module") is None


def test_what_a_program_adds_to_its_classes_is_gone_when_it_is_not_asked() -> None:
    with answers_to("softmax", "@d2l.add_to_class(d2l.Trainer)\ndef later(self): return 1"):
        assert not hasattr(importlib.import_module("d2l.torch").Trainer, "later")


def test_a_program_that_replaces_the_module_replaces_it_for_itself_alone() -> None:
    source = "import sys\nsys.modules['d2l.torch'] = 5\ndef softmax(X): return X"
    with answers_to("softmax", source, None) as program:
        assert program.absent("softmax") is None
        assert sys.modules["d2l.torch"].__name__ == "d2l.torch"


def test_data_loaded_above_the_answers_cost_none_of_them() -> None:
    source = "train_iter, test_iter = d2l.load_data_fashion_mnist(256)\ndef softmax(X): return 1"
    with answers_to("softmax", source, None) as program:
        assert ask(program, "softmax", "softmax(0)").result == 1


def test_data_may_be_loaded_within_an_answer() -> None:
    source = "def softmax(X): return len(d2l.load_data_fashion_mnist(256)[0])"
    with answers_to("softmax", source, None) as program:
        assert ask(program, "softmax", "softmax(0)").result == 1


def test_the_books_own_header_of_its_model_class_works() -> None:
    source = (
        "class Module(d2l.nn_Module, d2l.HyperParameters):\n    def loss(self, a, b): return self.training"
    )
    with answers_to("Module", source) as program:
        assert ask(program, "Module", "Module().loss(0, 0)").result is True


def test_what_a_program_replaces_in_the_package_is_replaced_for_it_alone() -> None:
    source = (
        "class Replaces:\n    d2l.train_ch3 = d2l.torch.Timer = None\n    d2l.sgd.lr = 1\n"
        "def softmax(X): return d2l.train_ch3 is None"
    )
    with answers_to("softmax", source, None, book="import d2l\n") as program:
        assert ask(program, "softmax", "softmax(0)").result is True
        package = importlib.import_module("d2l")
        assert callable(package.train_ch3)
        assert callable(package.Timer)


# What it does --------------------------------------------------------------------------------------


def test_functions_of_torch_go_by_the_names_that_the_book_gives_them(d2l: ModuleType) -> None:
    x = torch.arange(6.0).reshape(2, 3)
    assert d2l.reshape(x, (3, 2)).shape == (3, 2)
    assert d2l.astype(d2l.argmax(x, axis=1), d2l.int32).dtype == torch.int32
    assert d2l.reduce_mean(x) == 2.5
    assert d2l.concat((x, x), dim=1).shape == (2, 6)
    assert d2l.numpy(x.requires_grad_()).tolist() == x.tolist()
    assert d2l.np.ones(2).sum() == 2


def test_a_function_can_be_added_to_a_class_that_has_objects_already(d2l: ModuleType) -> None:
    class Greeter:
        name = "you"

    greeter: Any = Greeter()

    @d2l.add_to_class(Greeter)  # type: ignore[untyped-decorator]
    def greet(self: Greeter) -> str:
        return f"Hello, {self.name}"

    assert greet is None
    assert greeter.greet() == "Hello, you"


def test_arguments_become_attributes_but_for_ignored_and_private_ones(d2l: ModuleType) -> None:
    class Options(d2l.HyperParameters):  # type: ignore[name-defined, misc]
        def __init__(self, a: int, b: int, _c: int, d: int = 4, *, e: int = 5) -> None:
            local = a + b
            self.save_hyperparameters(ignore=["b"])
            assert local

    options = Options(1, 2, 3)
    assert vars(options) == {"a": 1, "d": 4, "e": 5, "hparams": {"a": 1, "d": 4, "e": 5}}


def test_the_board_keeps_means_of_every_n_points_a_label(d2l: ModuleType) -> None:
    board = d2l.ProgressBoard("x")
    for x in range(5):
        board.draw(x, 10 * x, "two", every_n=2)
        board.draw(x, x, "one")
    assert board.data["two"] == [(0.5, 5.0), (2.5, 25.0)]
    assert board.data["one"] == [(x, x) for x in range(5)]
    assert board.xlabel == "x"


def test_a_model_without_net_loss_or_optimizer_says_so(d2l: ModuleType) -> None:
    model = d2l.Module()
    with pytest.raises(AssertionError, match="Neural network is defined"):
        model(torch.zeros(1))
    for unfinished in (lambda: model.loss(torch.zeros(1), torch.zeros(1)), model.configure_optimizers):
        with pytest.raises(NotImplementedError):
            unfinished()


def test_data_come_shuffled_for_training_and_in_order_for_validation(d2l: ModuleType) -> None:
    data = d2l.SyntheticRegressionData(torch.tensor([2.0, -3.4]), 4.2, num_train=70, num_val=40)
    batches = list(data.train_dataloader())
    assert [len(y) for _, y in batches] == [32, 32, 6]
    assert sorted(torch.cat([y for _, y in batches]).flatten()) == sorted(data.y[:70].flatten())
    assert not torch.equal(torch.cat([X for X, _ in batches]), data.X[:70])
    assert torch.equal(torch.cat([X for X, _ in data.val_dataloader()]), data.X[70:])


def test_synthetic_targets_are_linear_with_a_little_noise(d2l: ModuleType) -> None:
    data = d2l.SyntheticRegressionData(torch.tensor([2.0, -3.4]), 4.2, noise=0.01)
    errors = data.y - (data.X @ torch.tensor([[2.0], [-3.4]]) + 4.2)
    assert data.X.shape == (2000, 2)
    assert 0.009 < errors.std() < 0.011


def test_training_with_an_added_epoch_reaches_the_optimum(d2l: ModuleType, line: Any) -> None:  # noqa: ANN401
    """The trainer calls what was added once an epoch, and the board has the losses of both sets."""

    class Trainer(d2l.Trainer):  # type: ignore[name-defined, misc]
        def fit_epoch(self) -> None:
            for batch in self.train_dataloader:
                loss = self.model.training_step(self.prepare_batch(batch))
                self.optim.zero_grad()
                loss.backward()
                self.optim.step()
                self.train_batch_idx += 1
            for batch in self.val_dataloader:
                self.model.validation_step(self.prepare_batch(batch))
                self.val_batch_idx += 1

    data = d2l.SyntheticRegressionData(torch.tensor([3.0]), 0.0, num_train=64, num_val=32)
    trainer = Trainer(max_epochs=20)
    trainer.fit(line, data)
    assert line.net.weight.item() == pytest.approx(3.0, abs=0.05)
    assert (trainer.epoch, trainer.train_batch_idx, trainer.val_batch_idx) == (19, 40, 20)
    assert line.board.xlim == [0, 20]
    assert [x for x, _ in line.board.data["train_loss"]] == [batch / 2 for batch in range(40)]
    assert [x for x, _ in line.board.data["val_loss"]] == list(range(1, 21))


def test_training_without_an_epoch_or_optimizer_of_ones_own_works_as_in_the_book(
    d2l: ModuleType,
    line: Any,  # noqa: ANN401
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(type(line), "configure_optimizers", lambda self: d2l.SGD([*self.parameters()], 0.1))
    data = d2l.SyntheticRegressionData(torch.tensor([3.0]), 0.0, num_train=64, num_val=32)
    trainer = d2l.Trainer(max_epochs=20)
    trainer.fit(line, data)
    assert line.net.weight.item() == pytest.approx(3.0, abs=0.05)
    assert (trainer.train_batch_idx, trainer.val_batch_idx, line.training) == (40, 20, False)


@pytest.mark.parametrize(("limit", "expected"), [(1.0, [0.6, 0.8]), (5.0, [3.0, 4.0]), (6.0, [3.0, 4.0])])
def test_gradients_are_clipped_to_the_norm_of_all_of_them(
    d2l: ModuleType, limit: float, expected: list[float]
) -> None:
    model: Any = nn.ParameterList([torch.zeros(1), torch.zeros(1)])
    for parameter, gradient in zip(model, (3.0, 4.0), strict=True):
        parameter.grad = torch.tensor([gradient])
    d2l.Trainer(max_epochs=1).clip_gradients(limit, model)
    assert [parameter.grad.item() for parameter in model] == pytest.approx(expected)


def test_a_classifier_counts_its_hits(d2l: ModuleType) -> None:
    scores, labels = torch.tensor([[0.1, 0.9], [0.8, 0.2], [0.3, 0.7]]), torch.tensor([1, 1, 1])
    classifier = d2l.Classifier()
    assert classifier.accuracy(scores, labels).item() == pytest.approx(2 / 3)
    assert classifier.accuracy(scores, labels, averaged=False).tolist() == [1.0, 0.0, 1.0]


def test_a_classifier_has_plain_descent_and_plots_loss_and_accuracy(d2l: ModuleType) -> None:
    classifier: Any = d2l.Classifier()
    classifier.net, classifier.lr = nn.Linear(2, 3), 0.25
    classifier.loss = nn.functional.cross_entropy
    optimizer = classifier.configure_optimizers()
    assert (type(optimizer), optimizer.defaults["lr"]) == (torch.optim.SGD, 0.25)
    classifier.trainer = d2l.Trainer(max_epochs=1)
    classifier.trainer.epoch, classifier.trainer.num_val_batches = 0, 1
    classifier.validation_step((torch.zeros(2, 2), torch.tensor([0, 1])))
    assert sorted(classifier.board.data) == ["val_acc", "val_loss"]


def test_fashion_mnist_has_its_shapes_and_fetches_nothing(
    d2l: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = d2l.FashionMNIST(batch_size=4, resize=(32, 32))
    images, labels = next(iter(data.train_dataloader()))
    assert (images.shape, images.dtype) == ((4, 1, 32, 32), torch.float32)
    assert (labels.shape, labels.dtype) == ((4,), torch.int64)
    assert data.train[0][0].shape == (1, 32, 32)
    assert data.text_labels([0, torch.tensor(9)]) == ["t-shirt", "ankle boot"]
    data.visualize((images, labels))
    assert list(tmp_path.parent.glob("data")) == []


def test_what_would_draw_takes_anything_and_does_nothing(d2l: ModuleType) -> None:
    x = torch.arange(3.0)
    assert d2l.plot(x, [x, x], "x", "f(x)", legend=["a", "b"], figsize=(5, 2.5)) is None
    assert d2l.show_images(torch.zeros(2, 4, 4), 1, 2, titles=["a", "b"]) is None
    assert d2l.use_svg_display() is None
    assert d2l.set_axes(None, "x", "y", [0, 1], [0, 1], "linear", "log", ["a"]) is None
    assert d2l.Animator(xlabel="epoch", legend=["a"]).add(1, (x, None)) is None
    assert d2l.set_figsize() is None


def test_devices_fall_back_to_the_cpu(d2l: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    assert (d2l.num_gpus(), d2l.try_gpu(0), d2l.try_gpu(1)) == (1, torch.device("cuda:0"), d2l.cpu())
    assert d2l.try_all_gpus() == [d2l.gpu(0)]
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 0)
    assert (d2l.try_gpu(), d2l.try_all_gpus()) == (torch.device("cpu"), [torch.device("cpu")])


def test_a_timer_adds_up_its_laps(d2l: ModuleType) -> None:
    timer = d2l.Timer()
    timer.times = [1.0, 2.0, 6.0]
    assert (timer.sum(), timer.avg(), timer.cumsum()) == (9.0, 3.0, [1.0, 3.0, 9.0])
    timer.start()
    assert timer.stop() >= 0.0
    assert len(timer.times) == 4


# Earlier editions ----------------------------------------------------------------------------------


def test_linear_regression_learns_with_the_functions_of_earlier_editions(d2l: ModuleType) -> None:
    w = torch.tensor([2.0, -3.4])
    features, labels = d2l.synthetic_data(w, 4.2, 1000)
    params = [torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]
    data_iter = d2l.load_array((features, labels), 10)
    for _epoch in range(3):
        for inputs, targets in data_iter:
            d2l.squared_loss(d2l.linreg(inputs, *params), targets).sum().backward()
            d2l.sgd(params, 0.03, 10)
    assert torch.allclose(params[0].flatten(), w, atol=0.02)
    assert params[1].item() == pytest.approx(4.2, abs=0.02)
    loss = d2l.evaluate_loss(lambda inputs: d2l.linreg(inputs, *params), data_iter, d2l.squared_loss)
    assert loss == pytest.approx(0.01**2 / 2, rel=0.3)


def test_half_the_squared_error_has_the_shape_of_the_predictions(d2l: ModuleType) -> None:
    assert d2l.squared_loss(torch.tensor([[1.0], [3.0]]), torch.tensor([0.0, 1.0])).tolist() == [[0.5], [2.0]]


def test_right_predictions_are_counted(d2l: ModuleType) -> None:
    scores, labels = torch.tensor([[0.1, 0.9], [0.8, 0.2], [0.3, 0.7]]), torch.tensor([1, 1, 1])
    assert d2l.accuracy(scores, labels) == 2.0
    assert d2l.accuracy(torch.tensor([1, 0, 0]), labels) == 1.0
    assert d2l.evaluate_accuracy(lambda given: given, [(scores, labels)] * 2) == pytest.approx(2 / 3)


@pytest.mark.parametrize("is_own", [True, False], ids=["own updater", "optimizer of torch"])
def test_classifiers_train_epoch_by_epoch(d2l: ModuleType, is_own: bool) -> None:
    torch.manual_seed(0)
    net = nn.Sequential(nn.Flatten(), nn.Linear(4, 2))
    images = torch.randn(64, 1, 2, 2)
    batches = d2l.load_array((images, (images.sum((1, 2, 3)) > 0).long()), 16)
    optimizer = torch.optim.SGD(net.parameters(), 0.5)
    updater = partial(d2l.sgd, [*net.parameters()], 0.5) if is_own else optimizer
    loss = nn.CrossEntropyLoss(reduction="none")
    before, _right = d2l.train_epoch_ch3(net, batches, loss, updater)
    d2l.train_ch3(net, batches, batches, loss, 20, updater)
    modes = [net.training]
    after, right = d2l.train_epoch_ch3(net, batches, loss, updater)
    modes.append(net.training)
    assert modes == [False, True]
    assert after < before / 2
    assert right == pytest.approx(d2l.evaluate_accuracy(net, batches), abs=0.1)
    assert right > 0.9


def test_sums_are_kept_until_they_are_reset(d2l: ModuleType) -> None:
    sums = d2l.Accumulator(2)
    sums.add(1, torch.tensor(2.5))
    sums.add(3, 4)
    assert (sums[0], sums[1]) == (4.0, 6.5)
    sums.reset()
    assert sums.data == [0.0, 0.0]


def test_images_come_in_minibatches_and_have_names(d2l: ModuleType) -> None:
    for resize, side in ((None, 28), (64, 64), ((32, 32), 32)):
        train_iter, test_iter = d2l.load_data_fashion_mnist(4, resize)
        assert next(iter(train_iter))[0].shape == (4, 1, side, side)
        assert torch.cat([y for _X, y in test_iter]).tolist() == list(range(10))
    assert d2l.get_fashion_mnist_labels(torch.tensor([9, 0])) == ["ankle boot", "t-shirt"]
    assert d2l.get_dataloader_workers() == 0
    assert d2l.predict_ch3(None, d2l.load_data_fashion_mnist(4)[1], n=3) is None


@pytest.mark.parametrize("name", ["download", "download_all", "download_extract", "extract"])
def test_nothing_is_downloaded(d2l: ModuleType, name: str) -> None:
    d2l.DATA_HUB["prices"] = (d2l.DATA_URL + "prices.csv", "0" * 40)
    with pytest.raises(ConnectionError, match="downloads are not available where submissions are graded"):
        getattr(d2l, name)("prices")


def test_folders_are_made_once(d2l: ModuleType, tmp_path: Path) -> None:
    for _ in range(2):
        d2l.mkdir_if_not_exist([str(tmp_path), "data"])
        d2l.mkdir_if_not_exist(str(tmp_path / "data"))
    assert (tmp_path / "data").is_dir()


# Models --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by_hand", [True, False])
def test_linear_regression_learns_with_a_trainer(d2l: ModuleType, by_hand: bool) -> None:
    w = torch.tensor([2.0, -3.4])
    model = d2l.LinearRegressionScratch(2, lr=0.03) if by_hand else d2l.LinearRegression(lr=0.03)
    data = d2l.SyntheticRegressionData(w, 4.2, num_train=640)
    d2l.Trainer(max_epochs=10).fit(model, data)
    weight, bias = (model.w, model.b) if by_hand else model.get_w_b()
    assert torch.allclose(weight.detach().flatten(), w, atol=0.05)
    assert bias.item() == pytest.approx(4.2, abs=0.05)


def test_softmax_regression_gives_logits_and_its_loss_is_their_cross_entropy(d2l: ModuleType) -> None:
    model = d2l.SoftmaxRegression(num_outputs=10, lr=0.1)
    d2l.Trainer(max_epochs=1).fit(model, d2l.FashionMNIST(batch_size=4))
    logits, y = model(torch.rand(3, 1, 28, 28)), torch.tensor([1, 2, 3])
    each = logits.logsumexp(dim=1) - logits[range(3), y]
    assert torch.allclose(model.loss(logits, y, averaged=False), each)
    assert torch.allclose(model.loss(logits, y), each.mean())
    assert sorted(model.board.data) == ["train_loss", "val_acc", "val_loss"]
