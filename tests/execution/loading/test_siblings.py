"""Files of one submission import each other, by their places in it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from grader.execution.deadline import deadline
from grader.execution.loading import Loaded, load
from grader.execution.loading.replacing import Replacement, answer_in
from grader.execution.loading.siblings import PACKAGE
from grader.records.sources import Cell, SourceFile

if TYPE_CHECKING:
    from types import ModuleType

WANTED = {"softmax": ("softmax",)}
HELPER = "SCALE = 2\ndef helper(): return 'helped', SCALE\n"
HELPED = ("helped", 2)


def file(path: str, *cells: str, module: str | None = None) -> SourceFile:
    if path.endswith(".ipynb"):
        return SourceFile(path, module, tuple(Cell(number, one) for number, one in enumerate(cells, start=1)))
    return SourceFile(path, module, (Cell(None, "\n".join(cells)),))


def answer(loaded: Loaded, name: str = "softmax") -> object:
    found = loaded.attempts(name)[0].answer
    assert callable(found)
    with loaded.active():
        return found()


@pytest.mark.parametrize(
    ("main", "other", "source"),
    [
        ("main.py", "utils.py", "from utils import helper\ndef softmax(): return helper()"),
        ("main.py", "utils.py", "import utils\ndef softmax(): return utils.helper()"),
        ("main.py", "utils.py", "import utils as u\ndef softmax(): return u.helper()"),
        ("main.py", "utils.py", "from utils import *\ndef softmax(): return helper()"),
        ("main.py", "utils.py", "def softmax():\n    from utils import helper\n    return helper()"),
        ("main.py", "utils.py", "def softmax():\n    import utils\n    return utils.helper()"),
        ("main.py", "utils.py", "from .utils import helper\ndef softmax(): return helper()"),
        ("main.py", "utils.py", "from . import utils\ndef softmax(): return utils.helper()"),
        ("main.ipynb", "utils.py", "import utils\ndef softmax(): return utils.helper()"),
        (
            "main.ipynb",
            "src/utils.py",
            "from importlib import *\nu = import_module('src.utils')\ndef softmax(): return u.helper()",
        ),
        ("main.ipynb", "utils.ipynb", "from utils import helper\ndef softmax(): return helper()"),
        ("main.ipynb", "utils.ipynb", "%run utils.ipynb\ndef softmax(): return helper()"),
        ("main.py", "src/utils.py", "from src.utils import helper\ndef softmax(): return helper()"),
        ("main.py", "src/utils.py", "import src.utils\ndef softmax(): return src.utils.helper()"),
        ("main.py", "src/utils.py", "from src import utils\ndef softmax(): return utils.helper()"),
        ("main.py", "src/utils.py", "import src.utils as u\ndef softmax(): return u.helper()"),
        ("main.py", "src/__init__.py", "from src import helper\ndef softmax(): return helper()"),
        ("books/main.ipynb", "src/utils.py", "from src.utils import helper\ndef softmax(): return helper()"),
        ("books/main.ipynb", "src/utils.py", "from utils import helper\ndef softmax(): return helper()"),
        ("a/b/main.py", "a/utils.py", "from ..utils import helper\ndef softmax(): return helper()"),
        ("a/main.py", "a/utils.py", "if True:\n    from utils import helper\ndef softmax(): return helper()"),
        ("week 1/main.py", "week 1/utils.py", "import utils\ndef softmax(): return utils.helper()"),
        ("v1.2/main.py", "v1.2/utils.py", "from utils import helper\ndef softmax(): return helper()"),
        ("main.py", "code.py", "from code import helper\ndef softmax(): return helper()"),
        ("/home/ada/main.py", "/home/ada/utils.py", "import utils\ndef softmax(): return utils.helper()"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("order", [1, -1])
def test_a_file_imports_another(main: str, other: str, source: str, order: int) -> None:
    loaded = load([file(main, source), file(other, HELPER)][::order], WANTED)
    assert answer(loaded) == HELPED
    assert loaded.missing("softmax") is None


def test_the_nearest_file_is_meant() -> None:
    files = [
        file("a/main.py", "from utils import helper\ndef softmax(): return helper()"),
        file("utils.py", "def helper(): return 'far'"),
        file("a/utils.py", "def helper(): return 'near'"),
    ]
    assert answer(load(files, WANTED)) == "near"


@pytest.mark.parametrize("name", ["json", "torch", "pandas", "random"])
def test_no_file_takes_the_place_of_a_package(name: str) -> None:
    source = f"import {name}\ndef softmax(): return {name}"
    files = [file("main.py", source), file(f"{name}.ipynb", "def helper(): return 1")]
    assert answer(load(files, WANTED)) is sys.modules[name]


def test_what_is_supplied_comes_before_files_of_its_name(d2l: ModuleType) -> None:
    source = "from d2l import torch as d2l\ndef softmax(): return d2l.HyperParameters"
    files = [file("main.py", source), file("d2l/torch.py", "class HyperParameters: pass")]
    assert answer(load(files, WANTED)) is d2l.HyperParameters


@pytest.mark.parametrize(
    "source",
    [
        "import config\ndef softmax(): return config.RATE, config.OTHER",
        "from config import RATE, OTHER\ndef softmax(): return RATE, OTHER",
        "from config import *\ndef softmax(): return RATE, OTHER",
    ],
)
def test_constants_of_another_file_are_there(source: str) -> None:
    constants = "RATE = 0.1\nOTHER = [RATE]\nOTHER.append(5)\nunused = print('no')\n"
    assert answer(load([file("main.py", source), file("config.py", constants)], WANTED)) == (0.1, [0.1, 5])


def test_files_that_import_each_other_in_a_circle_are_loaded() -> None:
    files = [
        file("main.py", "import utils\nK = 5\ndef softmax(): return utils.helper()"),
        file("utils.py", "import main\ndef helper(): return main.K"),
    ]
    for order in (1, -1):
        assert answer(load(files[::order], WANTED)) == 5


def test_what_another_file_lacks_costs_only_what_needs_it() -> None:
    files = [
        file(
            "main.py",
            "from utils import helper, missing\ndef softmax(): return helper()\ndef SGD(): missing()",
        ),
        file("utils.py", HELPER + "1 / 0\ndef missing(X=1 / 0): pass"),
    ]
    loaded = load(files, {**WANTED, "SGD": ("SGD",)})
    assert answer(loaded) == HELPED
    with pytest.raises(
        ModuleNotFoundError, match=r"missing is not available here .cannot import name 'missing'"
    ):
        answer(loaded, "SGD")


def test_nothing_of_a_program_is_left_behind() -> None:
    before = sys.meta_path[:]
    first = load(
        [file("main.py", "import utils\ndef softmax(): return utils.helper()"), file("utils.py", HELPER)],
        WANTED,
    )
    second = load(
        [
            file("main.py", "import utils\ndef softmax(): return utils.helper()"),
            file("utils.py", "def helper(): return 2"),
        ],
        WANTED,
    )
    assert (answer(first), answer(second), answer(first)) == (HELPED, 2, HELPED)
    assert sys.meta_path == before
    assert not [name for name in sys.modules if name.startswith(PACKAGE)]


def test_correct_answers_hold_in_all_files() -> None:
    files = [
        file(
            "main.py",
            "from utils import relu\ndef softmax(): return relu(), twice()\nfrom utils import twice",
        ),
        file("utils.py", "def relu(): return 'wrong'\ndef twice(): return relu()"),
    ]
    correct = Replacement(("relu",), answer_in("def relu(): return 'right'", "relu"))
    assert answer(load(files, WANTED, replaced={"relu": correct})) == ("right", "right")


def test_a_file_that_never_ends_stops_the_one_that_imports_it() -> None:
    files = [
        file("main.py", "def softmax(): return 1\nimport utils\nclass SGD: pass"),
        file("utils.py", "class Slow:\n    while True: pass"),
    ]
    with deadline(0.1):
        loaded = load(files, {**WANTED, "SGD": ("SGD",)}, section="main")
    assert answer(loaded) == 1
    found = loaded.missing("SGD")
    assert found is not None
    assert found.exception == "Expired"


class TestSections:
    """Files named like sections: each is searched first for its own exercises."""

    WANTED = {"relu": ("relu",), "MLPScratch": ("MLPScratch",)}  # noqa: RUF012 - never changed

    def load(self, *files: SourceFile) -> Loaded:
        return load(files, self.WANTED, section="mlp")

    def places(self, *files: SourceFile) -> list[str]:
        return [attempt.where for attempt in self.load(*files).attempts("relu")]

    def test_what_the_sections_file_does_not_define_is_looked_for_in_all_others(self) -> None:
        other = file("mlp_implementation.py", "def relu(): return 1", module="mlp_implementation")
        helper = file("utils.py", "def relu(): return 2")
        assert self.places(file("mlp.py", "x = 1", module="mlp"), other) == ["mlp_implementation.py"]
        assert self.places(other) == ["mlp_implementation.py"]
        assert self.places(file("mlp.py", "x = 1", module="mlp"), other, helper) == [
            "utils.py",
            "mlp_implementation.py",
        ]

    def test_a_stub_does_not_hide_an_answer_elsewhere(self) -> None:
        stub = file("mlp.py", "def relu(): raise NotImplementedError", module="mlp")
        assert self.places(stub, file("mine.ipynb", "def relu(): return 1")) == ["mine.ipynb, cell 1"]
        (attempt,) = self.load(stub, file("mine.ipynb", "x = 1")).attempts("relu")
        assert (attempt.where, attempt.is_stub) == ("mlp.py", True)

    def test_an_answer_in_the_sections_file_is_the_only_one(self) -> None:
        own = file("mlp.py", "def relu(): return 1", module="mlp")
        assert self.places(own, file("utils.py", "def relu(): return 2")) == ["mlp.py"]

    def test_other_files_run_only_if_they_are_needed(self) -> None:
        own = file("mlp.py", "from b import K\ndef relu(): return K", module="mlp")
        others = [file(f"{name}.py", "K = 1\ndef f(): return K") for name in ("a", "b", "c")]
        loaded = self.load(own, *others)
        assert [program.file.path for program, _result in loaded.ran] == ["mlp.py", "b.py"]

    def test_a_file_that_can_not_be_read_is_named_for_what_is_nowhere_else(self) -> None:
        broken = SourceFile("mlp.ipynb", "mlp", (), "mlp.ipynb: It is broken JSON.")
        loaded = self.load(broken, file("utils.py", "def relu(): return 1"))
        assert loaded.missing("relu") is None
        missing = loaded.missing("MLPScratch")
        assert missing is not None
        assert missing.message == "mlp.ipynb: It is broken JSON."

    def test_a_piece_elsewhere_that_is_no_python_says_so(self) -> None:
        loaded = self.load(
            file("mlp.py", "x = 1", module="mlp"), file("utils.py", "x = 1\ndef relu(:\n    pass")
        )
        missing = loaded.missing("relu")
        assert missing is not None
        assert missing.lines == ("utils.py, line 2: def relu(:",)


@pytest.mark.parametrize("between", ["", "from .more import *"])
def test_a_helper_from_another_file_may_be_redefined_below(between: str) -> None:
    files = [
        file("main.ipynb", "from utils import *", "def softmax(): return helper()", "def helper(): return 1"),
        file("utils.py", between or HELPER),
        file("more.py", HELPER),
    ]
    loaded = load(files, WANTED)
    answers = [attempt.answer for attempt in loaded.attempts("softmax")]
    assert [one() for one in answers if callable(one)] == [1, HELPED]


def test_all_says_what_star_imports() -> None:
    loaded = load(
        [
            file("main.py", "from utils import *", "def softmax(): return _helper()"),
            file("utils.py", "__all__ = ['_helper']", "def _helper(): return 'helped', 2"),
        ],
        WANTED,
        section="main",
    )
    assert answer(loaded) == HELPED


def test_a_package_imports_its_own_files() -> None:
    loaded = load(
        [
            file("src/hw/__init__.py", "from .answers import softmax"),
            file("src/hw/answers.py", "from . import rows", "def softmax(): return rows.helper()"),
            file("src/hw/rows.py", HELPER),
        ],
        WANTED,
    )
    assert answer(loaded) == HELPED


def test_the_name_of_the_folder_that_was_handed_in_is_no_matter() -> None:
    source = "from hw1.utils import helper\nfrom seaborn.utils import despine\ndef softmax(): return helper()"
    assert answer(load([file("main.py", source), file("utils.py", HELPER)], WANTED)) == HELPED
