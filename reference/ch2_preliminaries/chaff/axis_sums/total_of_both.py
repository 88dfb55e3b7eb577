"""Your total is twice the sum of everything.

Each element is in a row and in a column, so that the rows' sums and the columns' sums together count it
twice. One of the two is enough (2.3.6).

Fails: right_values, all_three_have_the_same_total
"""


def axis_sums(A):
    down, along = A.sum(axis=0), A.sum(axis=1)
    return down, along, down.sum() + along.sum()
