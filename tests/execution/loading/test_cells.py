"""Parsing cells: what IPython understands and Python doesn't."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.execution.loading.cells import PARSE_ERRORS, parse


def names(source: str) -> list[str]:
    """The functions that a cell defines, as a sign that it was parsed."""
    return [node.name for node in parse(source) if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize(
    "line",
    [
        "%matplotlib inline",
        "%%time",
        "%time model.fit()",
        "!pip install d2l==1.0.3",
        "  !pip install d2l",
        "!pip install \\\n  d2l \\\n  torch",
        "pip install d2l==1.0.3",
        "conda install -y pandas",
        "cd /content/drive",
        "ls -l",
        "files = !ls *.csv",
        "now = %time x",
        "torch.ones?",
        "torch.ones(3)??",
        "?torch.ones",
        "if True:\n    !pip install d2l",
        "if True:\n    %cd data\nelse:\n    cd data",
    ],
)
def test_a_line_for_ipython_costs_nothing(line: str) -> None:
    assert names(f"{line}\ndef f(): pass\n") == names(f"def f(): pass\n{line}\n") == ["f"]


@pytest.mark.parametrize("magic", ["%%time", "%%capture output", "%%timeit -n 1"])
def test_a_cell_magic_over_python_leaves_the_python(magic: str) -> None:
    assert names(f"\n{magic}\ndef f(): pass") == ["f"]


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%writefile mlp.py", "%%javascript"])
def test_a_cell_magic_over_something_else_leaves_nothing(magic: str) -> None:
    assert parse(f"{magic}\ndef f(): pass") == []


def test_lines_keep_their_numbers() -> None:
    assert [statement.lineno for statement in parse("%time\n!ls\n\ndef f(): pass")][-1] == 4


def test_what_is_python_stays_as_it_is() -> None:
    """Lines that look like magics inside a string, and an operator at the start of a line."""
    source = 'text = """\n!pip install d2l\n%time\n"""\ny = (5\n  % 3)\nlong = (1\n  != 2)\n'
    assert ast.unparse(ast.Module(parse(source), [])) == ast.unparse(ast.parse(source))
    assert ast.unparse(parse(f"y = (5\n  % x)\n!ls\n{source}")[0]) == "y = 5 % x"


def test_an_indented_cell_is_read_as_ipython_reads_it() -> None:
    assert names("    def f(): pass\n    !ls\n") == ["f"]


@pytest.mark.parametrize(
    "source",
    ["def f(:", "This is prose, in a code cell.", "x = '\0'", "(" * 5000, "f'{", "-" * 200_000 + "1"],
)
def test_what_is_no_python_raises_an_error_of_the_parser(source: str) -> None:
    with pytest.raises(PARSE_ERRORS):
        parse(source)


LINES = [
    "%time",
    "!ls",
    "!x \\",
    "def f(x):",
    "    return x?",
    "cd y",
    "  ",
    "a = (",
    ")",
    '"""',
    "%%time",
    "x?",
]


@given(st.text() | st.lists(st.sampled_from(LINES) | st.text(max_size=5)).map("\n".join))
def test_any_text_is_parsed_or_raises_an_error_of_the_parser(source: str) -> None:
    try:
        assert isinstance(parse(source), list)
    except PARSE_ERRORS:
        return
