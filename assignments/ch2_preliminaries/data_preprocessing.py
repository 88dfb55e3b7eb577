"""2.2 Data preprocessing."""

import pandas as pd
import torch


def load_table(path: str) -> pd.DataFrame:
    """Read a CSV file into a table.

    The first line names the columns, every further line is one row. A value that is missing is written `NA`.

    Args:
        path: where the file is.

    Returns:
        The table: numbers as numbers, words as words, and a missing value (NaN) in each gap.

    Example:
        >>> load_table("house_tiny.csv")
           NumRooms RoofType   Price
        0       NaN      NaN  127500
        1       2.0      NaN  106000
        2       4.0    Slate  178100
        3       NaN      NaN  140000

    """
    raise NotImplementedError


def split_inputs_targets(data: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Separate what a prediction is made from (the inputs) and what is predicted (the target).

    Args:
        data: a table with two columns or more; the last one is the target.

    Returns:
        `(inputs, targets)`: a table of all columns but the last, and the last column, a Series.

    Example:
        >>> inputs, targets = split_inputs_targets(load_table("house_tiny.csv"))
        >>> list(inputs.columns), targets.name
        (['NumRooms', 'RoofType'], 'Price')

    """
    raise NotImplementedError


def encode_categories(inputs: pd.DataFrame) -> pd.DataFrame:
    """Replace every column of words by indicators: one column for each category, and one for a missing value.

    The indicators of a column `RoofType` are named `RoofType_Slate`, …, in alphabetical order (capitals
    first), and `RoofType_nan`, which comes last and is there even if no value is missing. The table begins
    with the columns of numbers, as they were, gaps included; the indicators follow, column by column.

    Args:
        inputs: a table of numbers and words, with gaps.

    Returns:
        A table of numbers and indicators (bool, or 0 and 1).

    Example:
        >>> encode_categories(inputs)
           NumRooms  RoofType_Slate  RoofType_nan
        0       NaN           False          True
        1       2.0           False          True
        2       4.0            True         False
        3       NaN           False          True

    """
    raise NotImplementedError


def impute_with_mean(inputs: pd.DataFrame) -> pd.DataFrame:
    """Fill each gap among numbers with the mean of the numbers that its column does have.

    Args:
        inputs: a table of numbers, with gaps, and indicators, without. It stays as it is.

    Returns:
        A table of the same columns and rows, without gaps.

    Example:
        >>> impute_with_mean(encode_categories(inputs))
           NumRooms  RoofType_Slate  RoofType_nan
        0       3.0           False          True
        1       2.0           False          True
        2       4.0            True         False
        3       3.0           False          True

    """
    raise NotImplementedError


def to_tensors(inputs: pd.DataFrame, targets: pd.Series) -> tuple[torch.Tensor, torch.Tensor]:
    """Turn a table and its targets into tensors to compute with.

    Args:
        inputs: numbers and indicators without gaps, n rows and d columns.
        targets: n numbers.

    Returns:
        `(X, y)`: floating tensors (float32 or float64) of shapes (n, d) and (n,).

    Example:
        >>> X, y = to_tensors(impute_with_mean(encode_categories(inputs)), targets)
        >>> X
        tensor([[3., 0., 1.],
                [2., 0., 1.],
                [4., 1., 0.],
                [3., 0., 1.]], dtype=torch.float64)
        >>> y
        tensor([127500., 106000., 178100., 140000.], dtype=torch.float64)

    """
    raise NotImplementedError


def preprocess(path: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Take a CSV file all the way to tensors: load, split, encode, impute, convert.

    Args:
        path: where the file is; its last column is the target, and has no gaps.

    Returns:
        `(X, y)`: floating tensors of shapes (n, d) and (n,), for n rows and d encoded columns.

    Example:
        >>> X, y = preprocess("house_tiny.csv")
        >>> X.shape, y.shape
        (torch.Size([4, 3]), torch.Size([4]))

    """
    raise NotImplementedError
