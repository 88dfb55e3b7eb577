"""Tables with gaps: the strategies that draw them, and the files that hold them.

What is drawn are records, not DataFrames: a course loads without pandas where no exercise needs it.
"""

from __future__ import annotations

import csv
import io
import math
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from grader.values import Column, Table, TextFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Cell = bool | int | float | str | None

MISSING: Final = "NA"
# Names with a space, a comma or another case than their neighbours. None of them reads as a number, as
# true or false, or as one of the words that pandas takes for a missing value.
NAMES: Final = ("Rooms", "Roof", "Lot Area", "Alley", "Floors, total", "age", "Price", "Heating")
WORDS: Final = ("Slate", "Tile", "Metal sheet", "North, near road", "slate", "zinc", "Wood")
NEVER: Final = st.just(value=False)
WHOLE: Final = st.integers(-9_999, 9_999)
SIZES: Final[tuple[Callable[[int], float], ...]] = (
    lambda whole: whole % 10,  # small counts, often equal
    lambda whole: whole,
    lambda whole: whole / 100,
    lambda whole: 1_000_000 + whole / 100,  # nearly equal numbers, far from zero
    lambda whole: whole / 1_000_000,
    lambda whole: whole * 100_000,
)


@st.composite
def tables_with_gaps(
    draw: st.DrawFn,
    *,
    rows: tuple[int, int] = (1, 6),
    columns: tuple[int, int] = (1, 5),
    gaps: bool = True,
    target: bool = False,
) -> Table:
    """Draw tables of numbers and words in any order, many with gaps; no column is without any value.

    Some have only numbers, some only words. Numbers are small or large, of either sign, whole or not. Without
    `gaps`, only words may be missing. With a `target`, one more column comes last: numbers without gaps.
    """
    names = draw(st.permutations(NAMES))[: draw(st.integers(*columns)) + target]
    kinds = draw(st.sampled_from([(False, True), (False, True), (False,), (True,)]))
    hold_words = [draw(st.sampled_from(kinds)) for _ in names[: len(names) - target]] + [False] * target
    columns_have_gaps = [draw(st.booleans()) and (gaps or words) for words in hold_words]
    columns_have_gaps[len(names) - target :] = [False] * target
    # Row by row, so that a failing table shrinks by losing rows.
    cells = [
        st.tuples(st.sampled_from(WORDS) if words else WHOLE, st.booleans() if has_gaps else NEVER)
        for words, has_gaps in zip(hold_words, columns_have_gaps, strict=True)
    ]
    drawn = draw(st.lists(st.tuples(*cells), min_size=rows[0], max_size=rows[1]))
    made = []
    for name, words, column in zip(names, hold_words, zip(*drawn, strict=True), strict=True):
        size = None if words else draw(st.sampled_from(SIZES))
        made.append(_column(name, _with_gaps([(size(raw) if size else raw, gone) for raw, gone in column])))
    return Table(tuple(made), len(drawn))


@st.composite
def encoded_tables(draw: st.DrawFn, *, gaps: bool = True) -> Table:
    """Draw tables of numbers, first, and indicators: what encoding the words of a table leaves of it.

    Indicators are bool, int or float. With `gaps`, numbers may be missing; indicators never are.
    """
    return _encoded(draw(tables_with_gaps(gaps=gaps)), draw(st.sampled_from([bool, int, float])))


@st.composite
def inputs_and_targets(draw: st.DrawFn) -> tuple[Table, Column]:
    """Draw an encoded table without gaps, and a column of as many numbers."""
    table = draw(tables_with_gaps(gaps=False, target=True))
    *columns, target = table.columns
    kind = draw(st.sampled_from([bool, int, float]))
    return _encoded(Table(tuple(columns), table.rows), kind), target


def table_of(columns: Mapping[str, Sequence[Cell]]) -> Table:
    """Return a table of these columns; None is a missing value."""
    made = tuple(_column(name, cells) for name, cells in columns.items())
    return Table(made, len(made[0].values))


def csv_file(table: Table, name: str = "houses.csv") -> TextFile:
    """Return the file that holds a table: names in the first line, `NA` where a value is missing."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    for row in zip(*(column.values for column in table.columns), strict=True):
        writer.writerow([_written(cell) for cell in row])
    return TextFile(name, text.getvalue())


def _with_gaps(cells: Sequence[tuple[Cell, bool]]) -> list[Cell]:
    """Return the cells without those that are gone; if all are, the first stays."""
    if all(gone for _, gone in cells):
        return [cells[0][0], *[None] * (len(cells) - 1)]
    return [None if gone else cell for cell, gone in cells]


def _encoded(table: Table, kind: Callable[[bool], Cell]) -> Table:
    """Return the numbers of a table, and indicators of the given kind in the place of its words."""
    made = [column for column in table.columns if column.dtype != "str"]
    for column in table.columns:
        if column.dtype == "str":
            words = sorted({str(cell) for cell in column.values if cell is not None})
            for word, label in [*((word, word) for word in words), (None, "nan")]:
                indicators = [kind(cell == word) for cell in column.values]
                made.append(_column(f"{column.name}_{label}", indicators))
    return Table(tuple(made), table.rows)


def _column(name: str, cells: Sequence[Cell]) -> Column:
    """Return a column with the dtype that pandas gives it when it reads it from a file."""
    known = {type(cell) for cell in cells if cell is not None}
    if str in known:
        return Column(name, "str", tuple(cells))
    if known == {bool}:
        return Column(name, "bool", tuple(cells))
    if known == {int} and None not in cells:
        return Column(name, "int64", tuple(cells))
    return Column(name, "float64", tuple(math.nan if cell is None else float(cell) for cell in cells))


def _written(cell: Cell) -> Cell:
    """Return a cell as a file has it: a whole number without its point, as in columns of counts with gaps."""
    if not isinstance(cell, float):
        return MISSING if cell is None else cell
    if math.isnan(cell):
        return MISSING
    return int(cell) if cell.is_integer() else cell
