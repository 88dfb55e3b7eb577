"""Tables with gaps: the strategies that draw them, and the files that hold them.

What is drawn are records, not DataFrames: a course loads without pandas where no exercise needs it.
"""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from grader.records.values import Column, Table, TextFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Cell = bool | int | float | str | None


@dataclass(frozen=True, slots=True)
class Kind:
    """What a column holds: numbers of some size, made from whole ones, or (without a size) words."""

    size: Callable[[int], int | float] | None
    gaps: bool


MISSING: Final = "NA"
# Names with a space, a comma or another case than their neighbours. None of them reads as a number, as
# true or false, or as one of the words that pandas takes for a missing value.
NAMES: Final = ("Rooms", "Roof", "Lot Area", "Alley", "Floors, total", "age", "Price", "Heating")
WORDS: Final = ("Slate", "Tile", "Metal sheet", "North, near road", "slate", "zinc", "Wood")
SIZES: Final[tuple[Callable[[int], int | float], ...]] = (
    lambda whole: whole % 10,  # small counts, often equal
    lambda whole: whole,
    lambda whole: whole / 100,
    lambda whole: 1_000_000 + whole / 100,  # nearly equal numbers, far from zero
    lambda whole: whole / 1_000_000,
    lambda whole: whole * 100_000,
)
NUMBERS: Final = [Kind(size, gaps) for gaps in (False, True, True) for size in SIZES]
CATEGORIES: Final = [Kind(None, gaps) for gaps in (False, True, True) for _ in SIZES]
NO_COLUMN: Final[list[Kind | None]] = [None] * 6
CELL: Final = st.integers(-30_000, 30_000)
POOLS: Final = st.sampled_from([NUMBERS + CATEGORIES, NUMBERS + CATEGORIES, NUMBERS, CATEGORIES])


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
    # One choice a column and one a cell, the same ones whatever comes of them, and row by row: so a failing
    # table shrinks by losing single columns and rows.
    pool = draw(POOLS)
    kinds = [draw(st.sampled_from(NO_COLUMN + pool)) for _ in range(columns[1])]
    lacking = columns[0] - sum(kind is not None for kind in kinds)
    for position in [position for position, kind in enumerate(kinds) if kind is None][: max(lacking, 0)]:
        kinds[position] = pool[0]
    kinds += [Kind(draw(st.sampled_from(SIZES)), gaps=False)] * target
    first = draw(st.integers(0, len(NAMES) - 1))
    drawn = draw(st.lists(st.tuples(*[CELL] * len(kinds)), min_size=rows[0], max_size=rows[1]))
    made = []
    for position, (kind, choices) in enumerate(zip(kinds, zip(*drawn, strict=True), strict=True)):
        if kind is not None:
            has_gaps = kind.gaps and (gaps or kind.size is None)
            name = NAMES[(first + position) % len(NAMES)]
            made.append(_column(name, _cells(choices, kind.size, has_gaps=has_gaps)))
    return Table(tuple(made), len(drawn))


@st.composite
def encoded_tables(draw: st.DrawFn, *, gaps: bool = True) -> Table:
    """Draw tables of numbers, first, and indicators: what encoding the words of a table leaves of it.

    Indicators are bool, int or float. With `gaps`, numbers may be missing; indicators never are.
    """
    table = draw(tables_with_gaps(columns=(1, 4), gaps=gaps))
    return _encoded(table, draw(st.sampled_from([bool, int, float])))


@st.composite
def inputs_and_targets(draw: st.DrawFn) -> tuple[Table, Column]:
    """Draw an encoded table without gaps, and a column of as many numbers."""
    table = draw(tables_with_gaps(columns=(1, 4), gaps=False, target=True))
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


def _cells(
    choices: Sequence[int], size: Callable[[int], int | float] | None, *, has_gaps: bool
) -> list[Cell]:
    """Return the cells that the choices stand for: with gaps, one in three is missing, but never all."""
    gone = [has_gaps and choice % 3 == 1 for choice in choices]
    gone[0] = gone[0] and not all(gone)
    whole = [choice // 3 for choice in choices]
    values = [WORDS[number % len(WORDS)] if size is None else size(number) for number in whole]
    return [None if missing else value for value, missing in zip(values, gone, strict=True)]


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
