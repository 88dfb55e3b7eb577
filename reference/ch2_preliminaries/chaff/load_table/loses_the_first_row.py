"""Your table has the values of the first row for names, so that this row is lost.

Skipping the header seems right where only the numbers matter, but `read_csv` takes the first line that it
sees for the header, unless it is told otherwise. The names are lost then, too (2.2.1).

Fails: right_values
"""

import pandas as pd


def load_table(path):
    return pd.read_csv(path, skiprows=1)
