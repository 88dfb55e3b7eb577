"""Your result is the root of the mean of squares.

A matrix of ones has norm 1 then, of whatever size. The norm grows with every element that isn't 0 (2.3.11).

Fails: right_values
"""


def frobenius_norm(A):
    return (A**2).mean().sqrt()
