"""Operators on statements and on training: left out, swapped, shuffled or not, `train` for `eval`."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import libcst as cst
from libcst import matchers

from grader.audit.operators.trees import argument, mentioned, name_of, with_argument

if TYPE_CHECKING:
    from collections.abc import Iterator

CALL: Final = matchers.SimpleStatementLine([matchers.Expr(matchers.Call())])
STORE: Final = matchers.SimpleStatementLine(
    [
        matchers.Assign([matchers.AssignTarget(matchers.Attribute() | matchers.Subscript())])
        | matchers.AugAssign()
    ]
)
TO_DO: Final = matchers.SimpleStatementLine(
    [
        matchers.Raise(
            matchers.Name("NotImplementedError") | matchers.Call(matchers.Name("NotImplementedError"))
        )
    ]
)
MODES: Final = {"train": "eval", "eval": "train"}


def statement_dropped(node: cst.SimpleStatementLine) -> Iterator[cst.SimpleStatementLine]:
    """Leave a call or an assignment to a part of something out: `optimizer.zero_grad()`, `p.grad = None`."""
    if matchers.matches(node, CALL | STORE):
        yield node.with_changes(body=[cst.Pass()])


def method_dropped(node: cst.Call) -> Iterator[cst.BaseExpression]:
    """Leave the call of a method out: `x.abs().sum()` becomes `x.sum()`, and `x.abs()`."""
    if isinstance(node.func, cst.Attribute):
        yield node.func.value


def returns_none(node: cst.SimpleStatementLine) -> Iterator[cst.SimpleStatementLine]:
    """Return None in an abstract method: `raise NotImplementedError` becomes `return None`."""
    if matchers.matches(node, TO_DO):
        yield node.with_changes(body=[cst.Return(cst.Name("None"))])


def statements_swapped(node: cst.For | cst.While | cst.With) -> Iterator[cst.CSTNode]:
    """Swap two neighbours in a loop or a `with`, unless the second needs what the first defines."""
    if not isinstance(node.body, cst.IndentedBlock):
        return
    lines = node.body.body
    for index, (one, other) in enumerate(itertools.pairwise(lines)):
        if not _assigned(one) & mentioned(other):
            swapped = [*lines[:index], other, one, *lines[index + 2 :]]
            yield node.with_changes(body=node.body.with_changes(body=swapped))


def order_changed(node: cst.Call) -> Iterator[cst.CSTNode]:
    """Shuffle, or don't: `shuffle=train` becomes `True`, `False` and `not train`; `randperm`, `arange`."""
    told = argument(node, "shuffle")
    if name_of(node.func) == "randperm" and isinstance(node.func, cst.Attribute):
        yield node.with_changes(func=node.func.with_changes(attr=cst.Name("arange")))
    elif name_of(node.func) == "DataLoader" and told is None:
        yield with_argument(node, "shuffle", "True")
    elif told is not None:
        opposite = cst.UnaryOperation(cst.Not(), told.value)
        for value in (cst.Name("True"), cst.Name("False"), opposite):
            changed = [one.with_changes(value=value) if one is told else one for one in node.args]
            yield node.with_changes(args=changed)


def mode_swapped(node: cst.Call) -> Iterator[cst.Call]:
    """Train in evaluation mode, or the other way around: `model.train()` becomes `model.eval()`."""
    if isinstance(node.func, cst.Attribute) and not node.args and (other := MODES.get(node.func.attr.value)):
        yield node.with_changes(func=node.func.with_changes(attr=cst.Name(other)))


def _assigned(node: cst.CSTNode) -> set[str]:
    """Return the local variables that a statement sets."""
    targets = [
        cst.ensure_type(one, cst.AssignTarget).target
        for one in matchers.findall(node, matchers.AssignTarget())
    ] + [cst.ensure_type(one, cst.AugAssign).target for one in matchers.findall(node, matchers.AugAssign())]
    plain = (one for one in targets if isinstance(one, cst.Name | cst.Tuple))
    return {name for one in plain for name in mentioned(one)}
