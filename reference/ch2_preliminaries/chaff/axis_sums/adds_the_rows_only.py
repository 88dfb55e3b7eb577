"""Your third result is a vector, where one number is wanted: the total of all elements.

Python's own sum, for example, adds along the first axis only: its items are the rows. A.sum() without an axis adds up everything
(2.3.6).

Fails: right_shape
"""

def axis_sums(A):
    return A.sum(dim=0), A.sum(dim=1), sum(A)
