"""Above the fraction's line your scores lose the largest of their row, but not below it.

It cancels only if both lose it; your rows usually don't sum to 1. Compute the exponentials of the smaller scores
once, and divide them by their own sum (4.4.1, 4.5.2).

Fails: right_values
"""


def softmax(X):
    E = (X - X.amax(dim=1, keepdim=True)).exp()
    return E / X.exp().sum(dim=1, keepdim=True)
