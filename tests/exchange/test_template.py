"""A system's table is read so that every byte of it can be written again; what isn't regular is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.exchange.errors import ExchangeError
from grader.exchange.template import MOST_BYTES, parsed, read
from tests.fixtures.exports import table

if TYPE_CHECKING:
    from pathlib import Path

CELLS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8)
MARKS = {"utf-8": b"", "utf-8-sig": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=4)
    ),
    st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.sampled_from(sorted(MARKS)),
)  # fmt: skip
def test_whatever_is_read_is_written_again(
    rows: list[list[str]], separator: str, end: str, quotes: bool, codec: str
) -> None:
    rows = [["one", "two", "three", "four"][: len(rows[0])], *rows]
    data = MARKS[codec] + table(rows, separator=separator, end=end, quotes=quotes).encode(codec)
    template = parsed(data, "t.csv", separator)
    assert template.written(template.records) == data
    assert [list(record.values) for record in template.records] == rows


def test_a_line_without_an_end_gets_one_if_others_follow() -> None:
    template = parsed(b"a,b\r\n1,2\r\n3,4", "t.csv", ",")
    head, one, other = template.records
    assert template.written([head, other, one]) == b"a,b\r\n3,4\r\n1,2\r\n"
    assert template.written([head, one, other]) == b"a,b\r\n1,2\r\n3,4"


def test_a_changed_cell_has_quotes_where_the_old_one_had_or_where_it_needs_them() -> None:
    template = parsed(b'a,b\n"",\n', "t.csv", ",")
    record = template.records[1]
    assert record.changed(0, "7", ",").cells == ('"7"', "")
    assert record.changed(1, "7,5", ",").cells == ('""', '"7,5"')
    assert record.changed(1, "7,5", ";").cells == ('""', "7,5")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"PK\x03\x04rest of a workbook", "it is the workbook of a spreadsheet"),
        (b"a,b\n1,2,3\n", "line 2: it has 3 cells, and there are 2 columns"),
        (b"a,b,c\n1,2\n", "line 2: it has 2 cells, and there are 3 columns"),
        (b'a,b\n1,5" disk\n', "line 2: there is a quotation mark where none can be"),
        (b'a,b\n1,"never closed\n', "line 2: there is a quotation mark where none can be"),
        (b"a,b\n1,\x00\n", "it is no text"),
    ],
)
def test_a_file_that_is_no_regular_table_gets_a_sentence(tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    with pytest.raises(ExchangeError, match=why):
        read(path, ",")


def test_a_folder_a_huge_file_and_none_get_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="is a folder"):
        read(tmp_path, ",")
    with pytest.raises(ExchangeError, match="can't be read: No such file"):
        read(tmp_path / "none.csv", ",")
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(ExchangeError, match="has more than 20 MB"):
        read(huge, ",")


def test_blank_lines_are_no_rows_that_are_too_short() -> None:
    template = parsed(b"a,b\n\n1,2\n", "t.csv", ",")
    assert [record.is_blank for record in template.records] == [False, True, False]
    assert template.written(template.records, [1]) == b"b\n\n2\n"
