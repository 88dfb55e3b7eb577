"""Generating mutants: what is changed in a module, and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.audit.mutant_generation import mutants

if TYPE_CHECKING:
    from collections.abc import Collection

MODULE = '''\
"""A module with 1 docstring."""

import math

__all__ = ["area", "other"]
UNUSED = 1
SCALE = 3


def square(x: int) -> int:
    return x * x


def other(x):
    return x + 7


def area(x: "int" = 5) -> "int":
    """Return the 2nd power, scaled."""
    if x < 0:
        raise ValueError("no length is below 0")
    y: "int" = square(x)
    print(y)
    return y * SCALE + other(0)
'''


def changes(source: str, name: str, others: Collection[str] = ()) -> list[str]:
    """The line that each mutant adds."""
    return [
        line.removeprefix("+").strip()
        for one in mutants(source, name, others)
        for line in one.diff
        if line.startswith("+")
    ]


def test_an_exercise_and_the_helpers_that_it_mentions_are_changed() -> None:
    made = changes(MODULE, "area", ["area", "other"])
    assert {"return x / x", "SCALE = 4", "if x <= 0:", "return y / SCALE + other(0)"} < set(made)
    assert 'def area(x: "int" = 6) -> "int":' in made
    assert not [line for line in made if "UNUSED" in line or line == "return x - 7"]
    assert "return x - 7" in changes(MODULE, "area")


def test_docstrings_annotations_and_messages_are_not_changed() -> None:
    kept = [one for one in mutants(MODULE, "area") if one.operators != ("without_gradients",)]  # it indents
    made = "\n".join(line for one in kept for line in one.diff if line.startswith("+"))
    for word in ("docstring", "power", "__all__", "ValueError", "XXintXX", "XXareaXX"):
        assert word not in made


def test_calls_are_removed_and_matrix_products_become_elementwise() -> None:
    source = "def f(A, x, optimizer):\n    optimizer.step()\n    return A @ x.abs()\n"
    made = changes(source, "f")
    assert {"pass", "optimizer", "return A * x.abs()", "return A @ x"} <= set(made)


def test_no_mutant_is_a_syntax_error_or_means_the_same_as_another() -> None:
    source = "def f(x):\n    for y in x:\n        if (y):\n            break\n    return f'{x}' + ''\n"
    made = [one.source for one in mutants(source, "f")]
    assert made
    assert len(set(made)) == len(made)
    for one in made:
        compile(one, "<mutant>", "exec")


def test_a_mutant_is_found_by_its_line_and_shown_with_its_surroundings() -> None:
    (mutant,) = mutants("def f(x):\n    a = 0\n    b = 2\n    return a > x\n", "f")[-1:]
    assert mutant.line == 4
    assert mutant.diff == (
        "@@ -2,3 +2,3 @@", "     a = 0", "     b = 2", "-    return a > x", "+    return a >= x",
    )  # fmt: skip
