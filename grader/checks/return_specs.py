"""Declare what an expression returns: `like("X")`, `tensor(...)`, `number()`, `several(...)` and others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.checks.spec_types import ArraySpec, ListSpec, PlainSpec, TensorSpec, TupleSpec
from grader.records.values import Column, Table

if TYPE_CHECKING:
    from grader.checks.spec_types import Dtypes, Inputs, Shape, Spec

FLOATING = ("float32", "float64")


def like(name: str) -> TensorSpec:
    """Return the spec of a tensor with the shape, dtype and device of an input.

    Args:
        name: the name of the input, a tensor.

    Example:
        >>> relu = exercise(
        ...     "relu", given={"X": tensors()}, asks="relu(X)", returns=like("X"), points={}
        ... )
        >>> [check.name for check in relu.checks][2:6]
        ['right_type', 'right_shape', 'right_dtype', 'right_device']

    """
    return TensorSpec(lambda inputs: tuple(inputs[name].shape), _dtype_of(name))


def tensor(
    shape: Shape | None = None, *, dtype: str | tuple[str, ...] | None = None, dtype_of: str | None = None
) -> TensorSpec:
    """Return the spec of a tensor; its device is that of the arguments.

    Args:
        shape: a function of the inputs (a mapping by name) that returns a tuple of sizes; None allows any.
        dtype: the allowed dtype or dtypes, without `torch.`; None allows any.
        dtype_of: the name of an input (a tensor, or a list of them) whose dtype is expected instead.

    Example:
        >>> row_sums = tensor(lambda inputs: inputs["X"].shape[:1], dtype_of="X")
        >>> labels = tensor(lambda inputs: (len(inputs["X"]),), dtype=("int32", "int64"))

    """
    if dtype_of is not None:
        return TensorSpec(shape, _dtype_of(dtype_of))
    if dtype is None:
        return TensorSpec(shape, None)
    dtypes = (dtype,) if isinstance(dtype, str) else dtype
    return TensorSpec(shape, lambda _inputs: dtypes)


def scalar(*, dtype_of: str) -> TensorSpec:
    """Return the spec of a 0-dimensional tensor with the dtype of an input.

    Args:
        dtype_of: the name of the input, a tensor or a list of tensors.

    Example:
        >>> mean_loss = scalar(dtype_of="y_hat")

    """
    return tensor(lambda _inputs: (), dtype_of=dtype_of)


def number() -> PlainSpec:
    """Return the spec of a Python `int` or `float`; a `bool` or a tensor doesn't match.

    Example:
        >>> accuracy = exercise(
        ...     "accuracy",
        ...     given={"y_hat, y": predictions()},
        ...     asks="accuracy(y_hat, y)",
        ...     returns=number(),
        ...     points={},
        ... )

    """
    return PlainSpec(
        "a number", lambda value: isinstance(value, (int, float)) and not isinstance(value, bool)
    )


def boolean() -> PlainSpec:
    """Return the spec of a Python `bool`.

    Example:
        >>> has_converged = boolean()

    """
    return PlainSpec("True or False", lambda value: isinstance(value, bool))


def text() -> PlainSpec:
    """Return the spec of a Python `str`.

    Example:
        >>> name_and_count = several(text(), number())

    """
    return PlainSpec("a string", lambda value: isinstance(value, str))


def array(shape: Shape | None = None, *, dtype: str | None = None) -> ArraySpec:
    """Return the spec of a NumPy array.

    Args:
        shape: a function of the inputs (a mapping by name) that returns a tuple of sizes; None allows any.
        dtype: the name of the dtype; None allows any.

    Example:
        >>> same_as_numpy = array(lambda inputs: tuple(inputs["X"].shape), dtype="float32")

    """
    return ArraySpec(shape, dtype)


def table() -> PlainSpec:
    """Return the spec of a pandas DataFrame.

    Example:
        >>> load_table = exercise(
        ...     "load_table",
        ...     given={"path": tables_with_gaps().map(csv_file)},
        ...     asks="load_table(path)",
        ...     returns=table(),
        ...     points={},
        ... )

    """
    return PlainSpec("a pandas DataFrame", lambda value: isinstance(value, Table))


def series() -> PlainSpec:
    """Return the spec of a pandas Series.

    Example:
        >>> inputs_and_target = several(table(), series())

    """
    return PlainSpec("a pandas Series", lambda value: isinstance(value, Column))


def several(*members: Spec) -> TupleSpec:
    """Return the spec of a tuple (or list) with one spec for each member.

    A law gets the members as separate parameters.

    Example:
        >>> value_and_gradient = several(scalar(dtype_of="x"), like("x"))

    """
    return TupleSpec(members)


def list_of(member: Spec) -> ListSpec:
    """Return the spec of a list (or tuple) of any length whose members all match one spec.

    Example:
        >>> losses_by_epoch = list_of(number())

    """
    return ListSpec(member)


def _dtype_of(name: str) -> Dtypes:
    """Return a function of the inputs: the dtype of one of them, which may be a list of tensors."""

    def dtypes(inputs: Inputs) -> tuple[str, ...]:
        value = inputs[name]
        first = value[0] if isinstance(value, (list, tuple)) else value
        return (str(first.dtype).removeprefix("torch."),)

    return dtypes
