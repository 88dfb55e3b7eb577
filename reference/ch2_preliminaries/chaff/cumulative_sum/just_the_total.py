"""Your result is the sum along axis 0, and the axis is gone.

A sum drops its axis, a running sum keeps it: it says how far you are at each row (2.3.6).

Fails: right_shape
"""


def cumulative_sum(A):
    return A.sum(axis=0)
