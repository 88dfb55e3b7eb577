"""Where files define functions and classes, as far as they can be parsed."""

from __future__ import annotations

import pytest

from grader.records.verdict import Location
from grader.submissions import Cell, SourceFile, limits
from grader.submissions.positions import code_at, definitions


def positions(*cells: Cell) -> list[tuple[str, int | None, int]]:
    found = definitions(SourceFile("hw.py", None, cells))
    return [(one.name, one.location.cell, one.location.line) for one in found]


def test_functions_and_classes_are_found_in_their_order() -> None:
    source = (
        "import torch\n\n@decorated\ndef relu(X):\n    def inner(): ...\n\nclass MLP:\n    def f(self): ...\n"
    )
    assert positions(Cell(None, source)) == [("relu", None, 4), ("MLP", None, 7)]


def test_those_below_a_condition_are_found_too() -> None:
    source = 'if __name__ == "__main__":\n    async def relu(X): ...\nelse:\n    class MLP: ...\n'
    assert positions(Cell(None, source)) == [("relu", None, 2), ("MLP", None, 4)]


def test_lines_are_those_of_the_cell() -> None:
    cells = (Cell(3, "x = 1"), Cell(5, "\ndef relu(X): ..."))
    assert positions(*cells) == [("relu", 5, 2)]


@pytest.mark.parametrize(
    "source", ["-" * 100_000 + "1", "(" * 100_000, "!pip install d2l", "x = '\0'", "a." * 50_000]
)
def test_a_cell_that_cannot_be_parsed_costs_no_other(source: str) -> None:
    assert positions(Cell(1, source), Cell(2, "def relu(X): ...")) == [("relu", 2, 1)]


def test_what_is_not_python_as_a_whole_is_searched_line_by_line() -> None:
    """A script that Colab made of a notebook, or one with a mistake below."""
    source = (
        "!pip install d2l\nclass MLP(nn.Module):\n    def f(self): ...\nasync def relu(X): ...\ndefault = (\n"
    )
    assert positions(Cell(None, source)) == [("MLP", None, 2), ("relu", None, 4)]


def test_a_name_is_cut_to_what_its_record_may_hold() -> None:
    (found,) = definitions(SourceFile("hw.py", None, (Cell(None, f"def {'f' * 5000}(): ..."),)))
    assert len(found.name) == 200
    assert found.location == Location("hw.py", None, 1)


CODE = """import torch


def relu(
    X,
):
    if X is None:
        return X

    return X.clamp(0)


def other():
    pass
"""
RELU = CODE[CODE.index("def relu") : CODE.index("def other")].rstrip()


def code_of(source: str, line: int, cell: int | None = None) -> str:
    path = "hw.py" if cell is None else "hw.ipynb"
    files = [
        SourceFile("other.py", None, (Cell(None, "x = 1"),)),
        SourceFile(path, None, (Cell(cell, source),)),
    ]
    return code_at(files, Location(path, cell, line))


@pytest.mark.parametrize("cell", [None, 2])
def test_the_code_at_a_place_is_the_definition_and_no_more(cell: int | None) -> None:
    assert code_of(CODE, 4, cell) == RELU


def test_what_is_not_python_as_a_whole_ends_where_its_indentation_does() -> None:
    assert code_of("!pip install d2l\n\n\n" + CODE.partition("\n\n\n")[2], 4) == RELU
    assert code_of("!ls\ndef f(x):\n    return x\ny = 1\n", 2) == "def f(x):\n    return x"


def test_where_nothing_is_defined_there_is_no_code() -> None:
    assert code_at([], None) == ""
    assert code_at([], Location("hw.py", None, 1)) == ""
    assert code_of(CODE, 999) == ""


def test_long_code_is_cut_and_says_so() -> None:
    many = "def f():\n" + "    x = 1\n" * 500
    assert code_of(many, 1).count("\n") == limits.SHOWN_LINES
    assert code_of(many, 1).endswith("\n…")
    wide = f"def f():\n    return '{'x' * 9_000}'\n"
    assert len(code_of(wide, 1)) == limits.SHOWN_CODE + 2
    assert not code_of("def f():\n    x = 1\n", 1).endswith("…")
