"""The first column of the file is no column of your table.

`index_col=0`, for example, makes it the index, which is right for files that begin with a column of row
numbers, as pandas itself writes them. Here the first column is an input like the others (2.2.1).

Fails: right_values
"""

import pandas as pd


def load_table(path):
    return pd.read_csv(path, index_col=0)
