"""Comparison of tables: by their contents, not by how they are stored."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from grader.checks.table_equality import assert_same_column, assert_same_table
from grader.records.verdict import Broken

TABLE = pd.DataFrame({"rooms": [2.0, None, 4.0], "roof": ["Slate", None, "Tile"], "new": [True, False, True]})


def cells(*values: object) -> Any:  # noqa: ANN401 - pandas' types know no list with None in it
    return list(values)


def complaint(got: pd.DataFrame, expected: pd.DataFrame = TABLE, **tolerance: float) -> str:
    with pytest.raises(Broken) as broken:
        assert_same_table(got, expected, **tolerance)
    return broken.value.message


@pytest.mark.parametrize(
    "stored",
    [
        TABLE.copy(),
        TABLE.convert_dtypes(),
        TABLE.astype({"new": int}),
        TABLE.astype({"new": float, "roof": object}),
        TABLE.astype({"roof": "category"}),
        TABLE.set_axis([7, 8, 9]),
    ],
)
def test_how_a_table_is_stored_does_not_matter(stored: pd.DataFrame) -> None:
    assert_same_table(stored, TABLE)
    assert_same_table(TABLE, stored)


@pytest.mark.parametrize(
    ("got", "message"),
    [
        (TABLE.drop(columns="roof"), "the table lacks 'roof'"),
        (TABLE.assign(age=1), "the table should not have 'age'"),
        (TABLE.rename(columns={"new": "old"}), "the table lacks 'new' and should not have 'old'"),
        (TABLE[["roof", "rooms", "new"]], "the columns come in the order 'roof', 'rooms', 'new', expected"),
        (pd.concat([TABLE, TABLE[["new"]]], axis=1), "the table has 'new' more than once"),
        (TABLE.iloc[1:], "the number of rows is 2, expected 3"),
        (TABLE.assign(rooms=cells("2", None, "4")), "it holds words, expected numbers"),
        (TABLE.assign(roof=[1, 2, 3]), "it holds numbers, expected words"),
        (TABLE.fillna({"rooms": 0}), "column 'rooms', row 1: 0.0 came back, expected a missing value"),
        (
            TABLE.assign(rooms=cells(None, None, 4.0)),
            "column 'rooms', row 0: a missing value came back, expected 2.0",
        ),
        (TABLE.assign(new=[True, True, True]), "column 'new', row 1: True came back, expected False"),
        (
            TABLE.assign(roof=cells("Slate", None, "tile")),
            "column 'roof', row 2: 'tile' came back, expected 'Tile'",
        ),
        (
            TABLE.assign(rooms=cells(2.0, None, float("inf"))),
            "column 'rooms', row 2: inf came back, expected 4.0",
        ),
    ],
)
def test_the_first_difference_is_named(got: pd.DataFrame, message: str) -> None:
    assert message in complaint(got)


def test_a_number_may_be_off_by_a_multiple_of_the_largest_one_s_epsilon() -> None:
    expected = pd.DataFrame({"x": [1.0, 1e6]})
    near, far = expected + 2e-10 * pd.DataFrame({"x": [1, 0]}), expected + 5e-10 * pd.DataFrame({"x": [1, 0]})
    assert_same_table(near, expected, multiple=1)
    assert "row 0" in complaint(far, expected, multiple=1)
    assert "row 0" in complaint(near, expected)


def test_the_names_of_single_columns_are_not_compared() -> None:
    assert_same_column(pd.Series([1, 2], name="a"), pd.Series([1.0, 2.0]))


@pytest.mark.parametrize("got", [pd.Series([1.0]), pd.Series([1.0, 2.0, 3.0]), pd.Series([], dtype=float)])
def test_columns_of_other_lengths_differ(got: pd.Series[Any]) -> None:
    with pytest.raises(Broken, match=r"number of rows of the column is \d, expected 2"):
        assert_same_column(got, pd.Series([1.0, 2.0]))
