"""When two tables are the same: their columns by name and order, their rows, and every cell.

Only what a table says is compared. How it is stored (int or float, bool or 0 and 1, the index) is not.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.records.verdict import Broken

if TYPE_CHECKING:
    import pandas as pd


def assert_same_table(got: pd.DataFrame, expected: pd.DataFrame, *, multiple: float = 0.0) -> None:
    """Raise `Broken` unless both tables have the same columns, in the same order, with the same cells.

    A number may be off by `multiple` epsilons (float64) of the largest magnitude in its column.
    """
    _assert_same_names(got, expected)
    if len(got) != len(expected):
        raise Broken(f"there are {len(got)} rows, expected {len(expected)}", got=got, expected=expected)
    for (_name, ours), (name, right) in zip(got.items(), expected.items(), strict=True):
        assert_same_column(ours, right, multiple=multiple, what=f"column {str(name)!r}")


def assert_same_column(
    got: pd.Series[Any], expected: pd.Series[Any], *, multiple: float = 0.0, what: str = "the column"
) -> None:
    """Raise `Broken` unless both hold numbers, or both words, and the same ones; names are not compared."""
    if len(got) != len(expected):
        raise Broken(f"{what} has {len(got)} rows, expected {len(expected)}", got=got, expected=expected)
    if _holds_numbers(got) != _holds_numbers(expected):
        held, wanted = ("words", "numbers") if _holds_numbers(expected) else ("numbers", "words")
        message = f"{what} has dtype {got.dtype}: it holds {held}, expected {wanted}"
        raise Broken(message, got=got, expected=expected)
    ours, right = _cells(got), _cells(expected)
    largest = max((abs(cell) for cell in right if isinstance(cell, (int, float))), default=0.0)
    allowed = multiple * sys.float_info.epsilon * largest
    for row, (cell, true) in enumerate(zip(ours, right, strict=True)):
        if not _same(cell, true, allowed):
            message = f"{what}, row {row}: {_shown(cell)} came back, expected {_shown(true)}"
            raise Broken(message, got=got, expected=expected)


def _assert_same_names(got: pd.DataFrame, expected: pd.DataFrame) -> None:
    ours, right = [str(name) for name in got.columns], [str(name) for name in expected.columns]
    if ours == right:
        return
    lacking = [name for name in right if name not in ours]
    surplus = [name for name in ours if name not in right]
    if lacking or surplus:
        said = [f"lacks {_listed(lacking)}"] if lacking else []
        said += [f"should not have {_listed(surplus)}"] if surplus else []
        message = f"the table {' and '.join(said)}"
    elif len(ours) != len(right):
        message = f"the table has {_listed([name for name in right if ours.count(name) > 1])} more than once"
    else:
        message = f"the columns come in the order {_listed(ours)}, expected {_listed(right)}"
    raise Broken(message, got=got, expected=expected)


def _listed(names: list[str]) -> str:
    return ", ".join(repr(name) for name in names)


def _holds_numbers(column: pd.Series[Any]) -> bool:
    from pandas.api.types import is_numeric_dtype

    return bool(is_numeric_dtype(column.dtype))


def _is_plain(column: pd.Series[Any]) -> bool:
    """Return whether these are NumPy's numbers, among which only NaN is missing."""
    return getattr(column.dtype, "kind", "O") in "biuf" and isinstance(column.dtype, np.dtype)


def _cells(column: pd.Series[Any]) -> list[Any]:
    """Return the cells; None where a value is missing."""
    if _is_plain(column):
        return [None if cell != cell else cell for cell in column.tolist()]  # noqa: PLR0124 - of NaN it's true
    cells = column.astype(object).tolist()
    return [None if gone else cell for cell, gone in zip(cells, column.isna().tolist(), strict=True)]


def _same(cell: Any, true: Any, allowed: float) -> bool:  # noqa: ANN401 - a cell: a number, a word or None
    if cell is None or true is None or isinstance(true, str):
        return bool(cell == true)
    return bool(cell == true or abs(cell - true) <= allowed)


def _shown(cell: Any) -> str:  # noqa: ANN401 - as above
    return "a missing value" if cell is None else repr(cell)
