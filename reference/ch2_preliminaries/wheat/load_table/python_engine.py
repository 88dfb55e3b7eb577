"""Uses pandas' slower parser, and categorical columns for words."""

import pandas as pd


def load_table(path):
    data = pd.read_csv(path, engine="python")
    for name in data.columns:
        if data[name].dtype.kind == "O":
            data[name] = data[name].astype("category")
    return data
