"""You go through the rows from the last one to the first.

Each number is right, and stands in the wrong place: element i belongs to row i (2.3.9).

Fails: right_values, a_one_among_zeros_picks_a_column
"""


def matvec(A, x):
    return (A @ x).flip(0)
