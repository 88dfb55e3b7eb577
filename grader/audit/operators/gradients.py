"""Operators on gradients: results and intermediate values detached, `no_grad` added or left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import libcst as cst
from libcst import matchers

from grader.audit.operators.trees import after_docstring, calling, name_of, statement
from grader.audit.operators.values import each_result

if TYPE_CHECKING:
    from collections.abc import Iterator

WITHOUT_HISTORY: Final = frozenset(
    {
        "arange", "detach", "detach_", "empty", "empty_like", "eye", "full", "full_like", "item", "normal",
        "numpy", "ones", "ones_like", "rand", "randn", "tensor", "tolist", "zeros", "zeros_like",
    }
)  # fmt: skip
"""Functions and methods whose results lead back to nothing: detaching these changes nothing."""
NO_GRAD: Final = matchers.Call(matchers.Attribute(matchers.Name("torch"), matchers.Name("no_grad")))


def result_detached(node: cst.Return) -> Iterator[cst.Return]:
    """Detach what is returned: `return x` becomes `return x.detach()`."""
    yield from each_result(node, "detach")


def value_detached(node: cst.Assign) -> Iterator[cst.Assign]:
    """Detach an intermediate value: `y = x + 1` becomes `y = (x + 1).detach()`."""
    computed = isinstance(node.value, cst.BinaryOperation | cst.UnaryOperation | cst.Call)
    if isinstance(node.value, cst.Call) and name_of(node.value.func) in WITHOUT_HISTORY:
        return
    if computed and len(node.targets) == 1 and isinstance(node.targets[0].target, cst.Name):
        yield node.with_changes(value=calling(node.value, "detach"))


def without_gradients(node: cst.FunctionDef) -> Iterator[cst.FunctionDef]:
    """Compute a function's body under `torch.no_grad()`."""
    if not isinstance(node.body, cst.IndentedBlock) or node.name.value == "__init__":
        return
    start = after_docstring(node.body)
    if node.body.body[start:]:
        guarded = cst.ensure_type(statement("with torch.no_grad():\n    pass\n"), cst.With)
        guarded = guarded.with_changes(body=cst.IndentedBlock(node.body.body[start:]))
        yield node.with_changes(body=node.body.with_changes(body=[*node.body.body[:start], guarded]))


def with_gradients(node: cst.With | cst.FunctionDef) -> Iterator[cst.CSTNode]:
    """Leave `torch.no_grad()` out: `with torch.no_grad():` becomes `if True:`; the decorator goes."""
    if isinstance(node, cst.With):
        if len(node.items) == 1 and matchers.matches(node.items[0].item, NO_GRAD):
            yield cst.If(cst.Name("True"), node.body, leading_lines=node.leading_lines)
    else:
        kept = [one for one in node.decorators if not matchers.matches(one.decorator, NO_GRAD)]
        if len(kept) < len(node.decorators):
            yield node.with_changes(decorators=kept)
