"""Your average has shape (1,) instead of ().

keepdim=True, for example, keeps the axis that the mean runs over. An average of all is a scalar (4.3.2).

Fails: right_shape
"""

def accuracy(Y_hat, Y, averaged=True):
    hits = (Y_hat.argmax(dim=1) == Y).float()
    return hits.mean(dim=0, keepdim=True) if averaged else hits
