"""Your function changes Y_hat itself, the scores of your caller.

The accuracy is right, but a loss that is computed from these scores next may be another one. Perhaps some of them
are crossed out: write into a copy, or make a new tensor (4.3.2, 2.1.5).

Fails: leaves_arguments_alone
"""

def accuracy(Y_hat, Y, averaged=True):
    Y_hat[Y_hat < Y_hat.amax(dim=1, keepdim=True)] = float("-inf")
    hits = (Y_hat.argmax(dim=1) == Y).float()
    return hits.mean() if averaged else hits
