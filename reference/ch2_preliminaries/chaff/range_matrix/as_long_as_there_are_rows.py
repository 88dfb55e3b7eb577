"""Your row i begins with i times the number of rows.

In a square matrix it makes no difference. A row has as many elements as there are columns, and so row i
begins with i * cols (2.1.2).

Fails: right_values
"""

import torch


def range_matrix(rows, cols):
    starts = torch.arange(rows, dtype=torch.float32) * rows
    return starts.reshape(rows, 1) + torch.arange(cols)
