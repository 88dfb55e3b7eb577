"""Tables with missing values: strategies that draw them, and CSV files that hold them.

The strategies draw records, not DataFrames, so that a course without tables loads without pandas.
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
class ColumnKind:
    """What a column holds: numbers, which `size` makes from integers, or words if `size` is None.

    Of three cells, `gaps` are missing: none, one or two.
    """

    size: Callable[[int], int | float] | None
    gaps: int


MISSING: Final = "NA"
# Names with a space, a comma or another case than their neighbours. pandas reads none of them as a number, a
# bool or a missing value.
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
NUMBERS: Final = [ColumnKind(size, gaps) for gaps in (0, 1, 2) for size in SIZES]
CATEGORIES: Final = [ColumnKind(None, gaps) for gaps in (0, 1, 2) for _ in SIZES]
NO_COLUMN: Final[list[ColumnKind | None]] = [None] * 6
CELL: Final = st.integers(-30_000, 30_000)
AGAIN: Final = st.sampled_from([False, False, False, True])
"""Whether a row is the one above it once more."""
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
    """Draw tables of numbers and words, most of them with missing values; no column is empty.

    Some tables have only numbers, some only words, some more gaps than values, and some have equal rows.
    Numbers are small or large, of either sign, integers or not. What is drawn is a record: a law gets a
    pandas DataFrame.

    Args:
        draw: given by Hypothesis.
        rows: the lowest and the highest number of rows.
        columns: the lowest and the highest number of columns.
        gaps: whether numbers may be missing; words always may.
        target: whether to add one column at the end, of numbers without gaps.

    Example:
        >>> given = {"table": tables_with_gaps(rows=(2, 4))}

    """
    # Always the same draws, one for each column and one for each cell, row by row, and one for the row: so
    # Hypothesis can shrink a failing table by dropping single columns and rows.
    pool = draw(POOLS)
    kinds = [draw(st.sampled_from(NO_COLUMN + pool)) for _ in range(columns[1])]
    lacking = columns[0] - sum(kind is not None for kind in kinds)
    for position in [position for position, kind in enumerate(kinds) if kind is None][: max(lacking, 0)]:
        kinds[position] = pool[0]
    kinds += [ColumnKind(draw(st.sampled_from(SIZES)), gaps=0)] * target
    first = draw(st.integers(0, len(NAMES) - 1))
    drawn: list[tuple[int, ...]] = []
    for again, *cells in draw(
        st.lists(st.tuples(AGAIN, *[CELL] * len(kinds)), min_size=rows[0], max_size=rows[1])
    ):
        drawn.append(drawn[-1] if again and drawn else tuple(cells))
    made = []
    for position, (kind, choices) in enumerate(zip(kinds, zip(*drawn, strict=True), strict=True)):
        if kind is not None:
            missing = kind.gaps if gaps or kind.size is None else 0
            name = NAMES[(first + position) % len(NAMES)]
            made.append(_column(name, _cells(choices, kind.size, gaps=missing)))
    return Table(tuple(made), len(drawn))


@st.composite
def encoded_tables(draw: st.DrawFn, *, gaps: bool = True) -> Table:
    """Draw tables of numbers followed by indicators, as one-hot encoding of words makes them.

    Indicators are of type bool, int or float, and never missing.

    Args:
        draw: given by Hypothesis.
        gaps: whether numbers may be missing.

    Example:
        >>> given = {"inputs": encoded_tables()}

    """
    table = draw(tables_with_gaps(columns=(1, 4), gaps=gaps))
    return _encoded(table, draw(st.sampled_from([bool, int, float])))


@st.composite
def inputs_and_targets(draw: st.DrawFn) -> tuple[Table, Column]:
    """Draw an encoded table without missing values, and a column of as many numbers, as a tuple.

    Example:
        >>> given = {"inputs, targets": inputs_and_targets()}

    """
    table = draw(tables_with_gaps(columns=(1, 4), gaps=False, target=True))
    *columns, target = table.columns
    kind = draw(st.sampled_from([bool, int, float]))
    return _encoded(Table(tuple(columns), table.rows), kind), target


def table_of(columns: Mapping[str, Sequence[Cell]]) -> Table:
    """Return a table with these columns, for `examples`; None is a missing value.

    Args:
        columns: the cells by column name, all of the same number: at least one column.

    Example:
        >>> examples = [{"table": table_of({"rooms": [2, None], "roof": ["tile", "slate"]})}]

    """
    made = tuple(_column(name, cells) for name, cells in columns.items())
    return Table(made, len(made[0].values))


def csv_file(table: Table, name: str = "houses.csv") -> TextFile:
    r"""Return the CSV file of a table: names in the first line, `NA` for missing values.

    Args:
        table: a table that was drawn, or made by `table_of`.
        name: the file's name.

    Example:
        >>> csv_file(table_of({"rooms": [2, None], "price": [127500, 106000]})).text
        'rooms,price\n2,127500\nNA,106000\n'
        >>> given = {"path": tables_with_gaps().map(csv_file)}

    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    for row in zip(*(column.values for column in table.columns), strict=True):
        writer.writerow([_written(cell) for cell in row])
    return TextFile(name, text.getvalue())


def _cells(choices: Sequence[int], size: Callable[[int], int | float] | None, *, gaps: int) -> list[Cell]:
    """Return the cells for these draws, of which so many in three are missing, but never all."""
    missing = [0 < choice % 3 <= gaps for choice in choices]
    missing[0] = missing[0] and not all(missing)
    whole = [choice // 3 for choice in choices]
    values = [WORDS[number % len(WORDS)] if size is None else size(number) for number in whole]
    return [None if is_missing else value for value, is_missing in zip(values, missing, strict=True)]


def _encoded(table: Table, kind: Callable[[bool], Cell]) -> Table:
    """Return the numbers of a table, with one indicator column of the given type for each of its words."""
    made = [column for column in table.columns if column.dtype != "str"]
    for column in table.columns:
        if column.dtype == "str":
            words = sorted({str(cell) for cell in column.values if cell is not None})
            for word, label in [*((word, word) for word in words), (None, "nan")]:
                indicators = [kind(cell == word) for cell in column.values]
                made.append(_column(f"{column.name}_{label}", indicators))
    return Table(tuple(made), table.rows)


def _column(name: str, cells: Sequence[Cell]) -> Column:
    """Return a column with the dtype that pandas infers when it reads the cells from a file."""
    known = {type(cell) for cell in cells if cell is not None}
    if str in known:
        return Column(name, "str", tuple(cells))
    if known == {bool}:
        return Column(name, "bool", tuple(cells))
    if known == {int} and None not in cells:
        return Column(name, "int64", tuple(cells))
    return Column(name, "float64", tuple(math.nan if cell is None else float(cell) for cell in cells))


def _written(cell: Cell) -> Cell:
    """Return a cell as it is written to a file: a whole number without its decimal point."""
    if not isinstance(cell, float):
        return MISSING if cell is None else cell
    if math.isnan(cell):
        return MISSING
    return int(cell) if cell.is_integer() else cell
