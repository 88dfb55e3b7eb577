"""You compare each prediction with every label.

A column of labels and a row of predictions are broadcast to a square. Compare two tensors of shape (n,), element by
element (4.3.2, 2.1.4).

Fails: right_values
"""

def accuracy(Y_hat, Y, averaged=True):
    hits = (Y_hat.argmax(dim=1) == Y.reshape(-1, 1)).float()
    return hits.mean() if averaged else hits
