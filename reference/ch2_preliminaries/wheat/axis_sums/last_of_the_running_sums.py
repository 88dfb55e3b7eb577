"""The last running sums, in a list."""

def axis_sums(A):
    down, along = A.cumsum(0)[-1], A.cumsum(1)[:, -1]
    return [down, along, along.cumsum(0)[-1]]
