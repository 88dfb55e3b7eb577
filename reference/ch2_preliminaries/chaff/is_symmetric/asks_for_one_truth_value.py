"""Your code takes a matrix of answers for a single one, which PyTorch refuses.

A comparison is made element by element, and what it gives is neither true nor false, as `if`, `and` or
bool(...) would need it. Ask whether all of its elements are true (2.1.3, 2.3.3).

Fails: accepts_its_arguments
"""


def is_symmetric(A):
    if A == A.T:
        return True
    return False
