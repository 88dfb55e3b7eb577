"""You write into a copy, and return that.

Elsewhere it is good manners to leave arguments alone. Here X itself is to change: an assignment X[i, j] =
value writes into X's own memory (2.1.2).

Fails: X_itself_changes
"""


def write_element(X, row, col, value):
    Y = X.clone()
    Y[row, col] = value
    return Y
