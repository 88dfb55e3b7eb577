"""Whether two answers behaved the same: equal values up to rounding, or the same exception.

Two programs with the same misconception may add in another order, or shift before they exponentiate. Such
differences vanish in rounding; differences between two misconceptions rarely do.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

import torch

from grader.records.decode import restore
from grader.records.devices import device_type
from grader.records.values import Array, Column, Entries, Items, Table, Tensor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.records.protocol import Observation, Raised
    from grader.records.values import Value

QUOTED: Final = re.compile(r"'\w+'")
ADDRESS: Final = re.compile(r" at 0x[0-9a-fA-F]+")
REFUSED_KEYWORD: Final = re.compile(r"(?:\b\w{1,60}|<lambda>)\(\) (?=got an unexpected keyword argument)")
QUALIFIER: Final = re.compile(r"\b\w{1,60}\.(?:<locals>\.)?(?=\w{1,60}\(\))|\b\w{1,60}\.<locals>\.")
COMPLAINTS: Final = {
    what: re.compile("|".join(words))
    for what, words in {
        "shapes don't fit": (
            "must match the size of tensor", "shapes cannot be multiplied", "size mismatch",
            "shape mismatch",
            "inconsistent tensor size", "is invalid for input of size", "could not be broadcast",
            "doesn't match the broadcast shape", "expanded size of the tensor",
            "Sizes of tensors must match",
            "expects each tensor to be equal size", "1D tensors expected", "have same number of elements",
            "must match the existing size", "mismatch in its core dimension", "must have the same shape",
            "vector . vector", "vector, but got", "must be (?:a matrix|matrices|2D|1D)",
            "expected a (?:matrix|vector)",
        ),
        "an index is out of range": ("index out of range", "out of bounds", "Dimension out of range"),
        "a leaf is changed in place": ("a (?:view of a )?leaf Variable that requires grad",),
        "nothing requires a gradient": ("does not require grad and does not have a grad_fn",),
        "NumPy is given what requires a gradient": (r"Can't call numpy\(\) on Tensor that requires grad",),
        "several elements are taken for one": (
            "cannot be converted to Scalar", "only one element tensors can be converted",
            "Boolean value of Tensor with more than one value", "can be converted to Python scalars",
            "only (?:size-1|length-1|0-dimensional) arrays can be converted",
        ),
        "dtypes don't fit": (
            "can't be cast to the desired output type", "to have the same dtype", "expected scalar type",
            "Could not infer dtype", "Cannot cast ufunc",
        ),
        "an index isn't int64": (
            "index tensor of type LongTensor", "[Ee]xpected dtype int(?:32/int)?64 for index",
            "tensors used as indices must be long",
        ),
        "out= can't be recorded": (r"functions with out=\.\.\. arguments don't support automatic",),
        "a plain number is taken for an array": (r"expected np\.ndarray \(got numpy\.\w+\)",),
    }.items()
}  # fmt: skip
"""What errors of torch and NumPy complain about, in the words that they have for it."""


def agree(one: Observation, other: Observation) -> bool:
    """Return whether two observations of one question on the same input agree."""
    if one.raised is not None or other.raised is not None:
        return one.raised is not None and other.raised is not None and _same_raised(one.raised, other.raised)
    return (
        set(one.changed) == set(other.changed)
        and alike(one.result, other.result)
        and _same_gradients(one.gradients, other.gradients)
    )


def alike(one: Value, other: Value) -> bool:
    """Return whether two values have the same type and shape and, up to rounding, the same contents."""
    match one, other:
        case (int() | float() | Tensor(shape=()), float()) | (float(), int() | float() | Tensor(shape=())):
            # The number may come from a float32 tensor.
            same = near(_number(one), _number(other))
        case Tensor(), Tensor():
            form = (one.dtype, one.shape, device_type(one.device), one.data is None)
            same = form == (other.dtype, other.shape, device_type(other.device), other.data is None) and (
                one.data == other.data or near(restore(one), restore(other))
            )
        case Array(), Array():
            same = (one.dtype, one.shape) == (other.dtype, other.shape) and near(
                torch.as_tensor(restore(one)), torch.as_tensor(restore(other))
            )
        case Items(), Items():
            same = one.kind == other.kind and len(one.items) == len(other.items)
            same = same and all(map(alike, one.items, other.items))
        case Entries(), Entries():
            same = one.entries.keys() == other.entries.keys()
            same = same and all(alike(item, other.entries[key]) for key, item in one.entries.items())
        case Table(), Table():
            same = [column.name for column in one.columns] == [column.name for column in other.columns]
            same = same and all(map(alike, one.columns, other.columns))
        case Column(), Column():
            same = _same_cells(one.values, other.values)
        case _:
            same = type(one) is type(other) and one == other
    return same


def _number(value: Value) -> torch.Tensor:
    return torch.as_tensor(restore(value)).to(torch.float32)


def near(one: torch.Tensor, other: torch.Tensor) -> bool:
    """Return whether numbers agree to half of the digits of the shorter dtype, relative to the largest."""
    if one.shape != other.shape:
        return False
    if not (one.is_floating_point() and other.is_floating_point()):
        return torch.equal(one, other)
    ours, theirs = one.to(torch.float64), other.to(torch.float64)
    finite = ours.isfinite()
    if not torch.equal(finite, theirs.isfinite()):
        return False
    if not torch.equal(ours[~finite].nan_to_num(nan=0.5), theirs[~finite].nan_to_num(nan=0.5)):
        return False
    largest = max((float(side[finite].abs().max()) for side in (ours, theirs) if finite.any()), default=0.0)
    allowed = math.sqrt(max(torch.finfo(side.dtype).eps for side in (one, other))) * largest
    return bool(((ours - theirs)[finite].abs() <= allowed).all())


def _same_raised(one: Raised, other: Raised) -> bool:
    """Compare exceptions by kind and by what their messages say, in whatever words."""
    return (one.kind, one.inside, said(one)) == (other.kind, other.inside, said(other))


def said(raised: Raised) -> str:
    """Return what the message of an exception says, without what depends on how the answer was written.

    Errors of one kind of `COMPLAINTS` say the same: a product of matrices that don't fit is refused in
    other words by `@`, `mv` and a broadcast product. Of other messages addresses, the names of enclosing
    functions, of functions that refuse a keyword and, if the call itself failed, of parameters are left out.
    """
    for what, pattern in COMPLAINTS.items():
        if pattern.search(raised.message):
            return what
    message = REFUSED_KEYWORD.sub("", QUALIFIER.sub("", ADDRESS.sub("", raised.message)))
    return message if raised.inside else QUOTED.sub("''", message)


def _same_gradients(one: dict[str, Tensor | None] | None, other: dict[str, Tensor | None] | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.keys() == other.keys() and all(alike(gradient, other[name]) for name, gradient in one.items())


def _same_cells(one: Sequence[object], other: Sequence[object]) -> bool:
    """Compare the cells of a table: 1, 1.0 and True are equal, and so are None and NaN."""
    return len(one) == len(other) and all(map(_same_cell, one, other))


def _same_cell(one: object, other: object) -> bool:
    missing = [cell is None or cell != cell for cell in (one, other)]  # noqa: PLR0124 - of NaN it's true
    if any(missing):
        return all(missing)
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-9)
    return one == other
