"""You subtract the transpose from A itself, by `-=`.

The answer is right, but whoever called you has lost the matrix. A - A.T makes a new one, and A == A.T needs
none (2.1.5, 2.3.3).

Fails: leaves_arguments_alone
"""


def is_symmetric(A):
    A -= A.T.clone()
    return not A.any().item()
