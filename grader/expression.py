"""The drive half of a check, as a Python expression: `softmax(X + c)`.

An expression is data. It can be sent to a process that has neither checks nor oracles, evaluated
there beside the student's code, and printed with its inputs filled in, ready to be pasted.
"""

from __future__ import annotations

import ast
import math
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from grader.values import Array, Column, Entries, Items, Opaque, Table, Tensor, TextFile, restore

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import CodeType

    from grader.values import Value

FILENAME: Final = "<check>"
INLINE: Final = 60
MAX_ELEMENTS: Final = 100


class ExpressionError(ValueError):
    """A check asks for something that isn't a Python expression."""


@cache
def compiled(expression: str) -> CodeType:
    """Return the code of an expression; raises `ExpressionError`."""
    try:
        return compile(expression, FILENAME, "eval")
    except SyntaxError as error:
        message = f"`{expression}` is not a Python expression: {error.msg}."
        raise ExpressionError(message) from error


def evaluate(expression: str, names: Mapping[str, object]) -> Any:  # noqa: ANN401 - whatever it gives
    """Return the value of an expression over `names`."""
    return eval(compiled(expression), dict(names))  # noqa: S307 - the text is the check's, not the student's


def names_in(expression: str) -> frozenset[str]:
    """Return the free names that an expression mentions."""
    return frozenset(
        node.id for node in ast.walk(ast.parse(expression, mode="eval")) if isinstance(node, ast.Name)
    )


def pasteable(expression: str, inputs: Mapping[str, Value]) -> str:
    """Return the expression with its inputs, as a student would type it.

    An input that is short and used once stands in its place; the others are assigned first.
    """
    tree = ast.parse(expression, mode="eval")
    used = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    lines, inline = [], {}
    for name, value in inputs.items():
        text = literal(value)
        if isinstance(value, TextFile):
            lines.append(
                f"# {value.name} holds\n" + "".join(f"#   {line}\n" for line in value.text.splitlines())
            )
        if used.count(name) == 1 and len(text) <= INLINE and "\n" not in text:
            inline[name] = ast.parse(text, mode="eval").body
        elif name in used:
            lines.append(f"{name} = {text}\n")
    filled = ast.unparse(_Fill(inline).visit(tree)) if inline else expression
    return "".join(lines) + filled


class _Fill(ast.NodeTransformer):
    """Puts literals in the place of names."""

    def __init__(self, literals: Mapping[str, ast.expr]) -> None:
        self.literals = literals

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.literals.get(node.id, node)


def literal(value: Value) -> str:  # noqa: C901, PLR0911 - one branch a kind of value
    """Return Python source that makes the value (numbers shortened where there are very many)."""
    match value:
        case Tensor():
            return _tensor_literal(value)
        case Array():
            made = restore(value)
            return f"np.array({_nested(made.tolist())}, dtype=np.{value.dtype})"
        case Items():
            inner = ", ".join(literal(item) for item in value.items)
            if value.kind == "list":
                return f"[{inner}]"
            return f"({inner},)" if len(value.items) == 1 else f"({inner})"
        case Entries():
            return "{" + ", ".join(f"{key!r}: {literal(item)}" for key, item in value.entries.items()) + "}"
        case Table():
            inner = ", ".join(f"{column.name!r}: {_cells(column)}" for column in value.columns)
            return f"pd.DataFrame({{{inner}}})"
        case Column():
            return f"pd.Series({_cells(value)}, name={value.name!r})"
        case TextFile():
            return repr(value.name)
        case Opaque():
            return f"<{value.name}>"
        case float():
            return _number(value)
        case _:
            return repr(value)


def _cells(column: Column) -> str:
    return (
        "["
        + ", ".join(_number(cell) if isinstance(cell, float) else repr(cell) for cell in column.values)
        + "]"
    )


def _number(number: float) -> str:
    if math.isfinite(number):
        return repr(number)
    return f"float('{number}')"


def _tensor_literal(value: Tensor) -> str:
    kind = "" if value.dtype in {"float32", "int64", "bool"} else f", dtype=torch.{value.dtype}"
    if value.data is None:
        return f"torch.empty({value.shape}, device='{value.device}')"
    tensor = restore(value)
    if tensor.numel() > MAX_ELEMENTS:
        first = ", ".join(_number_of(item, value.dtype) for item in tensor.reshape(-1)[:3].tolist())
        return f"<tensor of shape {value.shape}, {value.dtype}: {first}, …>"
    if 0 in value.shape:
        return f"torch.empty({value.shape}{kind})"
    if value.dtype == "float32":
        return f"torch.tensor({_nested(tensor.tolist(), 'float32')})"
    return f"torch.tensor({_nested(tensor.tolist(), value.dtype)}{kind})"


def _nested(items: Any, dtype: str = "float64") -> str:  # noqa: ANN401 - numbers in nested lists
    if isinstance(items, list):
        return "[" + ", ".join(_nested(item, dtype) for item in items) + "]"
    return _number_of(items, dtype)


def _number_of(item: complex, dtype: str) -> str:
    """Return the shortest text that reads back as the same number of this dtype."""
    if isinstance(item, float) and math.isfinite(item):
        if dtype == "float32":
            import numpy as np

            text = str(np.float32(item))
        else:
            text = repr(item)
        return text.removesuffix("0") if text.endswith(".0") else text
    return _number(item) if isinstance(item, float) else repr(item)
