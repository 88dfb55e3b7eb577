"""Which statements a definition depends on."""

from __future__ import annotations

import ast

from grader.execution.loading.program import parse_program
from grader.records.sources import Cell, SourceFile

SOURCE = """\
RATE = 2
X = 3
def scaled(v):
    X = v
    return RATE * X
class Model:
    pass
@add_to_class(Model)
def forward(self, v):
    return scaled(v)
def other():
    return Model
if True:
    def chosen():
        return 1
def add_to_class(c):
    return lambda f: f
"""


def needed(*names: str) -> list[str]:
    program = parse_program(SourceFile("hw.py", None, (Cell(None, SOURCE),)), names)
    statements = [program.statements[index].node for index in sorted(program.dependencies.needed(names))]
    return [ast.unparse(node).partition("\n")[0] for node in statements]


def test_constants_and_functions_are_followed_by_name() -> None:
    assert needed("scaled") == ["RATE = 2", "X = 3", "def scaled(v):"]


def test_local_names_of_others_are_no_definitions() -> None:
    assert needed("chosen") == ["if True:"]


def test_methods_that_are_added_belong_to_their_class() -> None:
    assert {"class Model:", "@add_to_class(Model)", "def scaled(v):"} <= set(needed("other"))


def test_names_that_nothing_defines_need_nothing() -> None:
    assert needed("missing") == []
