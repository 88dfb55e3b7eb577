"""Negative numbers and decimals stay text in your table.

For example, isdigit is true of "12" and false of "-3" and "2.5", as a sign and a point are no digits. Text can't be
added up: try float, which understands all of them, or leave it to pandas (2.2.1).

Fails: right_values
"""

import csv

import pandas as pd


def load_table(path):
    with open(path) as file:
        names, *rows = csv.reader(file)
    table = {name: [] for name in names}
    for row in rows:
        for name, cell in zip(names, row):
            number = float(cell) if cell.isdigit() else cell
            table[name].append(None if cell == "NA" else number)
    return pd.DataFrame(table)
