"""Your function returns None.

Usually it ends without `return`. In a notebook the last line of a cell is shown, and looks like a result.
Whoever calls a function gets what stands after `return` (2.2.1).

Fails: right_type
"""

import pandas as pd


def load_table(path):
    data = pd.read_csv(path)
    data.head()
