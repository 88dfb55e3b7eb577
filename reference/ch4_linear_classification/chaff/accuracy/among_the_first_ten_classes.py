"""You look for the largest score among the first classes only.

With more classes than that, the last ones are never predicted. argmax along the row sees all of them (4.3.2).

Fails: right_values
"""


def accuracy(Y_hat, Y, averaged=True):
    hits = (Y_hat[:, :10].argmax(dim=1) == Y).float()
    return hits.mean() if averaged else hits
