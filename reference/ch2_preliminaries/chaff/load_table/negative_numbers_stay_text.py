"""Negative numbers stay text in your table.

Perhaps the point is taken out before isdigit is asked, and the sign isn't. Text can't be added up: try float, which
understands signs, too, or leave it to pandas (2.2.1).

Fails: right_values
"""

import csv

import pandas as pd


def value(cell):
    if cell == "NA":
        return None
    return float(cell) if cell.replace(".", "", 1).isdigit() else cell


def load_table(path):
    with open(path) as file:
        names, *rows = csv.reader(file)
    return pd.DataFrame({name: [value(row[i]) for row in rows] for i, name in enumerate(names)})
