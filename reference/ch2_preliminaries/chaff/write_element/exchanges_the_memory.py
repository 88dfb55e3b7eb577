"""After your call X lies in other memory than before, and the old element still stands where X lay.

Views of X that others hold, a row of it for instance, don't see the new element. An assignment to X.data, for
example, gives X the memory of another tensor. Assign to X at an index (2.1.2, 2.1.5).

Fails: X_itself_changes
"""


def write_element(X, row, col, value):
    Y = X.clone()
    Y[row, col] = value
    X.data = Y
    return X
