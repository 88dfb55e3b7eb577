"""You count elements from the start of X, and take a row to be as long as there are rows.

In a square matrix it makes no difference. A row has as many elements as there are columns; and X[row, col] needs no
counting (2.1.2).

Fails: accepts_its_arguments
"""


def write_element(X, row, col, value):
    X.view(-1)[row * len(X) + col] = value
    return X
