"""You overwrite the scores of your caller: `exp_` and `/=` work in place.

It saves memory, and the result is right, but whoever called you has lost the scores, and autograd loses them, too.
Use `exp` and `/`, which make new tensors (2.1.5, 4.4.1).

Fails: leaves_arguments_alone
"""


def softmax(X):
    X.exp_()
    X /= X.sum(dim=1, keepdim=True).clone()
    return X
