"""You skip the line of names, and pandas takes the first row for names instead.

Skipping the header seems right where only the numbers matter, but `read_csv` always takes the first line that
it sees for the header. That row is lost, and so are the names (2.2.1).

Fails: right_values
"""

import pandas as pd


def load_table(path):
    return pd.read_csv(path, skiprows=1)
