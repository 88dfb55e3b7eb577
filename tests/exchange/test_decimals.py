"""Numbers with a decimal point and with a decimal comma are read and written; a mixture is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.exchange.decimals import decimal_mark, number_in, rounded, written
from grader.exchange.errors import ExchangeError


@pytest.mark.parametrize(
    ("cells", "separator", "mark"),
    [
        (["7.5", "", "x"], ";", "."),
        (["7,50", "100"], ",", ","),
        (["1.234,50"], ";", ","),
        (["1,234.5"], ",", "."),
        (["1,234"], ",", "."),
        (["1.234"], ";", ","),
        ([], "\t", "."),
        (["7.12345"], ";", "."),
    ],
)
def test_the_decimal_mark_is_that_of_the_numbers(cells: list[str], separator: str, mark: str) -> None:
    assert decimal_mark(cells, separator, "t.csv") == mark


def test_both_marks_in_one_table_are_refused() -> None:
    with pytest.raises(ExchangeError, match="a decimal point and others with a decimal comma"):
        decimal_mark(["7.5", "7,5"], ",", "t.csv")


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        (" 7.50 ", ".", Fraction(15, 2)),
        ("7,5", ",", Fraction(15, 2)),
        ("1.234,5", ",", Fraction(2469, 2)),
        ("10", ",", Fraction(10)),
        ("", ".", None),
        ("EX", ".", None),
        ("-1", ".", None),
        ("7.5.1", ".", None),
    ],
)
def test_a_cell_is_a_number_or_none(text: str, mark: str, value: Fraction | None) -> None:
    assert number_in(text, mark) == value


@given(st.fractions(0, 10_000), st.sampled_from(",."))
def test_what_is_written_is_read_as_the_same_number(value: Fraction, mark: str) -> None:
    assert number_in(written(rounded(value), mark), mark) == rounded(value)
    assert abs(rounded(value) - value) <= Fraction(1, 200)


def test_halves_are_rounded_upwards_and_zeros_left_out() -> None:
    assert written(rounded(Fraction("7.125")), ".") == "7.13"
    assert written(rounded(Fraction("7.124999")), ".") == "7.12"
    assert [written(Fraction(one), ",") for one in ("8", "7.5", "7.05", "0")] == ["8", "7,5", "7,05", "0"]
