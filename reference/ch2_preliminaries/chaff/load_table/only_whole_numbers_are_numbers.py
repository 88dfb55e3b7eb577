"""Decimals stay text in your table.

For example, int takes "-3", and refuses "2.5", which a program may then keep as it is. Text can't be added up: try
float, which understands both, or leave it to pandas (2.2.1).

Fails: right_values
"""

import csv

import pandas as pd


def value(cell):
    try:
        return None if cell == "NA" else int(cell)
    except ValueError:
        return cell


def load_table(path):
    with open(path) as file:
        names, *rows = csv.reader(file)
    return pd.DataFrame({name: [value(row[i]) for row in rows] for i, name in enumerate(names)})
