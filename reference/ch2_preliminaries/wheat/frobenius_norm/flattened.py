"""The l2 norm of all elements in a row."""

def frobenius_norm(A):
    return A.reshape(-1).norm(p=2)
