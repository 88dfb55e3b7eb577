"""Your accuracy is not on the device of the predictions.

A device that is written into a function is wrong wherever its arguments are on another one. Results of operations
are where their arguments are by themselves (4.3.2, 6.7).

Fails: right_device
"""

def accuracy(Y_hat, Y, averaged=True):
    hits = (Y_hat.argmax(dim=1) == Y).float().to("meta")
    return hits.mean() if averaged else hits
