"""What operators ask of a syntax tree, and small pieces of new code."""

from __future__ import annotations

from typing import Final

import libcst as cst

LIBRARIES: Final = frozenset({"torch", "np", "F", "math", "functional", "linalg", "nn"})
"""Names of modules with functions: what stands before the dot is no argument."""


def name_of(node: cst.CSTNode) -> str:
    """Return the last name of an expression: `sum` for `x.sum` and for `torch.sum`; "" if it has none."""
    if isinstance(node, cst.Attribute):
        return node.attr.value
    return node.value if isinstance(node, cst.Name) else ""


def is_library(function: cst.BaseExpression) -> bool:
    """Return whether a function is one of a module, such as `torch.sum`, and not a method."""
    return isinstance(function, cst.Attribute) and name_of(function.value) in LIBRARIES


def argument(call: cst.Call, keyword: str) -> cst.Arg | None:
    """Return the argument that is given by this keyword."""
    return next((one for one in call.args if one.keyword is not None and one.keyword.value == keyword), None)


def with_argument(call: cst.Call, keyword: str, value: str) -> cst.Call:
    """Return the call with one more argument, given by keyword."""
    equal = cst.AssignEqual(cst.SimpleWhitespace(""), cst.SimpleWhitespace(""))
    added = cst.Arg(cst.parse_expression(value), keyword=cst.Name(keyword), equal=equal)
    return call.with_changes(args=[*call.args, added])


def bracketed(node: cst.BaseExpression) -> cst.BaseExpression:
    """Return an expression that an operator or a dot can follow."""
    if isinstance(node, cst.Name | cst.Attribute | cst.Call | cst.Subscript | cst.Float) or node.lpar:
        return node
    return node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def calling(node: cst.BaseExpression, method: str) -> cst.Call:
    """Return the call of a method without arguments: `(a + b).detach()`."""
    return cst.Call(cst.Attribute(bracketed(node), cst.Name(method)))


def statement(code: str) -> cst.SimpleStatementLine | cst.BaseCompoundStatement:
    """Return a statement."""
    return cst.parse_statement(code)


def mentioned(node: cst.CSTNode) -> set[str]:
    """Return all names in a piece of code, those of attributes included."""
    finder = _Names()
    node.visit(finder)
    return finder.found


def after_docstring(body: cst.IndentedBlock) -> int:
    """Return the index of the first statement that is not a docstring."""
    first = body.body[0] if body.body else None
    is_text = (
        isinstance(first, cst.SimpleStatementLine)
        and isinstance(first.body[0], cst.Expr)
        and isinstance(first.body[0].value, cst.SimpleString | cst.ConcatenatedString)
    )
    return int(is_text)


def parameters(function: cst.FunctionDef) -> list[cst.Param]:
    """Return the positional parameters of a function, without `self`."""
    found = [*function.params.posonly_params, *function.params.params]
    return [one for one in found if one.name.value not in {"self", "cls"}]


class _Names(cst.CSTVisitor):
    """Collects names."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def visit_Name(self, node: cst.Name) -> None:  # noqa: N802 - libcst's name
        self.found.add(node.value)
