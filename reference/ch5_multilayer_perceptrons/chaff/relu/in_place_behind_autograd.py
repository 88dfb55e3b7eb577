"""You write the zeros into X.data, where autograd doesn't look.

It silences the error that an assignment to X would raise, but whoever called you has lost the negative elements all
the same. Work on a copy, or with functions that make new tensors (2.1.5, 5.1.2.1).

Same as: in_place

Fails: leaves_arguments_alone
"""


def relu(X):
    X.data.clamp_(min=0)
    return X * 1
