"""You look along the first axis, and only that the lengths differ makes you look along the other one.

Where there are as many examples as classes nothing warns you. The classes are the columns, whatever the lengths are
(4.3.2).

Fails: right_values
"""

def accuracy(Y_hat, Y, averaged=True):
    hits = (Y_hat.argmax(dim=int(Y_hat.shape[0] != Y_hat.shape[1])) == Y).float()
    return hits.mean() if averaged else hits
