"""Works on an array of floats, indicators included, with means of differences to the first value."""

import numpy as np
import pandas as pd


def impute_with_mean(inputs):
    values = inputs.to_numpy(dtype=float).copy()
    for j in range(values.shape[1]):
        there = values[~np.isnan(values[:, j]), j]
        mean = there[0] + np.mean(there - there[0])
        values[np.isnan(values[:, j]), j] = mean
    return pd.DataFrame(values, columns=inputs.columns, index=inputs.index)
