"""Your elements are products, where they should be sums.

(AB)ᵀ is a rule about products. For a sum it is simpler: the transpose of a sum is the sum of the transposes
(2.3.3).

Fails: right_values
"""


def transpose_sum(A, B):
    return A.T * B.T
