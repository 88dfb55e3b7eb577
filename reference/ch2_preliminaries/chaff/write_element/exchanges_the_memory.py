"""You assign a changed copy to X.data.

The object is the same one, but it now has the memory of the copy: views of X that others hold, a row of it
for instance, don't see your new element. Assign to X at an index (2.1.2, 2.1.5).

Fails: X_itself_changes
"""


def write_element(X, row, col, value):
    Y = X.clone()
    Y[row, col] = value
    X.data = Y
    return X
