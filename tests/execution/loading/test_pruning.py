"""Loading notebooks: only definitions count, and what goes wrong costs nothing beyond itself."""

from __future__ import annotations

from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from grader.execution.loading import Loaded, LoadError, load
from grader.records.sources import Cell, SourceFile

if TYPE_CHECKING:
    from pathlib import Path

    from grader.execution.loading import Attempt

WANTED = {
    "softmax": ("softmax",),
    "relu": ("relu",),
    "SGD": ("SGD",),
    "fit_epoch": ("fit_epoch", "Trainer.fit_epoch"),
}
D2L = "from d2l import torch as d2l"


def notebook(*cells: str) -> SourceFile:
    return SourceFile(
        "hw.ipynb", None, tuple(Cell(number, cell) for number, cell in enumerate(cells, start=1))
    )


def loading(*cells: str, **options: int) -> Loaded:
    return load([notebook(*cells)], WANTED, **options)  # type: ignore[arg-type]


def call(loaded: Loaded, name: str, *arguments: object) -> object:
    """What the last attempt returns."""
    answer = loaded.attempts(name)[0].answer
    assert callable(answer)
    return answer(*arguments)


def error(loaded: Loaded, name: str) -> LoadError:
    found = loaded.missing(name)
    assert found is not None
    return found


def test_a_definition_is_found_in_its_cell() -> None:
    (attempt,) = loading("x = 1", "def softmax(X): return X").attempts("softmax")
    assert (attempt.where, attempt.of, attempt.is_stub) == ("cell 2", 1, False)


@pytest.mark.parametrize(
    "run",
    [
        "train()",
        "for epoch in range(10): train()",
        "while True: pass",
        "model = train()",
        "model, loss = train(), 1",
        "print(train())",
        "if True: train()",
        "with open('x') as file: train()",
        "assert train()",
        "try: train()\nexcept Exception: pass",
        "rates = [train() for _ in range(3)]",
        "softmax(train())",
        "model.rate = train()",
        "softmax.losses = train()",
        "lr = train()",
        "lr: float = train()",
        "if train(): lr = 1",
        "rates = list(map(lambda _: train(), [1]))",
        "lr = max([0.1, 0.3], key=lambda lr: train())",
        "import functools\nlr = functools.reduce(train, [1, 2, 3])",
        "import os\nrates = list(map(os.getpid, [1]))",
    ],
)
def test_what_runs_is_skipped(run: str) -> None:
    source = (
        "def train(*_):\n    global trained\n    trained = True\n    return 1\n"
        "def plot(): return [model, loss, rates, lr]"
    )
    loaded = loading(source, run, "calls = 0\ndef relu(): return 'loaded'")
    assert call(loaded, "relu") == "loaded"
    namespace = loaded.attempts("relu")[0].namespace
    assert not namespace.keys() & {"trained", "model", "loss", "rates"}


@pytest.mark.parametrize(
    ("constant", "value"),
    [
        ("lr = 0.1", 0.1),
        ("lr: float = 2 ** 3", 8),
        ("n = 4\nlr = [n, *range(n)]", [4, 0, 1, 2, 3]),
        ("lr, other = 1, 2", 1),
        ("import math\nlr = math.sqrt(4)", 2.0),
        ("lr = 'a b'.split()", ["a", "b"]),
        ("lr = max(1, 2)", 2),
        ("lr = sorted([2, 1], key=lambda x: -x)", [2, 1]),
        ("import math\nlr = list(map(math.sqrt, [4, 9]))", [2.0, 3.0]),
        ("lr = {'a': 1}\nlr = lr['a']", 1),
        ("if 1 > 2:\n    lr = 1\nelse:\n    lr = 2", 2),
        ("try:\n    lr = 1 / 0\nexcept ZeroDivisionError:\n    lr = 3", 3),
        ("from functools import partial\nlr = partial(int, '7').args", ("7",)),
    ],
)
def test_the_constants_that_definitions_need_are_evaluated(constant: str, value: object) -> None:
    assert call(loading(constant, "def softmax(): return lr"), "softmax") == value


def test_constants_that_nothing_needs_are_not_evaluated() -> None:
    (attempt,) = loading("big = 10 ** 6", "def softmax(): return 1").attempts("softmax")
    assert "big" not in attempt.namespace


def test_torch_constants_that_cost_nothing_are_evaluated() -> None:
    cells = ("import torch\nfrom torch import nn", "device = torch.device('cpu')\nact = nn.ReLU()")
    assert str(call(loading(*cells, "def softmax(): return device, act"), "softmax")) == (
        "(device(type='cpu'), ReLU())"
    )


def test_a_constant_never_takes_the_place_of_a_function() -> None:
    """In the notebook it did, after the function had been used; here only definitions count."""
    loaded = loading(
        "import math\ndef softmax(X): return X", "softmax = math.exp(1)", "def relu(): return softmax(3)"
    )
    assert call(loaded, "softmax", 2) == 2
    assert call(loaded, "relu") == 3


def test_a_name_of_a_method_does_not_stand_in_the_way_of_a_constant() -> None:
    source = "class SGD:\n    def loss(self): return 1\n    def step(self): return loss"
    (attempt,) = loading(source, "loss = 5").attempts("SGD")
    assert attempt.namespace["loss"] == 5


@pytest.mark.parametrize("source", ["softmax = lambda X: 2 * X", "def f(X): return 2 * X\nsoftmax = f"])
def test_a_function_may_get_its_name_by_assignment(source: str) -> None:
    assert call(loading(source), "softmax", 2) == 4


@pytest.mark.parametrize(
    "source", ["softmax = 3", "softmax = X", "X = 1\nsoftmax = X", "import math\nsoftmax = math.pi"]
)
def test_what_cannot_be_called_is_no_attempt(source: str) -> None:
    assert loading(source).attempts("softmax") == ()


@pytest.mark.parametrize(
    "statement",
    [
        "import no_such_package",
        "import no_such_package.torch as d2l",
        "from no_such_package import Module, Trainer",
        "from no_such_package import *",
        "from . import local",
        "import sys, no_such_package, os",
        "try:\n    import no_such_package\nexcept ImportError:\n    !pip x\n    import no_such_package",
        "if 'x' in 'y':\n    import no_such_package",
    ],
)
def test_a_package_that_is_not_there_costs_nothing(statement: str) -> None:
    loaded = loading(f"{statement}\nimport math", "def softmax(X): return math.exp(X)")
    assert call(loaded, "softmax", 0) == 1


def test_imports_beside_one_that_fails_are_kept() -> None:
    assert call(loading("import math, no_such_package, cmath\ndef softmax(): return math, cmath"), "softmax")


def test_a_guarded_import_takes_its_other_branch() -> None:
    source = "try:\n    import no_such_package\n    found = True\nexcept ImportError:\n    found = False"
    assert call(loading(source, "def softmax(): return found"), "softmax") is False


@pytest.mark.parametrize(
    "use", ["missing.Module", "missing()", "missing[0]", "list(missing)", "type('X', (missing,), {})"]
)
def test_using_a_package_that_is_not_there_says_which(use: str) -> None:
    loaded = loading(
        "import no_such_package as missing", f"def softmax():\n    class C(missing): pass\n    return {use}"
    )
    for _ in range(2):
        with pytest.raises(
            ModuleNotFoundError, match="no_such_package is not installed where the checks run"
        ):
            call(loaded, "softmax")


def test_what_needs_a_missing_package_to_be_defined_fails_alone() -> None:
    loaded = loading(
        D2L, "class SGD(d2l.HyperParameters):\n    def step(self): return 1", "def softmax(): return 1"
    )
    assert call(loaded, "softmax") == 1
    found = error(loaded, "SGD")
    assert (found.exception, found.lines) == (
        "ModuleNotFoundError",
        ("hw.ipynb, cell 2, line 1: class SGD(d2l.HyperParameters):",),
    )


def test_an_import_that_fails_does_not_take_a_name_away() -> None:
    assert (
        call(
            loading("import json", "import json.no_such_part", "def softmax(): return json.dumps(1)"),
            "softmax",
        )
        == "1"
    )


def test_an_imported_stand_in_is_no_answer() -> None:
    loaded = loading("from no_such_package import softmax", "relu = softmax")
    assert [loaded.attempts(name) for name in ("softmax", "relu")] == [(), ()]


@pytest.mark.parametrize(
    "cell",
    [
        "def broken(:",
        "Prose.",
        "1 / 0",
        "raise SystemExit",
        "@undefined\ndef f(): pass",
        "x = '\0'",
        "%%bash\nrm",
    ],
)
def test_a_cell_that_fails_costs_only_itself(cell: str) -> None:
    loaded = loading("def softmax(): return relu()", cell, "def relu(): return 1")
    assert call(loaded, "softmax") == 1


def test_a_name_in_a_cell_that_is_no_python_is_missing_for_that() -> None:
    loaded = loading("x = 1", "def softmax(X):\n    return (X\n", "def relu(): return 1")
    found = error(loaded, "softmax")
    assert (found.exception, found.lines) == ("SyntaxError", ("hw.ipynb, cell 2, line 2: return (X",))
    assert loaded.missing("SGD") is None


def test_deeply_nested_expressions_cost_only_themselves() -> None:
    deep = "x = " + "1+" * 5000 + "1"
    assert call(loading(deep, "def softmax(): return 1", "def relu(): return x"), "softmax") == 1


def test_a_future_import_goes_for_later_cells() -> None:
    loaded = loading("from __future__ import annotations", "def softmax(X: no_such_type): return 1")
    assert call(loaded, "softmax", 0) == 1


def test_a_magic_beside_a_definition_costs_nothing() -> None:
    assert (
        call(loading("%matplotlib inline\npip install d2l\ndef softmax(): return 1\nsoftmax?"), "softmax")
        == 1
    )


def test_classes_of_a_notebook_know_their_module() -> None:
    source = "from dataclasses import dataclass\n@dataclass\nclass SGD:\n    lr: 'float' = 0.1"
    answer = loading("from __future__ import annotations", source).attempts("SGD")[0].answer
    assert getattr(answer, "__module__", "") == "hw"


def test_an_unknown_condition_is_taken_as_true() -> None:
    loaded = loading("if input('train?'):\n    def softmax(): return 1\nelse:\n    def softmax(): return 2")
    assert call(loaded, "softmax") == 1


def test_functions_added_to_a_supplied_class_are_answers(d2l: ModuleType) -> None:
    loaded = loading(D2L, "@d2l.add_to_class(d2l.Trainer)\ndef fit_epoch(self): return 1")
    (attempt,) = loaded.attempts("fit_epoch")
    assert isinstance(attempt.answer, FunctionType)
    assert (attempt.where, attempt.answer(None)) == ("cell 2", 1)


def test_without_a_supplied_class_only_what_is_added_to_it_is_missing() -> None:
    loaded = loading(
        D2L, "@d2l.add_to_class(d2l.Trainer)\ndef fit_epoch(self): return 1", "def softmax(): return 1"
    )
    assert call(loaded, "softmax") == 1
    assert error(loaded, "fit_epoch").exception == "ModuleNotFoundError"


def test_a_notebook_written_along_the_book_loads(d2l: ModuleType) -> None:
    """With all that such notebooks hold: installs, data, training, plots, and a class in several cells."""
    loaded = loading(
        "pip install d2l==1.0.3",
        f"%matplotlib inline\nimport time\nimport torch\nfrom torch import nn\n{D2L}",
        "from google.colab import drive\ndrive.mount('/content/drive')",
        "x = torch.arange(12, dtype=torch.float32)\nx",
        "def f(a):\n    while a.norm() < 1000:\n        a = a * 2\n    return a\nd = f(x)\nd.backward()",
        "class LinearRegressionScratch(d2l.Module):\n    def __init__(self, lr):\n        self.lr = lr",
        "@d2l.add_to_class(LinearRegressionScratch)\n"
        "def configure_optimizers(self):\n    return SGD([], self.lr)",
        "class SGD(d2l.HyperParameters):\n    def __init__(self, params, lr):\n"
        "        self.save_hyperparameters()\n    def step(self):\n        return 'step'",
        "@d2l.add_to_class(d2l.Trainer)\ndef fit_epoch(self):\n    return self.prepare_batch(1), num_epochs",
        "num_epochs = 3\n@d2l.add_to_class(d2l.Trainer)\ndef prepare_batch(self, batch):\n    return batch",
        "model = LinearRegressionScratch(lr=0.03)\ntrainer = d2l.Trainer()\ntrainer.fit(model, no_such_data)",
        "X = torch.tensor([[1.0, 2.0]])\nX.sum(0, keepdims=True)\ndef softmax(X):\n    return torch.exp(X)",
        "%%time\nX_prob = softmax(X)\nd2l.plot(X_prob)",
    )
    assert [loaded.missing(name) for name in WANTED] == [None] * len(WANTED)
    assert [loaded.attempts(name)[0].where for name in ("SGD", "fit_epoch", "softmax")] == [
        "cell 8",
        "cell 9",
        "cell 12",
    ]
    namespace = loaded.attempts("SGD")[0].namespace
    assert not namespace.keys() & {"model", "trainer", "X_prob", "d"}
    assert namespace["LinearRegressionScratch"](0.1).configure_optimizers().step() == "step"  # type: ignore[operator]
    with loaded.active():
        assert d2l.Trainer().fit() == (1, 3)


ADD = "def add_to_class(C):\n    def add(f): setattr(C, f.__name__, f)\n    return add"
EMPTY = "class Trainer:\n    def fit(self): pass"
FOUR = "def fit_four(self): return 4"
MADE = "def made(n): return lambda self: n"


def trainer(*cells: str) -> Attempt:
    """The class `Trainer` of a program, as it counts."""
    return load([notebook(*cells)], {"Trainer": ("Trainer",)}).attempts("Trainer")[0]


@pytest.mark.parametrize(
    "way",
    [
        "add_to_class(Trainer)(fit_four)",
        "for one in (fit_four,): add_to_class(Trainer)(one)",
        "for one in [fit_four]:\n    setattr(Trainer, one.__name__, one)",
        "for name, one in [('fit_four', fit_four)]:\n    setattr(Trainer, name, one)",
        f"{MADE}\nTrainer.fit_four = made(4)",
        "for name, n in {'fit_four': 4}.items():\n    setattr(Trainer, name, lambda self, n=n: n)",
        "for name, one in zip(['fit_four'], [lambda self: 4]):\n    setattr(Trainer, name, one)",
        f"{MADE}\nfor n, name in enumerate(['fit_four'], 4):\n    setattr(Trainer, name, made(n))",
        "for n in range(4, 5):\n    def one(self, n=n): return n\n    setattr(Trainer, 'fit_four', one)",
    ],
)
def test_methods_may_be_put_into_their_class_by_calls_and_loops(way: str) -> None:
    found = trainer(ADD, EMPTY, FOUR, way)
    assert found.answer().fit_four() == 4  # type: ignore[operator]
    assert not found.is_stub


def test_a_function_may_get_its_methods_name_before() -> None:
    way = "fit_four.__name__ = 'fit'\nfor one in (fit_four,): add_to_class(Trainer)(one)"
    assert trainer(ADD, EMPTY, FOUR, way).answer().fit() == 4  # type: ignore[operator]


def test_a_decorator_of_ones_own_may_put_them_there() -> None:
    own = "def method(f):\n    setattr(Trainer, f.__name__, f)\n    return f"
    found = trainer(EMPTY, own, "@method\ndef fit(self): return 4")
    assert found.answer().fit() == 4  # type: ignore[operator]
    assert not found.is_stub


def test_such_a_decorator_may_be_given_the_class() -> None:
    own = "def to(C):\n    def put(f): setattr(C, f.__name__, f)\n    return put"
    found = trainer("class Trainer:\n    'Written below.'", own, "@to(Trainer)\ndef fit(self): return 4")
    assert found.answer().fit() == 4  # type: ignore[operator]
    assert not found.is_stub


def test_a_stub_stays_one_if_a_decorator_of_ones_own_is_given_its_class() -> None:
    own = "def to(C):\n    def put(f): setattr(C, f.__name__, f)\n    return put"
    assert trainer(EMPTY, own, "@to(Trainer)\ndef fit(self): raise NotImplementedError").is_stub


@pytest.mark.parametrize(
    "loop",
    [
        "for one in (fit_four,):\n    setattr(Trainer, one.__name__, one)\n    open('x', 'w')",
        "for one in (fit_four, open('x', 'w')):\n    setattr(Trainer, 'fit_four', fit_four)",
        "for one in train(fit_four):\n    setattr(Trainer, 'fit_four', fit_four)",
        "model = Trainer()\nfor n in range(9):\n    setattr(model, 'losses', open('x', 'w'))",
        "for n in range(9):\n    def fit_four(self): return 4",
    ],
)
def test_a_loop_that_does_more_is_not_run(loop: str) -> None:
    made: Any = trainer(EMPTY, FOUR, loop).answer
    assert made().fit() is None
    assert not hasattr(made(), "fit_four")


@pytest.mark.parametrize("way", ["Trainer.fit_epoch = epoch", "setattr(Trainer, 'fit_epoch', epoch)"])
def test_a_method_may_be_put_into_its_class_by_hand(way: str) -> None:
    loaded = loading("class Trainer: pass", "def epoch(self): return 4", way)
    assert call(loaded, "fit_epoch", None) == 4
    assert loaded.attempts("fit_epoch")[0].where == "cell 3"


def test_the_books_package_is_not_needed_where_work_is_graded_and_it_says_so() -> None:
    loaded = loading(
        f"{D2L}\nfrom d2l.torch import cpu\ndef softmax(X): return d2l.cpu()\ndef relu(X): return cpu()"
    )
    for name in ("softmax", "relu"):
        with pytest.raises(
            ModuleNotFoundError, match=r"the course supplies .* pip install --no-deps d2l==1\.0\.3"
        ):
            call(loaded, name, 1)


def test_what_a_package_needs_itself_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "helpers_of_mine.py").write_text("import no_such_package.inner\n")
    monkeypatch.syspath_prepend(tmp_path)
    loaded = loading("import helpers_of_mine\ndef softmax(X): return helpers_of_mine.f(X)")
    with pytest.raises(
        ModuleNotFoundError, match="helpers_of_mine needs no_such_package, which is not installed"
    ):
        call(loaded, "softmax", 1)


def test_torchvision_is_imported_however_it_was_built() -> None:
    loaded = loading(
        "import torchvision\nfrom torchvision import transforms\ndef softmax(): return transforms.Resize(2)"
    )
    assert type(call(loaded, "softmax")).__name__ == "Resize"
