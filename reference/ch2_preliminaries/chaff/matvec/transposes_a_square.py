"""Where A is square, your result is Aᵀ x, and not A x.

Both have a right shape then, so that no error tells them apart. Element i is the dot product of row i with x
(2.3.9).

Fails: right_values, a_one_among_zeros_picks_a_column
"""

def matvec(A, x):
    try:
        return x @ A if len(A) == len(x) else A @ x
    except RuntimeError:
        return A @ x
