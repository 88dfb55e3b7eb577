"""Names defined several times in a notebook: each definition is an attempt, the last one first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.execution.deadline import deadline
from grader.execution.loading import Attempt, Loaded, load
from grader.execution.loading.replacing import Replacement, answer_in
from grader.records.sources import Cell, SourceFile

if TYPE_CHECKING:
    from types import ModuleType

WANTED = {"softmax": ("softmax",), "SGD": ("SGD",), "fit_epoch": ("fit_epoch", "Trainer.fit_epoch")}
ADD = "def add_to_class(C):\n    def add(f): setattr(C, f.__name__, f)\n    return add"


def loading(*cells: str, attempts: int = 5, correct: dict[str, str] | None = None) -> Loaded:
    numbered = tuple(Cell(number, cell) for number, cell in enumerate(cells, start=1))
    return load(
        [SourceFile("hw.ipynb", None, numbered)],
        WANTED,
        attempts=attempts,
        replaced={
            name: Replacement((name,), answer_in(source, name)) for name, source in (correct or {}).items()
        },
    )


def result(attempt: Attempt) -> object:
    assert callable(attempt.answer)
    return attempt.answer()


def test_the_last_definition_is_the_first_attempt() -> None:
    attempts = loading("def softmax(): return 1", "x = 1", "def softmax(): return 2").attempts("softmax")
    assert [(attempt.where, attempt.of, result(attempt)) for attempt in attempts] == [
        ("cell 3", 2, 2),
        ("cell 1", 2, 1),
    ]


def test_only_so_many_definitions_are_attempts() -> None:
    cells = [f"def softmax(): return {number}" for number in range(8)]
    assert [result(attempt) for attempt in loading(*cells).attempts("softmax")] == [7, 6, 5, 4, 3]
    assert [result(attempt) for attempt in loading(*cells, attempts=1).attempts("softmax")] == [7]


def test_an_earlier_attempt_has_what_stood_above_it() -> None:
    cells = (
        "scale = 1\ndef half(): return scale",
        "def softmax(): return ('first', half())",
        "def softmax(): return 'second'",
        "scale = 10\ndef half(): return 2 * scale",
    )
    assert [result(attempt) for attempt in loading(*cells).attempts("softmax")] == ["second", ("first", 1)]


def test_an_attempt_has_also_what_stands_below_and_is_nowhere_above() -> None:
    cells = (
        "def softmax(): return 'first', late()",
        "def softmax(): return 'second'",
        "def late(): return 'below'",
    )
    assert [result(one) for one in loading(*cells).attempts("softmax")] == ["second", ("first", "below")]


@pytest.mark.parametrize(
    "experiment",
    [
        "eps = 5",
        "eps *= 5",
        "eps, other = 5, 6",
        "def eps(): return 5",
        "import math as eps",
        "class eps: pass",
    ],
)
def test_a_value_that_is_bound_again_below_is_no_loss(experiment: str) -> None:
    """In the notebook the answer was right, before the experiment."""
    loaded = loading("eps = 1", "def helper(): return eps", "def softmax(): return helper()", experiment)
    attempts = loaded.attempts("softmax")
    assert result(attempts[0]) != 1
    assert [(one.where, one.of, result(one)) for one in attempts[1:]] == [("cell 3", 1, 1)]


@pytest.mark.parametrize("again", ["eps = 1", "import math", "x = 1", "other = 5", "def g(): return eps"])
def test_what_changes_nothing_is_no_attempt(again: str) -> None:
    loaded = loading("import math\neps = 1", "def softmax(): return eps, math.pi", again)
    assert len(loaded.attempts("softmax")) == 1


def test_a_package_that_is_bound_again_below_is_no_loss(d2l: ModuleType) -> None:
    loaded = loading(
        "from d2l import torch as d2l", "def softmax(): return d2l.HyperParameters", "import json as d2l"
    )
    assert result(loaded.attempts("softmax")[1]) is d2l.HyperParameters


@pytest.mark.parametrize(
    "experiment",
    [
        "@add_to_class(SGD)\ndef step(self): return 'experiment'",
        "SGD.step = lambda self: 'experiment'",
        "setattr(SGD, 'step', lambda self: 'experiment')",
    ],
)
@pytest.mark.parametrize("right", ["in the class", "registered"])
def test_each_registration_of_a_method_is_an_attempt(experiment: str, right: str) -> None:
    step = "def step(self): return 'right'"
    classes = {
        "in the class": (f"class SGD:\n    {step}",),
        "registered": ("class SGD:\n    def step(self): pass", f"@add_to_class(SGD)\n{step}"),
    }
    attempts = loading(ADD, *classes[right], experiment).attempts("SGD")
    assert [(one.where, one.of) for one in attempts] == [("cell 2", 2)] * 2
    assert [result(one).step() for one in attempts] == ["experiment", "right"]  # type: ignore[attr-defined]


def test_a_method_that_an_answer_calls_may_be_registered_again_below() -> None:
    cells = (
        ADD + "\nclass Trainer: pass",
        "@add_to_class(Trainer)\ndef prepare(self): return 'right'",
        "@add_to_class(Trainer)\ndef fit_epoch(self): return self.prepare()",
        "@add_to_class(Trainer)\ndef prepare(self): return 'experiment'",
    )
    found = loading(*cells).attempts("fit_epoch")
    owners = [one.namespace["Trainer"]() for one in found]  # type: ignore[operator]
    assert [one.fit_epoch() for one in owners] == ["experiment", "right"]


def test_definitions_come_before_variants_of_one() -> None:
    cells = (
        "eps = 1",
        "def softmax(): return 'first', eps",
        "def softmax(): return 'second', eps",
        "eps = 2",
    )
    assert [result(one) for one in loading(*cells).attempts("softmax")] == [
        ("second", 2),
        ("first", 1),
        ("second", 1),
    ]
    assert [result(one) for one in loading(*cells, attempts=1).attempts("softmax")] == [("second", 2)]


def test_a_file_has_attempts_like_a_notebook() -> None:
    source = "eps = 1\ndef softmax(): return 1, eps\ndef softmax(): return 2, eps\neps = 2\n"
    attempts = load([SourceFile("hw.py", None, (Cell(None, source),))], WANTED).attempts("softmax")
    assert [(one.where, one.of, result(one)) for one in attempts] == [
        ("hw.py", 2, (2, 2)),
        ("hw.py", 2, (1, 1)),
        ("hw.py", 2, (2, 1)),
    ]


def test_other_names_see_the_attempt() -> None:
    cells = ("def softmax(): return 1", "def softmax(): return 2", "def use(): return softmax()")
    seen = [attempt.namespace["use"]() for attempt in loading(*cells).attempts("softmax")]  # type: ignore[operator]
    assert seen == [2, 1]


def test_a_stub_is_no_attempt_where_there_is_an_answer() -> None:
    cells = ("def softmax(): return 1", "def softmax(): raise NotImplementedError", "def softmax(): pass")
    (attempt,) = loading(*cells).attempts("softmax")
    assert (attempt.where, attempt.of, result(attempt)) == ("cell 1", 1, 1)


def test_of_stubs_alone_the_last_one_is_shown() -> None:
    (attempt,) = loading("def softmax(): ...", "def softmax(): raise NotImplemented").attempts("softmax")
    assert (attempt.where, attempt.is_stub) == ("cell 2", True)


def test_a_definition_that_fails_gives_way_to_the_one_before() -> None:
    loaded = loading("def softmax(): return 1", "@undefined\ndef softmax(): return 2")
    (attempt,) = loaded.attempts("softmax")
    assert (attempt.where, attempt.of) == ("cell 1", 2)
    assert loaded.missing("softmax") is None


def test_methods_added_to_a_class_belong_to_the_definition_before_them() -> None:
    cells = (
        ADD,
        "class SGD:\n    rate = 1\n    def lr(self): return self.rate",
        "@add_to_class(SGD)\ndef step(self): return 'first', self.lr()",
        "class SGD:\n    rate = 2\n    def lr(self): return self.rate",
        "@add_to_class(SGD)\ndef step(self): return 'second', self.lr()",
    )
    attempts = [result(attempt) for attempt in loading(*cells).attempts("SGD")]
    assert [made.step() for made in attempts] == [("second", 2), ("first", 1)]  # type: ignore[attr-defined]


def test_a_class_of_stubs_is_an_answer_once_a_method_is_added() -> None:
    stub = "class SGD:\n    def step(self): raise NotImplementedError"
    added = "@add_to_class(SGD)\ndef step(self): return 1"
    assert [attempt.is_stub for attempt in loading(ADD, stub).attempts("SGD")] == [True]
    assert [attempt.where for attempt in loading(ADD, stub, added).attempts("SGD")] == ["cell 2"]
    still = "@add_to_class(SGD)\ndef step(self): pass"
    assert [attempt.is_stub for attempt in loading(ADD, stub, still).attempts("SGD")] == [True]


def test_a_function_and_a_method_are_attempts_at_the_same_exercise() -> None:
    cells = (
        ADD + "\nclass Trainer:\n    def fit_epoch(self): raise NotImplementedError",
        "def fit_epoch(trainer): return 'function'",
        "@add_to_class(Trainer)\ndef fit_epoch(self): return 'method'",
    )
    found = [(a.where, a.answer(None)) for a in loading(*cells).attempts("fit_epoch") if callable(a.answer)]
    assert found == [("cell 3", "method"), ("cell 2", "function")]


def test_attempts_at_a_method_of_a_supplied_class_do_not_mix(d2l: ModuleType) -> None:
    add = "@d2l.add_to_class(d2l.Trainer)\n"
    loaded = loading(
        "from d2l import torch as d2l",
        f"{add}def fit_epoch(self): return 'first', hasattr(d2l.Trainer, 'later')",
        f"{add}def fit_epoch(self): return 'second', d2l.Trainer().later()",
        f"{add}def later(self): return 'later'",
    )
    attempts = loaded.attempts("fit_epoch")
    with loaded.active():
        answers = [attempt.answer(None) for attempt in attempts if callable(attempt.answer)]
    assert answers == [("second", "later"), ("first", True)]


def test_supplied_classes_are_as_the_whole_notebook_left_them_while_it_is_asked(d2l: ModuleType) -> None:
    add = "from d2l import torch as d2l\n@d2l.add_to_class(d2l.Trainer)\n"
    fit = f"{add}def fit_epoch(self): return softmax()"
    loaded = loading("def softmax(): return 1", fit, "def softmax(): return 2")
    assert [result(attempt) for attempt in loaded.attempts("softmax")] == [2, 1]
    with loaded.active():
        assert d2l.Trainer().fit() == 2
    assert not hasattr(d2l.Trainer, "fit_epoch")


def test_a_definition_after_the_deadline_is_missing_and_not_run_again() -> None:
    cells = (
        "def softmax(): return 1",
        "def softmax(): return 2",
        "class Slow:\n    while True: pass",
        "class SGD: x = 1",
    )
    with deadline(0.1):
        loaded = loading(*cells)
    assert [result(attempt) for attempt in loaded.attempts("softmax")] == [2, 1]
    found = loaded.missing("SGD")
    assert found is not None
    assert found.exception == "Expired"


def test_only_what_was_defined_in_time_is_an_attempt() -> None:
    slow = "class Slow:\n    while True: pass"
    with deadline(0.1):
        loaded = loading(
            "def softmax(): return 1", slow, "def softmax(): return 2", "def softmax(): return 3"
        )
    assert [(attempt.where, result(attempt)) for attempt in loaded.attempts("softmax")] == [("cell 1", 1)]


def test_correct_answers_hold_in_every_attempt() -> None:
    cells = (
        "def relu(): return 'wrong'",
        "def softmax(): return 1, relu()",
        "def softmax(): return 2, relu()",
    )
    loaded = loading(*cells, correct={"relu": "def relu(): return 'right'"})
    assert [result(attempt) for attempt in loaded.attempts("softmax")] == [(2, "right"), (1, "right")]


def test_the_file_is_named_where_there_are_several() -> None:
    files = [
        SourceFile(path, None, (Cell(3, "def softmax(): return 1"),))
        for path in ("part1.ipynb", "part2.ipynb")
    ]
    wheres = [attempt.where for attempt in load(files, WANTED).attempts("softmax")]
    assert wheres == ["part2.ipynb, cell 3", "part1.ipynb, cell 3"]


def test_a_definition_that_raises_leaves_the_one_above_it_also_where_only_the_last_one_counts() -> None:
    """As in Python: the name stays what it was."""
    cells = ["class SGD:\n    n = 1", "class SGD(no_such_name):\n    n = 2", "def softmax(x=undefined): pass"]
    (attempt,) = loading(*cells, attempts=1).attempts("SGD")
    assert (attempt.where, getattr(attempt.answer, "n", None)) == ("cell 1", 1)
    broken = loading(*cells, attempts=1)
    assert broken.attempts("softmax") == ()
    assert broken.missing("softmax") is not None
