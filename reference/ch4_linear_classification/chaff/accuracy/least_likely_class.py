"""You predict the class with the smallest score.

Sorting, for example, puts the smallest first. The prediction is the class that the model thinks most likely (4.3.2).

Fails: right_values
"""

def accuracy(Y_hat, Y, averaged=True):
    hits = (Y_hat.sort(dim=1).indices[:, 0] == Y).float()
    return hits.mean() if averaged else hits
