"""The supplied `d2l.torch` behaves as the book says, and answers no exercise."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import subprocess
import sys
from functools import cache
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

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

ROOT = Path(__file__).parents[2]
SUPPLIED = ROOT / "reference" / "supplied"

LISTS_IMPORTS = """\
import sys, torch
before = set(sys.modules)
from d2l import torch as d2l
print(*{name.partition(".")[0] for name in set(sys.modules) - before})
"""


@pytest.fixture(scope="module")
def d2l() -> ModuleType:
    return course.load_module(SUPPLIED / "d2l" / "torch.py", "supplied_d2l_torch")


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


# What is asked for is not supplied -----------------------------------------------------------------


@cache
def whole_course() -> course.Course:
    """The course that ships."""
    return course.load()


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
def answers_to(name: str, source: str, cell: int | None = 1) -> Iterator[Answers]:
    """A program that is asked for one exercise, as in the process for this exercise."""
    book = "from d2l import torch as d2l\n"
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


def test_all_else_of_its_list_is_there_and_works_alone(fresh: ModuleType) -> None:
    whole = list(fresh.__all__)
    for name, path in offered(fresh):
        with importable(whole_course().supplied.without([path])):
            left = importlib.import_module("d2l.torch")
        assert not has(left, path), name
        assert [one for one in whole if has(left, one)] == left.__all__, name
        assert left.__all__ == [one for one in whole if one not in gone(vars(fresh), path)], name


def test_its_source_for_an_exercise_has_no_line_of_that_exercise(fresh: ModuleType) -> None:
    for name, path in offered(fresh):
        if path in fresh.FUNCTIONS:
            continue  # torch's own
        body = path_source(fresh, path)
        (cut,) = (one for one in whole_course().supplied.without([path]) if one.name == "d2l.torch")
        (whole,) = (one for one in whole_course().supplied.modules if one.name == "d2l.torch")
        assert (body in whole.source, body in cut.source) == (True, False), name
        assert len(cut.source.splitlines()) == len(whole.source.splitlines()), name


def path_source(module: ModuleType, path: str) -> str:
    """The source of a function, class or method of a module."""
    found: Any = module
    for name in path.split("."):
        found = vars(found)[name]
    return inspect.getsource(found)


def gone(names: Mapping[str, object], path: str) -> set[str]:
    """What can't be supplied where `path` is asked for: that itself, and the classes derived from it."""
    parent = names.get(path)
    if not isinstance(parent, type):
        return {path}
    return {name for name, one in names.items() if isinstance(one, type) and issubclass(one, parent)}


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
