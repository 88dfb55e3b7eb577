"""2.2 Data preprocessing."""

import io
from functools import lru_cache

import torch

from grader.laws import (
    Broken,
    Tolerance,
    assert_close,
    assert_same_column,
    assert_same_table,
    csv_file,
    encoded_tables,
    exercise,
    inputs_and_targets,
    series,
    several,
    table,
    table_of,
    tables_with_gaps,
    tensor,
)

FLOATING = ("float32", "float64")
CASES = 16  # tables take longer to carry and to compare than tensors do

# The book's houses; and a table in which words come first, contain commas, and are seldom missing.
BOOK = {"NumRooms": [None, 2.0, 4.0, None], "RoofType": [None, None, "Slate", None]}
PRICES = {"Price": [127500, 106000, 178100, 140000]}
TOWN = {
    "Roof": ["Tile", None, "Slate", "slate", "Tile"],
    "Area, m2": [12.5, None, -3.0, 1e6, None],
    "Street": ["North, near road", "West", "West", "North, near road", "East"],
    "Floors": [2, 1, 3, 1, 1],
}
RENTS = {"Rent": [310.5, -20.25, 99.0, 0.5, 1200.0]}
HOUSES, FLATS = table_of({**BOOK, **PRICES}), table_of({**TOWN, **RENTS})
# Rows that come again, and more gaps than numbers; and a single row with a single input.
YARD = {"Rooms": [None, None, 2.0, None, 2.0], "Roof": ["Tile", "Tile", None, "Tile", None]}
SHEDS = table_of({**YARD, "Price": [5, 5, 7.5, 5, 7.5]})
HUT = table_of({"Roof": ["Tile"], "Price": [9]})
# Two columns of numbers with gaps in different rows: a number counts, whatever is missing beside it.
LOTS = table_of({"Rooms": [1.0, None, 3.0, 8.0], "Area": [None, 20.0, 30.0, 55.0], "Price": [3, 4, 6, 7]})

# What was right in pandas 2, and is in many notebooks, does nothing in pandas 3.
WORDS_ARE_NO_OBJECTS = (
    "In pandas 3 the dtype of words is str: `inputs.dtypes == object`, right in pandas 2, selects no column. "
    'Write inputs.select_dtypes(include=["object", "string"]), or ask pd.api.types.is_string_dtype(column).'
)
COLUMNS_ARE_COPIES = (
    "In pandas 3 a column taken out of a table is a copy: `inputs[name].fillna(value, inplace=True)`, "
    "right in pandas 2, fills only the copy. Write inputs[name] = inputs[name].fillna(value)."
)


def since_pandas_3(hint):
    """The hint, unless an older pandas is installed."""
    import pandas as pd

    return hint if int(pd.__version__.partition(".")[0]) >= 3 else ""


# load_table --------------------------------------------------------------------------------------


@lru_cache(maxsize=500)
def in_file(path):
    """The table in a file: numbers, words, and NA."""
    import pandas as pd

    return pd.read_csv(io.StringIO(path.text), keep_default_na=False, na_values=["NA"])


load_table = exercise(
    "load_table",
    asks="load_table(path)",
    given={"path": tables_with_gaps(columns=(1, 6)).map(csv_file)},
    cases=CASES,
    examples=[
        {"path": csv_file(HOUSES, "house_tiny.csv")},
        {"path": csv_file(FLATS)},
        {"path": csv_file(SHEDS)},
        {"path": csv_file(table_of({"Rooms": [None, 2.0, None]}))},
    ],
    returns=table(),
    oracle=in_file,
    # Readers of decimals may be off by a few units in the last place: pandas' own is, by up to 2 or 3.
    equal=lambda got, expected: assert_same_table(got, expected, multiple=16),
    points={"right_values": 0.75},
    hints={
        "right_type": "pandas has a function for this file format. Does your function return what it gives?",
        "leaves_arguments_alone": "The file is there already: only read it.",
        "right_values": [
            "The first line holds the names of the columns; every other line is a row to keep.",
            "pandas.read_csv does all of it, if nobody tells it that there is no first line.",
        ],
    },
)


@load_table.law(points=0.25, hint="pandas has a list of words that stand for a missing value: is it in use?")
def NA_is_missing(path, data):
    """Where the file says NA, a value is missing, in columns of words and of numbers; nowhere else."""
    right = in_file(path)
    if data.shape != right.shape:
        raise Broken(f"the table has shape {data.shape}, expected {right.shape}", got=data, expected=right)
    ours, gaps = data.isna().to_numpy(), right.isna().to_numpy()
    for row, column in zip(*(ours != gaps).nonzero(), strict=True):
        found = "is not missing" if gaps[row, column] else "is missing"
        name = right.columns[column]
        raise Broken(f"column {name!r}, row {row}: the value {found}", got=data, expected=right)


# split_inputs_targets ----------------------------------------------------------------------------


def same_split(got, expected):
    """Both parts have the same columns, rows and cells."""
    assert_same_table(got[0], expected[0])
    assert_same_column(got[1], expected[1], what="the column of targets")


split_inputs_targets = exercise(
    "split_inputs_targets",
    asks="split_inputs_targets(data)",
    given={"data": tables_with_gaps(target=True)},
    cases=CASES,
    examples=[{"data": HOUSES}, {"data": FLATS}, {"data": SHEDS}, {"data": HUT}],
    returns=several(table(), series()),
    oracle=lambda data: (data.drop(columns=data.columns[-1]), data[data.columns[-1]]),
    equal=same_split,
    points={"right_values": 0.75},
    hints={
        "right_type": "A list of columns, or a slice, selects a table; a single column is a Series.",
        "leaves_arguments_alone": "pop, del and inplace=True take the column out of the caller's table, too.",
        "right_values": [
            "Negative positions count from the end, whatever the number of columns.",
            "iloc takes positions: all columns but the last, and the last one alone.",
        ],
    },
)


@split_inputs_targets.law(points=0.25, hint="Is a column lost, or is the target still there?")
def the_inputs_are_all_columns_but_the_last(data, inputs, targets):
    """The inputs are all columns of the table but the last, in the same order, with all rows."""
    names = [list(frame.columns) for frame in (inputs, data)]
    if names[0] != names[1][:-1]:
        raise Broken(f"the inputs have the columns {names[0]}, those of the table are {names[1]}")
    if len(inputs) != len(data):
        raise Broken(f"the number of rows of the inputs is {len(inputs)}, that of the table is {len(data)}")


# encode_categories -------------------------------------------------------------------------------


def encoded(inputs):
    """Numbers as they are, then an indicator for each category and for a missing value."""
    import pandas as pd

    return pd.get_dummies(inputs, columns=columns_of_words(inputs), dummy_na=True)


def columns_of_words(inputs):
    """The names of the columns that hold words."""
    return [name for name in inputs.columns if inputs[name].dtype.kind not in "biuf"]


def same_indicators(got, expected):
    """The tables are the same; where words are left, the hint says why that may be."""
    for name, column in got.items():
        if column.dtype.kind not in "biuf" and name not in expected.columns:
            hint = since_pandas_3(WORDS_ARE_NO_OBJECTS)
            raise Broken(f"column {name!r} still holds words", got=got, expected=expected, hint=hint)
    assert_same_table(got, expected)


encode_categories = exercise(
    "encode_categories",
    asks="encode_categories(inputs)",
    given={"inputs": tables_with_gaps()},
    cases=CASES,
    examples=[
        {"inputs": table_of(BOOK)},
        {"inputs": table_of(TOWN)},
        {"inputs": table_of(YARD)},
        {"inputs": table_of({"Roof": ["Tile"]})},
    ],
    returns=table(),
    oracle=encoded,
    equal=same_indicators,
    points={"right_values": 1.125},
    hints={
        "accepts_its_arguments": "The columns have other names, and are of other kinds, in every table.",
        "right_type": "Return the new table.",
        "leaves_arguments_alone": "Make a new table; the caller's keeps its words.",
        "right_values": [
            "Look up pandas.get_dummies, and what its argument dummy_na does.",
            "With dummy_na=True a gap becomes a column of its own. Which columns may get_dummies touch?",
        ],
    },
)


@encode_categories.law(points=0.375, hint="A missing value is a category, too, and none is left out.")
def each_row_has_one_category(inputs, result):
    """For each column of words, exactly one of its indicators is set in every row."""
    for name in columns_of_words(inputs):
        ours = result.loc[:, [str(column).startswith(f"{name}_") for column in result.columns]]
        if ours.shape[1] == 0:
            raise Broken(f"column {name!r} has no indicators, expected one for each category", got=result)
        for row, found in enumerate((ours == 1).sum(axis=1)):
            if found != 1:
                raise Broken(f"row {row}: {found} indicators of {name!r} are set, expected 1", got=ours)


# impute_with_mean --------------------------------------------------------------------------------


def imputed(inputs):
    """Each gap becomes the mean of its column."""
    return inputs.fillna(inputs.mean())


def nearly_same_table(got, expected):
    """Every cell agrees up to the rounding of a mean."""
    # A sum of n numbers, in any order, is off by at most n² / 2 epsilons of the largest, their mean by n / 2;
    # a mean of differences to one of the numbers (at most twice the largest) by n. The oracle is off, too.
    assert_same_table(got, expected, multiple=4 * (len(expected) + 1))


def filled_with_means(got, inputs):
    """The table is the filled one; where no gap is filled, the hint says why that may be."""
    expected = imputed(inputs)
    gaps = inputs.isna().to_numpy()
    if got.shape == inputs.shape and gaps.any() and (got.isna().to_numpy() == gaps).all():
        hint = since_pandas_3(COLUMNS_ARE_COPIES)
        raise Broken("no gap is filled", got=got, expected=expected, hint=hint)
    nearly_same_table(got, expected)


impute_with_mean = exercise(
    "impute_with_mean",
    asks="impute_with_mean(inputs)",
    given={"inputs": encoded_tables()},
    cases=CASES,
    examples=[
        {"inputs": table_of({"NumRooms": BOOK["NumRooms"], "RoofType_Slate": [False, False, True, False]})},
        {"inputs": table_of({"a": [None, 1.0, 2.0, 6.0], "b": [-1e9, 3.5, None, None], "c": [1, 0, 0, 1]})},
        {"inputs": table_of({"a": [None, None, 2.0, None], "b": [4.0, 4.0, 7.0, None], "c": [1, 1, 0, 0]})},
        {"inputs": table_of({"a": [5]})},
    ],
    returns=table(),
    oracle=lambda inputs: inputs,
    equal=filled_with_means,
    points={"right_values": 1.125},
    hints={
        "right_type": "Return the filled table: some methods of pandas work in place and return None.",
        "leaves_arguments_alone": "fillna returns a new table, unless it is told to work in place.",
        "right_values": [
            "Which mean fills which gap? Each column has its own; gaps don't count.",
            "fillna takes a series with a value for each column; mean() of a table is one.",
        ],
    },
)


@impute_with_mean.law(points=0.125, hint="Are all columns filled?")
def nothing_is_missing(inputs, result):
    """No value is missing any more, and no row or column has gone."""
    if result.shape != inputs.shape:
        raise Broken(f"the table has shape {result.shape}, expected {inputs.shape}", got=result)
    for row, column in zip(*result.isna().to_numpy().nonzero(), strict=True):
        raise Broken(f"column {inputs.columns[column]!r}, row {row}: the value is missing", got=result)


@impute_with_mean.law(points=0.25, hint="Divide by the number of values that are there.")
def means_stay_as_they_are(inputs, result):
    """Filling gaps with the mean changes no column's mean."""
    if list(result.columns) != list(inputs.columns):
        raise Broken("the table doesn't have the same columns any more", got=result)
    for name, before in inputs.items():
        largest, known = float(before.abs().max()), result[name].dropna().tolist()
        if not known or any(isinstance(cell, str) for cell in known):
            raise Broken(f"column {name!r} holds no numbers any more", got=result[name])
        tolerance = Tolerance(4 * (len(before) + 1), scale=largest)
        cells = (known, before.dropna().tolist())
        means = [torch.tensor(numbers, dtype=torch.float64).mean() for numbers in cells]
        assert_close(*means, tolerance, what=f"the mean of {name!r}")


# to_tensors --------------------------------------------------------------------------------------


def same_numbers(got, expected, multiple=2):
    """The tensors hold the numbers of the table and of the targets."""
    (X, y), (inputs, targets) = got, expected
    for position, name in enumerate(inputs.columns):
        same_column(X[:, position], inputs[name], multiple, f"column {position} of X ({name})")
    same_column(y, targets, multiple, "y")


def same_column(got, expected, multiple, what):
    """A column of numbers is that of the table, up to rounding."""
    # An answer may compute in float32 or float64, and go through float32 on its way to float64.
    right = torch.tensor(expected.to_numpy(dtype=float))
    tolerance = Tolerance(multiple, scale=right.abs().max().item())
    assert_close(got, right, tolerance, dtype=torch.float32, what=what)


to_tensors = exercise(
    "to_tensors",
    asks="to_tensors(inputs, targets)",
    given={"inputs, targets": inputs_and_targets()},
    cases=CASES,
    examples=[
        {
            "inputs": table_of({"Rooms": [3.5, 2.0, 4.0], "Floors": [1, 3, 2], "nan": [False, True, False]}),
            "targets": table_of({"Price": [127500, 106000, 178100]}).columns[0],
        },
        {
            "inputs": table_of({"Rooms": [2, 2, 1], "nan": [0.0, 0.0, 0.0]}),
            "targets": table_of({"Price": [5, 5, 5]}).columns[0],
        },
        {"inputs": table_of({"Rooms": [2]}), "targets": table_of({"Price": [5]}).columns[0]},
    ],
    returns=several(
        tensor(lambda given: given["inputs"].shape, dtype=FLOATING),
        tensor(lambda given: given["targets"].shape, dtype=FLOATING),
    ),
    oracle=lambda inputs, targets: (inputs, targets),
    equal=same_numbers,
    gpu_ready=False,
    points={"right_values": 1},
    hints={
        "accepts_its_arguments": "Columns have different dtypes: which one should to_numpy give them all?",
        "right_type": "Two tensors: first the inputs, then the targets.",
        "right_shape": "A row of X for each row of the table, and one number of y.",
        "right_dtype": "Whole numbers stay integers unless you ask for floats.",
        "leaves_arguments_alone": "Convert what you take out of the table, not the table itself.",
        "right_values": [
            "Every number of the table goes into the tensor unchanged.",
            "A table's values, made float, are an array: torch.tensor takes that.",
        ],
    },
)


# preprocess --------------------------------------------------------------------------------------


@lru_cache(maxsize=500)
def preprocessed(path):
    """The inputs, encoded and without gaps, and the targets."""
    data = in_file(path)
    return imputed(encoded(data.iloc[:, :-1])), data.iloc[:, -1]


def nearly_same_numbers(got, expected):
    """The tensors hold the numbers of the tables, up to the rounding of a mean, as above."""
    if got[0].isnan().any():
        hint = since_pandas_3(f"Which of your steps fills gaps? {COLUMNS_ARE_COPIES}")
        raise Broken("X has elements that aren't numbers", got=got[0], hint=hint)
    same_numbers(got, expected, multiple=4 * (len(expected[1]) + 1))


preprocess = exercise(
    "preprocess",
    asks="preprocess(path)",
    given={"path": tables_with_gaps(target=True).map(csv_file)},
    cases=CASES,
    examples=[
        {"path": csv_file(HOUSES, "house_tiny.csv")},
        {"path": csv_file(FLATS)},
        {"path": csv_file(SHEDS)},
        {"path": csv_file(HUT)},
        {"path": csv_file(LOTS)},
    ],
    returns=several(
        tensor(lambda given: preprocessed(given["path"])[0].shape, dtype=FLOATING),
        tensor(lambda given: preprocessed(given["path"])[1].shape, dtype=FLOATING),
    ),
    oracle=preprocessed,
    equal=nearly_same_numbers,
    gpu_ready=False,
    points={"right_values": 1.25},
    hints={
        "right_type": "Two tensors: first the inputs, then the targets.",
        "right_shape": "Only the inputs are encoded, and every category of theirs has a column.",
        "leaves_arguments_alone": "The file is there already: only read it.",
        "right_values": [
            "Load, split, encode, impute, convert: one after the other, in this order.",
            "Follow one gap in a column of words, and one in a column of numbers: which step fills which?",
        ],
    },
)


@preprocess.law(points=0.25, hint="Which of the five steps fills gaps?")
def it_leaves_no_gap(X, y):
    """X and y hold numbers only, no NaN."""
    for name, found in [("X", X), ("y", y)]:
        if not found.isfinite().all():
            raise Broken(f"{name} has elements that aren't numbers", got=found)
