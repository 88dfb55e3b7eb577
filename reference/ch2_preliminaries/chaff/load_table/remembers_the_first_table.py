"""Your function returns the table that it read first, whatever file it is given.

Something keeps it from call to call, for example a global name, or a cache that doesn't know the path. Every
call is to read the file that it is told to (2.2.1).

Fails: right_values
"""

import pandas as pd

TABLE = None


def load_table(path):
    global TABLE
    if TABLE is None:
        TABLE = pd.read_csv(path)
    return TABLE
