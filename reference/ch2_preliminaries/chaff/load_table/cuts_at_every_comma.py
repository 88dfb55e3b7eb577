"""You cut each line at every comma, also at those inside of quotation marks.

Comma-separated values are easily split by hand, until a value contains a comma: such a value stands in
quotation marks, and is one value. pandas' reader knows this rule and some others (2.2.1).

Fails: right_values
"""

import pandas as pd


def load_table(path):
    with open(path) as file:
        names, *rows = [line.rstrip("\n").split(",") for line in file]
    columns = {}
    for name, cells in zip(names, zip(*rows)):
        cells = [None if cell == "NA" else cell for cell in cells]
        try:
            columns[name] = [None if cell is None else float(cell) for cell in cells]
        except ValueError:
            columns[name] = cells
    return pd.DataFrame(columns)
