"""You return the share of wrong predictions.

That is the error rate; the accuracy is what is left to 1 (4.3.2).

Fails: right_values
"""

def accuracy(Y_hat, Y, averaged=True):
    hits = (Y_hat.argmax(dim=1) != Y).float()
    return hits.mean() if averaged else hits
