"""In which circumstances a result is wrong: for matrices that aren't square, say, or in float64.

A circumstance is told only if all results are right where it doesn't hold, nearly all are wrong where it
does, and no other one fits as well.
"""

from __future__ import annotations

import csv
import io
import itertools
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch

from grader.records.values import TextFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Stated = dict[tuple[str, str], bool]
    """What holds for the inputs of a case: a circumstance and its opposite, in words."""

SWITCHES: Final = {
    "learns": ("an argument requires a gradient", "no argument requires a gradient"),
    "holds": ("the grad of an argument holds something before", "the grad of an argument is None before"),
    "by_name": ("arguments are given by name", "arguments are given by position"),
}
"""What students read of switches that only the drives know: when they are on, and when they are off."""
MIN_CASES: Final = 4
"""How many cases there must be on both sides."""
MIN_SHARE: Final = 0.75
"""The share of results that must be wrong in a circumstance: some are right by chance, as with zeros."""


def circumstance(
    inputs: Sequence[Mapping[str, Any]], wrong: Sequence[bool], raised: Sequence[str]
) -> tuple[str, str] | None:
    """Return the name and the description of the circumstance that makes results wrong, if there is one.

    Args:
        inputs: those of each case.
        wrong: for each case, whether the result is wrong.
        raised: the names of the exceptions that were raised, if any.
    """
    if sum(wrong) < MIN_CASES:
        return None
    what = f"raises {' or '.join(raised)}" if raised else "is wrong"
    if len(wrong) - sum(wrong) >= MIN_CASES:
        stated = [dict(_circumstances(one)) for one in inputs]
        common = [name for name in stated[0] if all(name in one for one in stated)]
        shares = {name: _share(stated, wrong, name) for name in common}
        best = max(shares.values(), default=0.0)
        fitting = [name for name, share in shares.items() if share == best]
        if best >= MIN_SHARE and len(fitting) == 1:
            holds, fails = fitting[0] if stated[wrong.index(True)][fitting[0]] else fitting[0][::-1]
            text = (
                f"Of the inputs that were tried, it {what} only with those where {holds}; where {fails}, it "
                "is right. What in the code makes the difference? A length, an index, a dtype or a condition "
                "may fit only the latter."
            )
            return f"wrong-where-{holds.replace(' ', '-')}", text
    size = _only_size(inputs, wrong)
    if size is None:
        return None
    text = (
        f"Of the inputs that were tried, it is right only with those where {size}; with others it {what}. "
        "Perhaps a size of the example is written into the code: take it from the arguments."
    )
    return "fits-one-size-only", text


def _share(stated: Sequence[Stated], wrong: Sequence[bool], name: tuple[str, str]) -> float:
    """Return the share of wrong results in a circumstance; 0 if it doesn't hold for all wrong ones."""
    value = stated[wrong.index(True)][name]
    alike = [is_wrong for one, is_wrong in zip(stated, wrong, strict=True) if one[name] is value]
    others = len(wrong) - len(alike)
    return sum(alike) / len(alike) if sum(alike) == sum(wrong) and others >= MIN_CASES else 0.0


def _only_size(inputs: Sequence[Mapping[str, Any]], wrong: Sequence[bool]) -> str | None:
    """Return which argument must be of one size for a result to be right, in words; None if none has to.

    The size is not said: inputs are secret.
    """
    for name in inputs[0]:
        sizes = [_size(one.get(name)) for one in inputs]
        right = {size for size, is_wrong in zip(sizes, wrong, strict=True) if not is_wrong}
        others = {size for size, is_wrong in zip(sizes, wrong, strict=True) if is_wrong}
        if len(right) == 1 and None not in right and right.isdisjoint(others):
            return _of_one_size(name, inputs[0][name])
    return None


def _of_one_size(name: str, value: Any) -> str:  # noqa: ANN401 - any input
    """Return in words that an input, or the table in a file, has a certain size."""
    if type(value) is int:
        return f"{name} is one particular number"
    if isinstance(value, (torch.Tensor, np.ndarray)):
        return f"{name} has one particular shape"
    table = f"the table in {name}" if isinstance(value, TextFile) else name
    return f"{table} has one particular number of columns"


def _size(value: Any) -> object:  # noqa: ANN401 - any input
    """Return the size of an input; None for what has none, or where all sizes are 0 or 1."""
    if type(value) is int:
        return value if value > 1 else None
    if isinstance(value, (torch.Tensor, np.ndarray)):
        return tuple(value.shape) if max(value.shape, default=0) > 1 else None
    columns = _columns(value)
    return columns if columns > 1 else None


def _columns(value: Any) -> int:  # noqa: ANN401 - any input
    """Return the number of columns of a table, or of one in a file; 0 for anything else."""
    if isinstance(value, TextFile):
        return len(next(csv.reader(io.StringIO(value.text)), ()))
    return value.shape[1] if type(value).__name__ == "DataFrame" else 0


def _circumstances(inputs: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], bool]]:
    """Yield what holds for the inputs, and in words its opposite."""
    for name, value in inputs.items():
        if isinstance(value, bool):
            yield SWITCHES.get(name, (f"{name} is True", f"{name} is False")), value
        elif isinstance(value, (int, float)):
            yield (f"{name} is 0", f"{name} is not 0"), value == 0
            if isinstance(value, float):  # of a count, 1 is too easy a case
                yield (f"{name} is 1", f"{name} is not 1"), value == 1
            yield (f"{name} is negative", f"{name} is not negative"), value < 0
        elif isinstance(value, (torch.Tensor, np.ndarray)):
            yield from _of_tensor(name, torch.as_tensor(value).detach())
        elif isinstance(value, TextFile):
            words = {cell for row in csv.reader(io.StringIO(value.text)) for cell in row}
            yield (
                (f"something is missing in {name}", f"nothing is missing in {name}"),
                bool(words & {"NA", ""}),
            )
        elif type(value).__name__ == "DataFrame":
            missing = bool(value.isna().to_numpy().any())
            yield (f"something is missing in {name}", f"nothing is missing in {name}"), missing
    counts = [name for name, value in inputs.items() if type(value) is int]
    for one, other in itertools.pairwise(counts):
        m, n = inputs[one], inputs[other]
        yield (f"{one} equals {other}", f"{one} and {other} differ"), m == n
        for name, value in ((one, m), (other, n)):
            yield (
                (
                    f"{one} equals {other} or {name} is 1",
                    f"{one} and {other} differ and {name} is not 1",
                ),
                m == n or value == 1,
            )


def _of_tensor(name: str, value: torch.Tensor) -> Iterator[tuple[tuple[str, str], bool]]:
    """Yield what holds for a tensor. With one row, column or element most mistakes don't show: not these."""
    dims = value.ndim
    yield (f"{name} is float64", f"{name} is not float64"), value.dtype == torch.float64
    yield (f"{name} has whole numbers", f"{name} has floating-point numbers"), not value.is_floating_point()
    yield (f"{name} has no axis", f"{name} has axes"), dims == 0
    yield (f"{name} is a vector", f"{name} is no vector"), dims == 1
    if dims == len(("rows", "columns")):
        rows, columns = value.shape
        square = rows == columns
        yield (f"{name} is square", f"{name} is not square"), square
        one_row = (f"{name} is square or has one row", f"{name} is not square and has several rows")
        yield one_row, square or rows == 1
        one_column = (f"{name} is square or has one column", f"{name} is not square and has several columns")
        yield one_column, square or columns == 1
    yield (f"{name} has a negative element", f"{name} has no negative element"), bool((value < 0).any())
    yield (f"{name} has an element that is 0", f"no element of {name} is 0"), bool((value == 0).any())
    repeated = value.unique().numel() < value.numel()
    yield (f"{name} has equal elements", f"all elements of {name} differ"), repeated
