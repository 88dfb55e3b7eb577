"""Tables with missing values: the properties of what is drawn, and of the CSV files."""

from __future__ import annotations

import io
import math

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from grader.checks.table_equality import assert_same_table
from grader.checks.table_strategies import (
    csv_file,
    encoded_tables,
    inputs_and_targets,
    table_of,
    tables_with_gaps,
)
from grader.records.decode import restore
from grader.records.values import Column, Table, record


def gaps(column: Column) -> list[bool]:
    """Say of each cell whether it is missing."""
    cells = column.values  # noqa: PD011 - a record's field, not pandas'
    return [cell is None or (isinstance(cell, float) and math.isnan(cell)) for cell in cells]


@given(tables_with_gaps(rows=(1, 4), columns=(2, 3)))
def test_rows_and_columns_stay_within_their_bounds(table: Table) -> None:
    assert 1 <= table.rows <= 4
    assert 2 <= len(table.columns) <= 3
    assert all(len(column.values) == table.rows for column in table.columns)


@given(tables_with_gaps())
def test_no_column_is_without_any_value(table: Table) -> None:
    assert not any(all(gaps(column)) for column in table.columns)


@given(tables_with_gaps())
def test_no_two_columns_share_a_name(table: Table) -> None:
    assert len({column.name for column in table.columns}) == len(table.columns)


@given(tables_with_gaps(gaps=False))
def test_without_gaps_only_words_are_missing(table: Table) -> None:
    assert not any(any(gaps(column)) for column in table.columns if column.dtype != "str")


@given(tables_with_gaps(target=True))
def test_a_target_is_a_last_column_of_numbers_without_gaps(table: Table) -> None:
    assert len(table.columns) >= 2
    assert table.columns[-1].dtype in {"int64", "float64"}
    assert not any(gaps(table.columns[-1]))


@given(tables_with_gaps())
def test_a_file_holds_its_table(table: Table) -> None:
    read = pd.read_csv(io.StringIO(csv_file(table).text))
    assert_same_table(read, restore(table), multiple=16)


def test_a_file_quotes_commas_and_names_what_is_missing() -> None:
    table = table_of({"Rooms, all": [2.0, None], "Street": [None, "North, near road"], "Price": [1.25, -3.0]})
    assert csv_file(table).text == '"Rooms, all",Street,Price\n2,NA,1.25\nNA,"North, near road",-3\n'


@given(tables_with_gaps(), st.sampled_from([bool, int, float]))
def test_an_encoded_table_is_what_get_dummies_makes(table: Table, kind: type) -> None:
    """The strategy writes it down without pandas, whose answer is the definition."""
    from grader.checks.table_strategies import _encoded

    expected = pd.get_dummies(restore(table), dummy_na=True)
    assert_same_table(restore(_encoded(table, kind)), expected)


@given(encoded_tables())
def test_indicators_have_no_gaps(table: Table) -> None:
    assert all(column.dtype in {"bool", "int64", "float64"} for column in table.columns)
    assert not any(any(gaps(column)) for column in table.columns if "_" in str(column.name))


@given(inputs_and_targets())
def test_inputs_and_targets_have_as_many_rows_and_no_gaps(drawn: tuple[Table, Column]) -> None:
    inputs, targets = drawn
    assert inputs.rows == len(targets.values)
    assert not any(any(gaps(column)) for column in (*inputs.columns, targets))


@given(tables_with_gaps())
def test_a_table_survives_encoding_unchanged(table: Table) -> None:
    assert_same_table(restore(record(restore(table))), restore(table))
