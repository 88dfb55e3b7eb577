"""Comparison of tables: their columns by name and order, their number of rows, and every cell.

Only the contents are compared, not how they are stored (int or float, bool or 0 and 1, the index).
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

    Args:
        got: the student's table.
        expected: the correct table.
        multiple: the allowed difference of a number, in epsilons (float64) of the largest magnitude in its
            column.

    Raises:
        Broken: naming the first column or cell that differs.

    Example:
        >>> import pandas as pd
        >>> table = pd.DataFrame({"rooms": [2, None], "roof": ["tile", "slate"]})
        >>> assert_same_table(table.copy(), table)
        >>> assert_same_table(table.fillna(0), table)
        Traceback (most recent call last):
        grader.records.verdict.Broken: column 'rooms', row 1: 0.0 came back, expected a missing value

    """
    _assert_same_names(got, expected)
    if len(got) != len(expected):
        message = f"the number of rows is {len(got)}, expected {len(expected)}"
        raise Broken(message, got=got, expected=expected)
    for (_name, ours), (name, right) in zip(got.items(), expected.items(), strict=True):
        assert_same_column(ours, right, multiple=multiple, what=f"column {str(name)!r}")


def assert_same_column(
    got: pd.Series[Any], expected: pd.Series[Any], *, multiple: float = 0.0, what: str = "the column"
) -> None:
    """Raise `Broken` unless two columns hold the same numbers, or the same words. Names are not compared.

    Args:
        got: the student's column.
        expected: the correct column.
        multiple: as for `assert_same_table`.
        what: the words for the column in the message.

    Raises:
        Broken: naming the first cell that differs.

    Example:
        >>> import pandas as pd
        >>> assert_same_column(pd.Series([1, 2]), pd.Series([1.0, 2.0]))

    """
    if len(got) != len(expected):
        message = f"the number of rows of {what} is {len(got)}, expected {len(expected)}"
        raise Broken(message, got=got, expected=expected)
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
        parts = [f"lacks {_listed(lacking)}"] if lacking else []
        parts += [f"should not have {_listed(surplus)}"] if surplus else []
        message = f"the table {' and '.join(parts)}"
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
    """Return whether the column is a plain NumPy column of numbers, in which NaN alone means missing."""
    return getattr(column.dtype, "kind", "O") in "biuf" and isinstance(column.dtype, np.dtype)


def _cells(column: pd.Series[Any]) -> list[Any]:
    """Return the cells, with None for missing values."""
    if _is_plain(column):
        return [None if cell != cell else cell for cell in column.tolist()]  # noqa: PLR0124 - of NaN it's true
    cells = column.astype(object).tolist()
    return [
        None if is_missing else cell for cell, is_missing in zip(cells, column.isna().tolist(), strict=True)
    ]


def _same(cell: Any, true: Any, allowed: float) -> bool:  # noqa: ANN401 - a cell: a number, a string or None
    if cell is None or true is None or isinstance(true, str):
        return bool(cell == true)
    return bool(cell == true or abs(cell - true) <= allowed)


def _shown(cell: Any) -> str:  # noqa: ANN401 - as above
    return "a missing value" if cell is None else repr(cell)
