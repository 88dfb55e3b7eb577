"""Operators on axes: another one or none, keepdim added, transposes left out, products turned around."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import libcst as cst
from libcst import matchers

from grader.audit.operators.trees import argument, bracketed, is_library, name_of, with_argument

if TYPE_CHECKING:
    from collections.abc import Iterator

AXIS_NAMES: Final = frozenset({"dim", "axis"})
REDUCTIONS: Final = frozenset(
    {"all", "amax", "amin", "any", "logsumexp", "max", "mean", "min", "norm", "prod", "std", "sum", "var"}
)
"""Functions that remove an axis unless keepdim is set."""
ALONG_AN_AXIS: Final = REDUCTIONS | {
    "argmax", "argmin", "argsort", "cat", "concat", "concatenate", "cumprod", "cumsum", "diff", "flip",
    "log_softmax", "roll", "softmax", "sort", "split", "squeeze", "stack", "topk", "unbind", "unsqueeze",
}  # fmt: skip
AXES: Final = ("0", "1", "-1")
PRODUCTS: Final = frozenset({"matmul", "mm", "mv", "bmm"})


def axis_changed(node: cst.Call) -> Iterator[cst.Call]:
    """Work along the other axis: `sum(dim=1)` becomes `sum(dim=0)`."""
    for index, axis in _axes(node):
        if other := {"0": "1", "1": "0", "-1": "0"}.get(axis):
            yield _with_axis(node, index, other)


def axis_from_the_end(node: cst.Call) -> Iterator[cst.Call]:
    """Count the axis from the end, or not: `sum(dim=1)` becomes `sum(dim=-1)`, and back."""
    for index, axis in _axes(node):
        if other := {"0": "-1", "1": "-1", "-1": "1"}.get(axis):
            yield _with_axis(node, index, other)


def axis_dropped(node: cst.Call) -> Iterator[cst.Call]:
    """Work on the whole tensor: `sum(dim=1)` becomes `sum()`."""
    for index, _axis in _axes(node):
        yield node.with_changes(args=[*node.args[:index], *node.args[index + 1 :]])


def keepdim_added(node: cst.Call) -> Iterator[cst.Call]:
    """Keep the axis that a reduction removes: `sum(dim=1)` becomes `sum(dim=1, keepdim=True)`."""
    kept = {"keepdim", "keepdims"}
    if name_of(node.func) in REDUCTIONS and _axes(node) and not any(argument(node, one) for one in kept):
        yield with_argument(node, "keepdim", "True")


def new_axis_dropped(node: cst.Subscript) -> Iterator[cst.BaseExpression]:
    """Leave a new axis out: `x[:, None]` becomes `x`."""
    if any(matchers.matches(one.slice, matchers.Index(matchers.Name("None"))) for one in node.slice):
        yield node.value


def transpose_dropped(node: cst.Attribute) -> Iterator[cst.BaseExpression]:
    """Leave a transpose out: `A.T` becomes `A`."""
    if node.attr.value in {"T", "mT", "H"}:
        yield node.value


def transpose_added(node: cst.BinaryOperation | cst.Call) -> Iterator[cst.CSTNode]:
    """Transpose a factor of a matrix product: `A @ B` becomes `A.T @ B`, and `A @ B.T`.

    Names in lower case are those of vectors, which have no transpose.
    """
    if isinstance(node, cst.BinaryOperation):
        if isinstance(node.operator, cst.MatrixMultiply):
            if _is_matrix(node.left):
                yield node.with_changes(left=cst.Attribute(node.left, cst.Name("T")))
            if _is_matrix(node.right):
                yield node.with_changes(right=cst.Attribute(node.right, cst.Name("T")))
    elif name_of(node.func) in PRODUCTS:
        for index, one in enumerate(node.args):
            if _is_matrix(one.value):
                transposed = one.with_changes(value=cst.Attribute(one.value, cst.Name("T")))
                yield node.with_changes(args=[*node.args[:index], transposed, *node.args[index + 1 :]])


def product_swapped(node: cst.BinaryOperation) -> Iterator[cst.BinaryOperation]:
    """Turn a matrix product around: `A @ B` becomes `B @ A`."""
    if isinstance(node.operator, cst.MatrixMultiply):
        yield node.with_changes(left=bracketed(node.right), right=bracketed(node.left))


def elementwise_product(node: cst.BinaryOperation) -> Iterator[cst.BinaryOperation]:
    """Replace a matrix product by an elementwise one: `A @ x` becomes `A * x`."""
    if isinstance(node.operator, cst.MatrixMultiply):
        yield node.with_changes(operator=cst.Multiply())


def _axes(node: cst.Call) -> list[tuple[int, str]]:
    """Return the arguments that say along which axis a call works: index and axis."""
    positional = 1 if is_library(node.func) else 0
    found = []
    for index, one in enumerate(node.args):
        text = cst.Module([]).code_for_node(one.value)
        named = one.keyword is not None and one.keyword.value in AXIS_NAMES
        placed = one.keyword is None and index == positional and name_of(node.func) in ALONG_AN_AXIS
        if (named or (placed and isinstance(node.func, cst.Attribute))) and text in AXES:
            found.append((index, text))
    return found


def _with_axis(node: cst.Call, index: int, axis: str) -> cst.Call:
    changed = node.args[index].with_changes(value=cst.parse_expression(axis))
    return node.with_changes(args=[*node.args[:index], changed, *node.args[index + 1 :]])


def _is_matrix(node: cst.BaseExpression) -> bool:
    name = name_of(node) if isinstance(node, cst.Name | cst.Attribute) else ""
    return name[:1].isupper() and name not in {"T", "mT", "H"}
