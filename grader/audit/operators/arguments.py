"""Operators on arguments: two swapped, or one ignored in favour of its default or of the book's number."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import libcst as cst

from grader.audit.operators.trees import after_docstring, name_of, parameters, statement

if TYPE_CHECKING:
    from collections.abc import Iterator

SYMMETRIC: Final = frozenset(
    {"add", "allclose", "dot", "equal", "isclose", "max", "maximum", "min", "minimum", "mse_loss", "mul"}
)
"""Functions whose first two arguments may be swapped."""
BOOKS_NUMBERS: Final = {
    "batch_size": "256", "lr": "0.1", "max_epochs": "10", "num_classes": "10", "num_hiddens": "256",
    "num_inputs": "784", "num_outputs": "10", "sigma": "0.01",
}  # fmt: skip
"""Hyperparameters, with the values that they have in the book's examples."""


def parameters_swapped(node: cst.FunctionDef) -> Iterator[cst.FunctionDef]:
    """Swap two parameters that follow each other: `def f(a, b)` becomes `def f(b, a)`; defaults stay."""
    found = parameters(node)
    for one, other in itertools.pairwise(found):
        names = {one.name: other.name, other.name: one.name}
        swapped = [param.with_changes(name=names.get(param.name, param.name)) for param in node.params.params]
        yield node.with_changes(params=node.params.with_changes(params=swapped))


def arguments_swapped(node: cst.Call) -> Iterator[cst.Call]:
    """Swap two arguments that follow each other: `f(a, b)` becomes `f(b, a)`."""
    for index, (one, other) in enumerate(itertools.pairwise(node.args)):
        positional = not (one.keyword or one.star or other.keyword or other.star)
        if positional and not (index == 0 and name_of(node.func) in SYMMETRIC):
            swapped = [one.with_changes(value=other.value), other.with_changes(value=one.value)]
            yield node.with_changes(args=[*node.args[:index], *swapped, *node.args[index + 2 :]])


def argument_ignored(node: cst.FunctionDef) -> Iterator[cst.FunctionDef]:
    """Set a parameter to its default, or a hyperparameter to the book's number, at the top of a function."""
    if not isinstance(node.body, cst.IndentedBlock):
        return
    start = after_docstring(node.body)
    for one in parameters(node):
        name = one.name.value
        value = cst.Module([]).code_for_node(one.default) if one.default else BOOKS_NUMBERS.get(name)
        if value is not None:
            body = [*node.body.body[:start], statement(f"{name} = {value}"), *node.body.body[start:]]
            yield node.with_changes(body=node.body.with_changes(body=body))
