"""From the second column on, you divide by sums in which some elements are divided already.

That happens, for example, where the sums are computed anew after each column: they are no longer those of A
then. Compute them once, before you divide (2.3.7).

Fails: right_values, each_row_sums_to_one
"""


def normalize_rows(A):
    shares = A.clone()
    for column in range(A.shape[1]):
        sums = shares.sum(axis=1)
        shares[:, column] = shares[:, column] / sums
    return shares
