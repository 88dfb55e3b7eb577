"""You return a NumPy array, and not the tensor X.

Writing through an array in X's memory does change X, but what comes back to your caller is no tensor. Return
X (2.1.2, 2.1.6).

Fails: right_type
"""


def write_element(X, row, col, value):
    array = X.numpy()
    array[row, col] = value
    return array
