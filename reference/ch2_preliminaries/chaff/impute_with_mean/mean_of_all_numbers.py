"""You fill all gaps with one number, the mean of all numbers in the table.

NumPy's nanmean of the whole table is that number, for example. Rooms, square metres and prices have no mean in
common: each column has its own, and `inputs.mean()` holds one for each (2.2.2).

Fails: right_values
"""

import numpy as np


def impute_with_mean(inputs):
    return inputs.fillna(np.nanmean(inputs.to_numpy(dtype=float)))
