"""With as many examples as classes, you look for the largest score in each column.

Where the lengths differ you look along the rows: perhaps the axis is chosen by comparing lengths. The classes are the
columns, whatever the lengths are (4.3.2).

Fails: right_values
"""

def accuracy(Y_hat, Y, averaged=True):
    hits = (Y_hat.argmax(dim=int(Y_hat.shape[0] != Y_hat.shape[1])) == Y).float()
    return hits.mean() if averaged else hits
