"""You run through the whole matrix as one sequence.

Each column has a running sum of its own: nothing is carried from the end of one row to the start of the next
(2.3.6).

Fails: right_values
"""


def cumulative_sum(A):
    return A.flatten().cumsum(0).reshape(A.shape)
