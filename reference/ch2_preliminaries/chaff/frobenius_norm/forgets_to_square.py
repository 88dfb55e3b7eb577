"""Your result is the root of the sum of sizes.

In a matrix of ones a number and its square are the same. In general the elements are squared before they are
summed, and then comes the root (2.3.11).

Fails: right_values
"""


def frobenius_norm(A):
    return A.abs().sum().sqrt()
