"""Operators on state: in place or not, kept on the class and not the object, computed once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import libcst as cst
from libcst import matchers

from grader.audit.operators.trees import (
    after_docstring,
    bracketed,
    is_library,
    mentioned,
    parameters,
    statement,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ATTRIBUTE: Final = matchers.Attribute(matchers.Name("self"))
WITH_TWIN: Final = frozenset(
    {"abs", "add", "clamp", "detach", "div", "exp", "log", "mul", "neg", "pow", "sigmoid", "sqrt", "sub"}
)
"""Methods that exist in place, too, under a name with `_` at its end."""
IN_PLACE: Final[dict[type[cst.BaseBinaryOp], Callable[[], cst.BaseAugOp]]] = {
    cst.Add: cst.AddAssign, cst.Subtract: cst.SubtractAssign, cst.Multiply: cst.MultiplyAssign,
    cst.Divide: cst.DivideAssign,
}  # fmt: skip
NOT_IN_PLACE: Final[dict[type[cst.BaseAugOp], Callable[[], cst.BaseBinaryOp]]] = {
    cst.AddAssign: cst.Add,
    cst.SubtractAssign: cst.Subtract,
    cst.MultiplyAssign: cst.Multiply,
    cst.DivideAssign: cst.Divide,
}
CACHE: Final = cst.Decorator(cst.parse_expression('__import__("functools").cache'))


def not_in_place(node: cst.AugAssign) -> Iterator[cst.Assign]:
    """Make a new object: `x += y` becomes `x = x + y`."""
    if operator := NOT_IN_PLACE.get(type(node.operator)):
        value = cst.BinaryOperation(node.target, operator(), bracketed(node.value))
        yield cst.Assign([cst.AssignTarget(node.target)], value)


def in_place(node: cst.Assign) -> Iterator[cst.AugAssign]:
    """Write into an object: `x = x + y` becomes `x += y`."""
    value, targets = node.value, node.targets
    if len(targets) == 1 and isinstance(value, cst.BinaryOperation) and not value.lpar:
        operator = IN_PLACE.get(type(value.operator))
        if operator and targets[0].target.deep_equals(value.left):
            yield cst.AugAssign(targets[0].target, operator(), value.right)


def method_in_place(node: cst.Call) -> Iterator[cst.Call]:
    """Call a method in place, or not: `x.add(y)` becomes `x.add_(y)`, and the other way around.

    What is not in place stays so where it is applied to an intermediate value, which nobody sees again.
    """
    if not isinstance(node.func, cst.Attribute):
        return
    name = node.func.attr.value
    written = node.args[0].value if is_library(node.func) and node.args else node.func.value
    if name.endswith("_"):
        other = name.removesuffix("_")
    else:
        other = f"{name}_" if isinstance(written, cst.Name | cst.Attribute | cst.Subscript) else ""
    if other and name.removesuffix("_") in WITH_TWIN:
        yield node.with_changes(func=node.func.with_changes(attr=cst.Name(other)))


def kept_on_class(node: cst.Assign) -> Iterator[cst.Assign]:
    """Keep an attribute on the class: `self.lr = lr` becomes `type(self).lr = lr`."""
    if len(node.targets) == 1 and matchers.matches(target := node.targets[0].target, ATTRIBUTE):
        on_class = cst.ensure_type(target, cst.Attribute).with_changes(
            value=cst.parse_expression("type(self)")
        )
        yield node.with_changes(targets=[cst.AssignTarget(on_class)])


def made_with_class(node: cst.ClassDef) -> Iterator[cst.ClassDef]:
    """Make an attribute with the class: `self.data = {}` in `__init__` becomes `data = {}` above it."""
    if not isinstance(node.body, cst.IndentedBlock):
        return
    for place, method in enumerate(node.body.body):
        if not (
            matchers.matches(
                method, matchers.FunctionDef(matchers.Name("__init__"), body=matchers.IndentedBlock())
            )
        ):
            continue
        made = cst.ensure_type(method, cst.FunctionDef)
        block = cst.ensure_type(made.body, cst.IndentedBlock)
        local = {"self", *(one.name.value for one in parameters(made))}
        for index, line in enumerate(block.body):
            found = _attribute_made(line)
            if found is None or mentioned(found[1]) & local:
                continue
            rest = [*block.body[:index], statement("pass"), *block.body[index + 1 :]]
            without = made.with_changes(body=block.with_changes(body=rest))
            moved = cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(cst.Name(found[0]))], found[1])])
            start = after_docstring(node.body)
            body = [*node.body.body[:place], without, *node.body.body[place + 1 :]]
            body.insert(start, moved)
            yield node.with_changes(body=node.body.with_changes(body=body))


def computed_once(node: cst.FunctionDef) -> Iterator[cst.FunctionDef]:
    """Keep what a method returns for the next call with the same arguments: `functools.cache`.

    A comment names the method, so that the line that is added says which one it is.
    """
    is_method = bool(node.params.params) and node.params.params[0].name.value == "self"
    found = matchers.findall(node.body, matchers.Return())
    returns = any(cst.ensure_type(one, cst.Return).value is not None for one in found)
    if is_method and returns and not node.decorators:
        named = cst.TrailingWhitespace(cst.SimpleWhitespace("  "), cst.Comment(f"# {node.name.value}"))
        yield node.with_changes(decorators=[CACHE.with_changes(trailing_whitespace=named)])


def _attribute_made(line: cst.CSTNode) -> tuple[str, cst.BaseExpression] | None:
    """Return the name and the value of the attribute that a statement makes."""
    if isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1:
        match line.body[0]:
            case (
                cst.Assign(targets=[cst.AssignTarget(target=target)], value=value)
                | cst.AnnAssign(target=target, value=cst.BaseExpression() as value)
            ) if matchers.matches(target, ATTRIBUTE):
                return cst.ensure_type(target, cst.Attribute).attr.value, value
    return None
