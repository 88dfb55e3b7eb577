"""Loading `.py` files: definitions count, as in a notebook."""

from __future__ import annotations

import pickle
import sys
import traceback
from types import FunctionType, ModuleType

import pytest

from grader.execution.deadline import deadline
from grader.execution.loading import Loaded, LoadError, load
from grader.execution.loading.replacing import Replacement, answer_in
from grader.records.sources import Cell, SourceFile

WANTED = {
    "softmax": ("softmax",),
    "SGD": ("SGD",),
    "fit_epoch": ("fit_epoch", "Trainer.fit_epoch"),
    "accuracy": ("accuracy", "Classifier.accuracy"),
}


def module(source: str, path: str = "hw.py") -> SourceFile:
    return SourceFile(path, None, (Cell(None, source),))


def loading(*sources: str, correct: dict[str, str] | None = None) -> Loaded:
    files = [module(source, f"hw{number or ''}.py") for number, source in enumerate(sources)]
    return load(
        files,
        WANTED,
        replaced={
            name: Replacement((name,), answer_in(source, name)) for name, source in (correct or {}).items()
        },
    )


def call(loaded: Loaded, name: str, *arguments: object) -> object:
    (attempt,) = loaded.attempts(name)
    assert isinstance(attempt.answer, FunctionType)
    return attempt.answer(*arguments)


def error(loaded: Loaded, name: str) -> LoadError:
    found = loaded.missing(name)
    assert found is not None
    return found


def test_a_definition_is_found_with_its_globals() -> None:
    loaded = loading("K = 2\ndef softmax(X): return X * K\n")
    (attempt,) = loaded.attempts("softmax")
    assert (attempt.where, attempt.of, attempt.is_stub, attempt.namespace["K"]) == ("hw.py", 1, False, 2)
    assert call(loaded, "softmax", 3) == 6
    assert loaded.missing("softmax") is None


def test_the_last_definition_that_is_no_stub_is_the_first_attempt() -> None:
    source = "def softmax(X): return 1\ndef softmax(X): return 2\ndef softmax(X): pass\n"
    assert [attempt.of for attempt in loading(source).attempts("softmax")] == [2, 2]
    (attempt,) = load([module(source)], WANTED, attempts=1).attempts("softmax")
    assert isinstance(attempt.answer, FunctionType)
    assert attempt.answer(0) == 2


def test_what_is_not_defined_has_no_attempts_and_no_error() -> None:
    loaded = loading("x = 1\n")
    assert loaded.attempts("softmax") == ()
    assert loaded.missing("softmax") is None


def test_a_stub_is_an_attempt_that_says_so() -> None:
    loaded = loading("class SGD:\n    def step(self): raise NotImplementedError\n")
    (attempt,) = loaded.attempts("SGD")
    assert (attempt.is_stub, attempt.of, loaded.missing("SGD")) == (True, 0, None)


def test_what_only_a_main_program_runs_holds_definitions() -> None:
    source = "if __name__ == '__main__':\n    K = 3\n    def softmax(): return K\n    while True: pass\n"
    assert call(loading(source), "softmax") == 3


def test_what_only_a_main_program_runs_replaces_nothing() -> None:
    source = (
        "if '__main__' == __name__:\n    K = 3\n    def softmax(): return 'experiment'\n"
        "else:\n    def SGD(): return 5\n"
        "K = 1\ndef softmax(): return K\n"
    )
    loaded = loading(source)
    assert (call(loaded, "softmax"), call(loaded, "SGD")) == (1, 5)


def test_an_answer_that_a_call_makes_is_found() -> None:
    loaded = loading("def make():\n    return lambda: 7\nsoftmax = make()\n")
    assert call(loaded, "softmax") == 7


@pytest.mark.parametrize(
    "statement",
    [
        "1 / 0",
        "import sys; sys.exit()",
        "raise KeyboardInterrupt",
        "import no_such_package",
        "def f(): f()\nf()",
        "exec('f(')",
        "!pip install d2l",
        "%matplotlib inline",
        "get_ipython().system('pip install d2l')",
        "model.cuda()",
        "while True: pass",
        "open('/no/such/file')",
        "this is prose",
        "def broken(:\n    pass",
    ],
)
def test_a_line_that_fails_or_trains_costs_only_what_needs_it(statement: str) -> None:
    loaded = loading(f"def softmax(): return 1\n{statement}\nclass SGD:\n    def step(self): return 1\n")
    assert call(loaded, "softmax") == 1
    (attempt,) = loaded.attempts("SGD")
    assert attempt.answer().step() == 1  # type: ignore[operator]
    assert [loaded.missing(name) for name in WANTED] == [None] * len(WANTED)


def test_what_needs_a_line_that_fails_says_so() -> None:
    loaded = loading("K = 1 / 0\ndef softmax(X=K): return X\ndef accuracy(): return 1\n")
    assert call(loaded, "accuracy") == 1
    assert error(loaded, "softmax") == LoadError(
        "NameError", "name 'K' is not defined", ("hw.py, line 2: def softmax(X=K): return X",)
    )


def test_a_definition_that_fails_does_not_hide_the_one_before() -> None:
    loaded = loading("def softmax(): return 1\n@undefined\ndef softmax(): return 2\n")
    assert call(loaded, "softmax") == 1


@pytest.mark.parametrize(
    "definition",
    [
        "def softmax(X: Float[Tensor, 'n m']) -> Float[Tensor, 'n m']: return X",
        "eps: Float[Tensor, ''] = 0\ndef softmax(X): return X + eps",
        "@jaxtyped(typechecker=beartype)\ndef softmax(X: Float): return X",
        "@beartype\ndef softmax(X): return X",
    ],
)
def test_annotations_and_decorators_of_packages_that_are_not_there_cost_nothing(definition: str) -> None:
    imports = "from no_such_package import Float, Tensor, jaxtyped\nfrom no_such_typing import beartype\n"
    assert call(loading(imports + definition), "softmax", 5) == 5


def test_an_error_shows_the_students_lines_and_nobody_elses() -> None:
    loaded = loading("import json\ndef f(x):\n    return json.loads(x)\ndef softmax(X=f('{')): return 1\n")
    assert error(loaded, "softmax").lines == (
        "hw.py, line 4: def softmax(X=f('{')): return 1",
        "hw.py, in f, line 3: return json.loads(x)",
    )


def test_an_exception_that_cannot_be_shown_is_recorded_all_the_same() -> None:
    source = (
        "class E(Exception):\n    def __str__(self): raise SystemExit\ndef fail(): raise E\n"
        "def softmax(X=fail()): return 1\n"
    )
    assert error(loading(source), "softmax") == LoadError(
        "E",
        "",
        ("hw.py, line 4: def softmax(X=fail()): return 1", "hw.py, in fail, line 3: def fail(): raise E"),
    )


@pytest.mark.parametrize(
    ("source", "exception"),
    [
        ("Here comes my homework:\nwritten in prose.\n", "SyntaxError"),
        ("x = '\0'", "SyntaxError|ValueError"),
        ("x = " + "-" * 200_000 + "1\n", "MemoryError|RecursionError"),
    ],
    ids=["prose", "NUL", "deep to the right"],
)
def test_in_a_file_that_is_no_python_everything_is_missing(source: str, exception: str) -> None:
    loaded = loading(source)
    assert loaded.attempts("softmax") == ()
    for name in WANTED:
        assert error(loaded, name).exception in exception.split("|")


def test_a_statement_that_can_not_be_compiled_costs_only_itself() -> None:
    loaded = loading("x = " + "1+" * 200_000 + "1\ndef softmax(): return 1\n")
    assert call(loaded, "softmax") == 1
    assert call(loading("return 2\ndef softmax(): return 1\n"), "softmax") == 1


def test_a_definition_with_a_syntax_error_shows_its_line() -> None:
    loaded = loading("x = 1\ndef softmax(:\n    pass\ndef accuracy(): return 1\n")
    found = error(loaded, "softmax")
    assert (found.message, found.lines) == ("invalid syntax", ("hw.py, line 2: def softmax(:",))
    assert loaded.missing("SGD") is None
    assert call(loaded, "accuracy") == 1


def test_a_file_that_could_not_be_read_says_why() -> None:
    loaded = load([SourceFile("hw.py", None, (), "Save it as UTF-8.")], WANTED)
    assert loaded.missing("softmax") == LoadError("Unreadable", "Save it as UTF-8.")


def test_classes_work_as_in_a_real_module() -> None:
    """Dataclasses look their module up, and so does pickle."""
    future = "from __future__ import annotations\n"
    source = f"{future}from dataclasses import dataclass\n@dataclass\nclass SGD:\n    lr: float\n"
    (attempt,) = loading(source).attempts("SGD")
    assert isinstance(attempt.answer, type)
    assert pickle.loads(pickle.dumps(attempt.answer(0.1))) == attempt.answer(0.1)  # noqa: S301 - our own
    assert attempt.answer.__module__ == "hw"


def test_what_was_defined_within_the_deadline_stands() -> None:
    with deadline(0.1):
        loaded = loading("def softmax(): return 1\nclass Slow:\n    while True: pass\nclass SGD: lr = 1\n")
    assert call(loaded, "softmax") == 1
    assert error(loaded, "SGD").exception == "Expired"


@pytest.mark.parametrize("name", ["random", "sys", "statistics", "pytest", "nbformat"])
def test_a_file_named_like_a_module_does_not_take_its_place(name: str) -> None:
    before = sys.modules.get(name)
    loaded = load([module("def softmax(): return 1\n", f"{name}.py")], WANTED)
    assert call(loaded, "softmax") == 1
    assert sys.modules.get(name) is before


def test_a_second_load_of_a_file_starts_afresh() -> None:
    loading("def softmax(): return 1\nleft = 1\n")
    (attempt,) = loading("def softmax(): return 2\n").attempts("softmax")
    assert "left" not in attempt.namespace
    assert sys.modules["hw"].__dict__ is attempt.namespace


def test_tracebacks_show_the_students_source() -> None:
    loaded = loading("def softmax():\n    return 1 / 0  # here\n")
    with pytest.raises(ZeroDivisionError) as raised:
        call(loaded, "softmax")
    assert "return 1 / 0  # here" in "".join(traceback.format_tb(raised.value.__traceback__))


def test_of_several_files_the_later_one_counts_first() -> None:
    loaded = loading("def softmax(): return 1\n", "def softmax(): return 2\n", "def SGD(): return 3\n")
    assert [attempt.where for attempt in loaded.attempts("softmax")] == ["hw1.py", "hw.py"]
    assert [attempt.of for attempt in loaded.attempts("softmax")] == [2, 2]
    assert call(loaded, "SGD") == 3


def test_a_method_answers_where_the_course_allows_it() -> None:
    loaded = loading("class Trainer:\n    def fit_epoch(self): return 5\n")
    assert call(loaded, "fit_epoch", None) == 5


def test_a_method_added_to_a_class_makes_up_for_its_stub() -> None:
    source = (
        "def add_to_class(C): return lambda f: setattr(C, f.__name__, f)\n"
        "class SGD:\n    def step(self): raise NotImplementedError\n"
        "@add_to_class(SGD)\ndef step(self): return 1\n"
    )
    (attempt,) = loading(source).attempts("SGD")
    assert not attempt.is_stub


def test_a_method_added_to_a_supplied_class_is_the_answer(d2l: ModuleType) -> None:
    loaded = loading(
        "from d2l import torch as d2l\n@d2l.add_to_class(d2l.Trainer)\ndef fit_epoch(self): return 6\n"
    )
    assert call(loaded, "fit_epoch", None) == 6
    (attempt,) = loaded.attempts("fit_epoch")
    assert attempt.namespace["fit_epoch"] is None


def test_what_the_course_supplies_is_no_answer(d2l: ModuleType) -> None:
    loaded = loading("from d2l.torch import *\nfrom d2l import torch as d2l\nsoftmax = d2l.HyperParameters\n")
    assert [loaded.attempts(name) for name in ("accuracy", "softmax")] == [(), ()]


def test_a_correct_answer_replaces_what_functions_look_up() -> None:
    source = "def softmax(X): return 'wrong'\ndef accuracy(X): return softmax(X)\n"
    loaded = loading(source, correct={"softmax": "K = 'right'\ndef softmax(X): return K\n"})
    (attempt,) = loaded.attempts("accuracy")
    assert call(loaded, "accuracy", 0) == "right"
    assert "K" not in attempt.namespace


def test_methods_added_under_main_replace_those_to_write() -> None:
    source = (
        "if __name__ == '__main__':\n    class SGD:\n        def step(self): raise NotImplementedError\n"
        "if __name__ == '__main__':\n    SGD.step = lambda self: 'written'\n"
    )
    loaded = load([SourceFile("sgd.py", None, (Cell(None, source),))], {"SGD": ("SGD",)})
    answer = loaded.attempts("SGD")[0].answer
    assert isinstance(answer, type)
    assert answer().step() == "written"


def test_a_star_import_of_a_missing_package_leaves_the_usual_names() -> None:
    source = "from no_such_package.all import *\ndef softmax(): return np.sign(-2.0)"
    loaded = load([SourceFile("hw.py", None, (Cell(None, source),))], {"softmax": ("softmax",)})
    answer = loaded.attempts("softmax")[0].answer
    assert callable(answer)
    assert answer() == -1
