"""Expressions of checks, such as `softmax(X + c)`: evaluate them, and print them with their inputs.

An expression is data. It can be sent to a process that has neither checks nor oracles, evaluated there beside
the student's code, and printed with its inputs filled in, ready to be pasted.
"""

from __future__ import annotations

import ast
import math
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from grader.records.decode import restore
from grader.records.devices import CPU
from grader.records.values import Array, Column, Entries, Items, Opaque, Table, Tensor, TextFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import CodeType

    from grader.records.values import Value

FILENAME: Final = "<check>"
MAX_INLINE: Final = 60
MAX_WIDTH: Final = 90
MAX_ELEMENTS: Final = 100
SHOWN_ELEMENTS: Final = 3
DEVICE: Final = "device"
"""The name by which an expression may mention the device of a check."""


class ExpressionError(ValueError):
    """A check's expression is not valid Python."""


@cache
def compiled(expression: str) -> CodeType:
    """Return the code of an expression; raises `ExpressionError`."""
    try:
        return compile(expression, FILENAME, "eval")
    except SyntaxError as error:
        message = f"`{expression}` is not a Python expression: {error.msg}."
        raise ExpressionError(message) from error


def evaluate(expression: str, names: Mapping[str, object]) -> Any:  # noqa: ANN401 - any value
    """Return the value of an expression over `names`."""
    return eval(compiled(expression), dict(names))  # noqa: S307 - the text is the check's, not the student's


def names_in(expression: str) -> frozenset[str]:
    """Return the free names that an expression mentions."""
    return frozenset(
        node.id for node in ast.walk(ast.parse(expression, mode="eval")) if isinstance(node, ast.Name)
    )


def pasteable(expression: str, inputs: Mapping[str, Value], device: str = CPU) -> str:
    """Return the expression with its inputs, as a student would type it.

    A short input that is used once is filled in; the others are assigned first, and all of them where the
    line would be too wide. Tensors are created on `device`, which takes the place of the name `device`, too.
    """
    text = _pasteable(expression, inputs, device, MAX_INLINE)
    too_wide = max(map(len, text.splitlines()), default=0) > MAX_WIDTH
    return _pasteable(expression, inputs, device, 0) if too_wide else text


def _pasteable(expression: str, inputs: Mapping[str, Value], device: str, max_inline: int) -> str:
    mentioned = [node for node in ast.walk(ast.parse(expression, mode="eval")) if isinstance(node, ast.Name)]
    lines, inline = [], []
    for name, value in inputs.items():
        text, places = literal(value, device), [node for node in mentioned if node.id == name]
        if places and isinstance(value, TextFile):
            lines.append(_written_file(name, value))
        elif len(places) == 1 and len(text) <= max_inline and _can_be_typed(text):
            inline.append((places[0], text))
        elif places:
            lines.append(f"{name} = {text}\n")
    if DEVICE not in inputs:
        inline += [(node, f"torch.device({device!r})") for node in mentioned if node.id == DEVICE]
    return "".join(lines) + _substituted(expression, inline)


def _written_file(name: str, file: TextFile) -> str:
    """Return the lines that write a file into a new folder, which overwrites nothing, and name its path."""
    is_plain = all(line.isprintable() for line in file.text.split("\n"))
    as_lines = is_plain and not any(one in f"{file.text}''" for one in ("\\", "'''"))
    text = f"'''\\\n{file.text}'''" if as_lines else repr(file.text)
    folder = f"import tempfile; {name} = tempfile.mkdtemp() + {'/' + file.name!r}"
    return f"{folder}\nopen({name}, 'w').write({text})\n"


def _can_be_typed(text: str) -> bool:
    """Return whether a literal is Python, and not the description of a value that is too large."""
    try:
        ast.parse(text, mode="eval")
    except SyntaxError:
        return False
    return True


def _substituted(expression: str, inline: list[tuple[ast.Name, str]]) -> str:
    """Replace names by texts; the rest of the expression stays as it is written."""
    lines = [line.encode() for line in expression.splitlines(keepends=True)]  # columns count bytes
    for node, text in sorted(inline, key=lambda one: (one[0].lineno, one[0].col_offset), reverse=True):
        line = lines[node.lineno - 1]
        before, after = line[: node.col_offset], line[node.end_col_offset :]
        is_argument = before.rstrip().endswith((b"(", b"=", b",")) and after.lstrip().startswith((b")", b","))
        put = text if is_argument or text.endswith((")", "]", "}", "'", '"')) else f"({text})"
        lines[node.lineno - 1] = before + put.encode() + after
    return b"".join(lines).decode()


def literal(value: Value, device: str = CPU) -> str:  # noqa: C901, PLR0911 - one branch a kind of value
    """Return Python source that creates the value on a device; of many numbers only the first ones."""
    match value:
        case Tensor():
            return _tensor_literal(value, device)
        case Array():
            return _array_literal(value)
        case Items():
            inner = ", ".join(literal(item, device) for item in value.items)
            if value.kind == "list":
                return f"[{inner}]"
            return f"({inner},)" if len(value.items) == 1 else f"({inner})"
        case Entries():
            return (
                "{"
                + ", ".join(f"{key!r}: {literal(item, device)}" for key, item in value.entries.items())
                + "}"
            )
        case Table():
            inner = ", ".join(f"{column.name!r}: {_cells(column)}" for column in value.columns)
            index = "" if value.index is None else f", index={list(value.index)!r}"
            return f"pd.DataFrame({{{inner}}}{index})"
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


def _tensor_literal(value: Tensor, device: str) -> str:
    if value.data is None:
        return f"torch.empty({value.shape}, dtype=torch.{value.dtype}, device={value.device!r})"
    on_device = "" if device == CPU else f", device={device!r}"
    tensor = restore(value)
    if tensor.numel() > MAX_ELEMENTS:
        return f"<tensor {_abridged(value, tensor.reshape(-1)[:SHOWN_ELEMENTS].tolist())}>"
    if 0 in value.shape:
        kind = "" if value.dtype == "float32" else f", dtype=torch.{value.dtype}"
        return f"torch.empty({value.shape}{kind}{on_device})"
    kind = "" if value.dtype in {"float32", "int64", "bool"} else f", dtype=torch.{value.dtype}"
    return f"torch.tensor({_nested(tensor.tolist(), value.dtype)}{kind}{on_device})"


def _array_literal(value: Array) -> str:
    array = restore(value)
    if array.size > MAX_ELEMENTS:
        return f"<array {_abridged(value, array.reshape(-1)[:SHOWN_ELEMENTS].tolist())}>"
    if 0 in value.shape:
        return f"np.empty({value.shape}, dtype={value.dtype!r})"
    return f"np.array({_nested(array.tolist())}, dtype={value.dtype!r})"


def _abridged(value: Tensor | Array, first: list[complex]) -> str:
    numbers = ", ".join(_number_of(item, value.dtype) for item in first)
    return f"of shape {value.shape}, {value.dtype}: {numbers}, …"


def _nested(items: Any, dtype: str = "float64") -> str:  # noqa: ANN401 - numbers in nested lists
    if isinstance(items, list):
        return "[" + ", ".join(_nested(item, dtype) for item in items) + "]"
    return _number_of(items, dtype)


def _number_of(item: Any, dtype: str) -> str:  # noqa: ANN401 - a bool, an int, a float or a complex
    """Return the shortest text that reads back as the same number of this dtype."""
    if isinstance(item, complex):
        return f"complex({_number(item.real)}, {_number(item.imag)})"
    if not isinstance(item, float) or not math.isfinite(item):
        return _number(item) if isinstance(item, float) else repr(item)
    text = str(np.float32(item)) if dtype == "float32" else repr(item)
    return text.removesuffix("0") if text.endswith(".0") else text
