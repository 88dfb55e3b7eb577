"""Where nothing is negative, your result shares its memory with X.

Perhaps X itself is returned, one tensor under two names. Its values are right, but whoever writes into the result
changes X, too. Every operation that makes a new tensor is fine (2.1.5, 5.1.2).

Fails: its_result_is_a_new_tensor
"""


def relu(X):
    return X.clamp(min=0) if (X < 0).any() else X
