"""Your elements are means of products, and not sums.

A mean is n times too small. Each element is a dot product, a sum (2.3.9).

Fails: right_values, a_one_among_zeros_picks_a_column
"""


def matvec(A, x):
    return (A * x).mean(axis=1)
