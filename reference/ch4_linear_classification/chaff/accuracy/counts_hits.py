"""You return how many predictions are right, not which share.

Then a larger set usually looks better than a smaller one. The share is the number of hits over the number of
examples (4.3.2).

Fails: right_values
"""

def accuracy(Y_hat, Y, averaged=True):
    hits = (Y_hat.argmax(dim=1) == Y).float()
    return hits.sum() if averaged else hits
