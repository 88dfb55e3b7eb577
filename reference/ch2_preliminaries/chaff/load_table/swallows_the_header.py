"""Your table has the line of names for its first row.

With `header=None`, for example, pandas takes every line for data and calls the columns 0, 1, 2, …; since a
name stands in each of them, no column holds numbers any more. The first line names the columns (2.2.1).

Fails: right_values
"""

import pandas as pd


def load_table(path):
    return pd.read_csv(path, header=None)
