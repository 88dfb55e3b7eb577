"""Your result is right, but after the call there are other scores in X.

Perhaps each row's largest score is subtracted from X itself: `X -= largest` works in place, and `X = X - largest`
makes a new tensor (2.1.5, 4.4.1).

Same as: in_place
Fails: leaves_arguments_alone
"""


def softmax(X):
    X -= X.amax(dim=1, keepdim=True)
    E = X.exp()
    return E / E.sum(dim=1, keepdim=True)
