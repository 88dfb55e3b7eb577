"""Your function changes X, and autograd doesn't notice it.

X.data and no_grad, for example, silence the error that an assignment to X may raise, but whoever called you has
other numbers in X all the same. Work on a copy, or with functions that make new tensors (2.1.5, 5.1.2.1).

Same as: in_place

Fails: leaves_arguments_alone
"""


def relu(X):
    X.data.clamp_(min=0)
    return X * 1
