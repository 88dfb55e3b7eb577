"""You divide column by column, and take the sums of the rows anew each time.

After the first column the sums are no longer those of A, since part of each row is divided already. Compute them
once, before you divide (2.3.7).

Fails: right_values, each_row_sums_to_one
"""


def normalize_rows(A):
    shares = A.clone()
    for column in range(A.shape[1]):
        sums = shares.sum(axis=1)
        shares[:, column] = shares[:, column] / sums
    return shares
