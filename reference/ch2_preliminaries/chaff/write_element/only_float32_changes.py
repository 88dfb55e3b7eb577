"""Where X isn't float32, what you return is as X was: the value isn't in it.

Perhaps the value is written into X.float(): for a tensor of float32 that is X itself, for any other a copy. Assign
to X at an index (2.1.2).

Fails: right_values
"""

def write_element(X, row, col, value):
    same_or_copy = X.float()
    same_or_copy[row, col] = value
    return X
