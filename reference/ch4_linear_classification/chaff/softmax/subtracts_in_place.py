"""You subtract each row's largest score from X itself: `-=` works in place.

The result is right, but whoever called you now has other scores in X. `X = X - largest` makes a new tensor
(2.1.5, 4.4.1).

Same as: in_place
Fails: leaves_arguments_alone
"""


def softmax(X):
    X -= X.amax(dim=1, keepdim=True)
    E = X.exp()
    return E / E.sum(dim=1, keepdim=True)
