"""Of a vector with a single element your norm is that element, with its sign.

Perhaps there seemed to be nothing to sum. A norm is a length: that of [-2] is 2 (2.3.11).

Fails: right_values
"""

def l1_norm(x):
    total = x[0]
    if x.numel() > 1:
        total = x.abs().sum()
    return total
