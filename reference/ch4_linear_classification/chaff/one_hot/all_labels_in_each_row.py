"""Each of your rows has a 1 for every label of the batch, not for its own label alone.

Often Y[:, y] = 1 does that: it sets these columns in all rows. Each row is about one label only: row i and column
y[i] go together, as a pair of indices (4.1.1, 2.1.2).

Fails: each_row_has_a_single_one, right_values
"""

import torch


def one_hot(y, num_classes):
    Y = torch.zeros(len(y), num_classes)
    Y[:, y] = 1
    return Y
