"""You put A == A.T into an `if`, or in front of `and`.

The comparison is made element by element, and a matrix of answers is neither true nor false: PyTorch refuses
to choose. Ask whether all of them are true (2.1.3, 2.3.3).

Fails: accepts_its_arguments
"""


def is_symmetric(A):
    if A == A.T:
        return True
    return False
