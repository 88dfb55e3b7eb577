"""Every square matrix is symmetric by your answer.

The shapes of A and its transpose agree for all of these, for example. Symmetric means that the elements
agree, too: A[i, j] equals A[j, i] (2.3.3).

Same as: any_instead_of_all

Fails: right_values
"""


def is_symmetric(A):
    return A.shape == A.T.shape
