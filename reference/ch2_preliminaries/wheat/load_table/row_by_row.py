"""Reads the rows with Python's csv module, and finds out itself which columns hold numbers."""

import csv

import pandas as pd


def load_table(path):
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {}
    for name in rows[0]:
        cells = [None if row[name] == "NA" else row[name] for row in rows]
        try:
            columns[name] = [None if cell is None else float(cell) for cell in cells]
        except ValueError:
            columns[name] = cells
    return pd.DataFrame(columns)
