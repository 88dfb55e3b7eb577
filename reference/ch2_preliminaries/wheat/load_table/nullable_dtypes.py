"""Uses pandas' nullable dtypes: Int64, Float64 and string instead of int64, float64 and object."""

import pandas as pd


def load_table(path):
    return pd.read_csv(path).convert_dtypes()
