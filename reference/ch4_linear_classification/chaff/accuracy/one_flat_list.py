"""You look for the largest score in the whole table.

argmax without an axis flattens the tensor and gives one position for all. Each row has its own prediction
(4.3.2).

Fails: right_values
"""

def accuracy(Y_hat, Y, averaged=True):
    hits = (Y_hat.argmax() == Y).float()
    return hits.mean() if averaged else hits
