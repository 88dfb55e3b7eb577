"""You divide A by its number of elements in place, and sum then.

The idea is sound for the mean of everything, but `/=` writes into the matrix of your caller. A / A.numel()
makes a new one (2.1.5, 2.3.6).

Fails: leaves_arguments_alone
"""


def axis_means(A):
    down, along = A.mean(axis=0), A.mean(axis=1)
    A /= A.numel()
    return down, along, A.sum()
