"""Parsing cells: what IPython understands and Python doesn't."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.execution.loading.cells import PARSE_ERRORS, parse


def names(source: str) -> list[str]:
    """The functions that a cell defines, as a sign that it was parsed."""
    return [node.name for node in parse(source).statements if isinstance(node, ast.FunctionDef)]


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


@pytest.mark.parametrize(
    "magic", ["%%time", "%%capture output", "%%timeit -n 1", "%%writefile mlp.py", "%%file a/b.py"]
)
def test_a_cell_magic_over_python_leaves_the_python(magic: str) -> None:
    assert names(f"\n{magic}\ndef f(): pass") == ["f"]


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%writefile mlp.txt", "%%javascript"])
def test_a_cell_magic_over_something_else_leaves_nothing(magic: str) -> None:
    assert parse(f"{magic}\ndef f(): pass") == ([], [])


def test_lines_keep_their_numbers() -> None:
    assert [statement.lineno for statement in parse("%time\n!ls\n\ndef f(): pass").statements][-1] == 4


def test_what_is_python_stays_as_it_is() -> None:
    """Lines that look like magics inside a string, and an operator at the start of a line."""
    source = 'text = """\n!pip install d2l\n%time\n"""\ny = (5\n  % 3)\nlong = (1\n  != 2)\n'
    assert ast.unparse(ast.Module(parse(source).statements, [])) == ast.unparse(ast.parse(source))
    assert ast.unparse(parse(f"y = (5\n  % x)\n!ls\n{source}").statements[0]) == "y = 5 % x"


def test_an_indented_cell_is_read_as_ipython_reads_it() -> None:
    assert names("    def f(): pass\n    !ls\n") == ["f"]


@pytest.mark.parametrize(
    "source",
    ["def f(:", "This is prose, in a code cell.", "x = '\0'", "(" * 5000, "f'{", "-" * 200_000 + "1"],
)
def test_what_is_no_python_comes_with_an_error_of_the_parser(source: str) -> None:
    statements, (piece,) = parse(source)
    assert statements == []
    assert piece.source == source
    assert isinstance(piece.error, PARSE_ERRORS)


@pytest.mark.parametrize(
    ("broken", "error_line"),
    [
        ("def g(:\n    return 1\n", 5),
        ("def g(X):\n    return (X\n", 6),
        ("for x in y\n    print(x)\n", 5),
        ("Prose with def in it.\n", 5),
        ("class G\n    x = 1\n", 5),
        ("x = [1,\n     2\n", 5),
    ],
)
def test_around_a_piece_that_is_no_python_all_is_read(broken: str, error_line: int) -> None:
    before, after = '"""Doc."""\n\ndef f(): pass\n\n', "@decorated\ndef h():\n    return 1\n"
    parsed = parse(before + broken + after)
    assert [node.name for node in parsed.statements if isinstance(node, ast.FunctionDef)] == ["f", "h"]
    (piece,) = parsed.broken
    assert isinstance(piece.error, SyntaxError)
    assert piece.error.lineno == error_line
    assert piece.source.rstrip() == broken.rstrip()


def test_lines_at_the_edge_within_a_string_belong_to_it() -> None:
    source = 'x = """\nProse,\nand more.\n"""\ndef f(): pass\nProse, which is none.\n'
    parsed = parse(source)
    assert [ast.unparse(node) for node in parsed.statements] == [
        "x = '\\nProse,\\nand more.\\n'",
        "def f():\n    pass",
    ]


def test_what_was_typed_in_a_session_is_read_without_its_prompts_and_its_output() -> None:
    source = ">>> import math\n>>> def f(x):\n...     return x\n...\n>>> f(1)\n1\n>>> def g(): pass\n"
    assert names(source) == ["f", "g"]
    source = "In [1]: def f(x):\n   ...:     return x\n   ...: \n\nIn [2]: f(1)\nOut[2]: 1\n\nIn [3]: f = 3\n"
    assert [ast.unparse(one) for one in parse(source).statements] == [
        "def f(x):\n    return x",
        "f(1)",
        "f = 3",
    ]


def test_a_cell_magic_that_was_exported_leaves_its_python() -> None:
    source = "import math\nget_ipython().run_cell_magic('time', '', 'def f():\\n    return 1\\n')\n"
    parsed = parse(source)
    assert names(source) == ["f"]
    assert {node.lineno for node in parsed.statements} == {1, 2}
    assert names("get_ipython().run_cell_magic('bash', '', 'def f(): pass')") == []


@pytest.mark.parametrize(
    "line", ["%run utils.ipynb", "%run ./lib/utils.py", "%run -i 'utils.py'", "%run utils"]
)
def test_a_file_that_is_run_makes_its_names_known(line: str) -> None:
    (node,) = parse(line).statements
    assert ast.unparse(node) == "from utils import *"


def test_many_pieces_that_are_no_python_take_no_long_time() -> None:
    parsed = parse("x = (\n" * 2_000)
    assert (len(parsed.statements), len(parsed.broken)) == (0, 2_000)


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
def test_of_any_text_statements_and_pieces_are_told(source: str) -> None:
    parsed = parse(source)
    assert all(isinstance(node, ast.stmt) for node in parsed.statements)
    assert all(isinstance(piece.error, PARSE_ERRORS) for piece in parsed.broken)


@pytest.mark.parametrize(
    "source",
    [
        ">>> print 'x'\n  File\nSyntaxError: invalid\n>>> def f():\n...     return 1\n...\n",
        "In [1]: print 'x'\n  File\n\nIn [2]: def f():\n   ...:     return 1\n   ...:\n",
        "import math\n# From a terminal:\n>>> def f():\n...     return 1\n...\nx = 1\n",
    ],
    ids=["an error in it", "an error in IPython's", "pasted into a file"],
)
def test_a_session_is_read_piece_by_piece_too(source: str) -> None:
    assert "f" in names(source)


def test_what_stands_beside_a_pasted_session_is_read() -> None:
    parsed = parse("import math\n>>> def f():\n...     return 1\n...\nx = 1\n")
    assert [type(node) for node in parsed.statements] == [ast.Import, ast.FunctionDef, ast.Assign]
