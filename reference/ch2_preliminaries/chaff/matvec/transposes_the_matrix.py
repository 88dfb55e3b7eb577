"""You multiply the transpose of A with x.

With a square A the shapes agree and the numbers are wrong; with others there is no such product. Row i of A
gives element i (2.3.9).

Fails: accepts_its_arguments
"""


def matvec(A, x):
    return A.T @ x
