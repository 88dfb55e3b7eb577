"""Your numbers stand in the reverse order.

Each of them is right, and stands in the wrong place, as if the rows were gone through from the last one to
the first. Element i belongs to row i (2.3.9).

Fails: right_values, a_one_among_zeros_picks_a_column
"""


def matvec(A, x):
    return (A @ x).flip(0)
