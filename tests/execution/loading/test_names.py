"""Which names a statement refers to, assigns to, and changes."""

from __future__ import annotations

import ast

import pytest

from grader.execution.loading.names import names_changed, names_loaded, names_stored


@pytest.mark.parametrize(
    ("source", "loaded", "stored", "changed"),
    [
        ("x = y", {"y"}, {"x"}, {"x"}),
        ("x += 1", set(), {"x"}, {"x"}),
        ("x[0] = y", {"x", "y"}, set(), {"x"}),
        ("x.append(y)", {"x", "y"}, set(), {"x"}),
        ("x.sort()", {"x"}, set(), set()),
        ("x.a = y", {"x", "y"}, set(), set()),
        ("for x in y: z.update(x)", {"x", "y", "z"}, {"x"}, {"x", "z"}),
        ("(x := 3)", set(), {"x"}, {"x"}),
        ("print([x for x in y])", {"print", "x", "y"}, {"x"}, {"x"}),
    ],
)
def test_names_of_a_statement(source: str, loaded: set[str], stored: set[str], changed: set[str]) -> None:
    (node,) = ast.parse(source).body
    assert names_loaded([node]) == loaded
    assert names_stored(node) == stored
    assert names_changed(node) == changed
