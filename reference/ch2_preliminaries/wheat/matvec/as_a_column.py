"""Makes a column of x, and a vector of the product."""


def matvec(A, x):
    return (A @ x.unsqueeze(1)).squeeze(1)
