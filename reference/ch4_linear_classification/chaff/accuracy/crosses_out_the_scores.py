"""You cross out the scores of wrong classes in Y_hat itself.

The accuracy is right, but the caller's scores are gone, and the loss that is computed from them next will be nonsense.
Work on a copy (4.3.2, 2.1.5).

Fails: leaves_arguments_alone
"""

def accuracy(Y_hat, Y, averaged=True):
    Y_hat[Y_hat < Y_hat.amax(dim=1, keepdim=True)] = float("-inf")
    hits = (Y_hat.argmax(dim=1) == Y).float()
    return hits.mean() if averaged else hits
