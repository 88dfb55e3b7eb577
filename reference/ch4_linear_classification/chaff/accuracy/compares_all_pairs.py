"""Your average is over all pairs of a prediction and a label, not over the examples.

Usually one of the two has shape (n, 1) and the other one (n,): they are broadcast to a square. Compare two tensors of
shape (n,), element by element (4.3.2, 2.1.4).

Fails: right_values
"""

def accuracy(Y_hat, Y, averaged=True):
    hits = (Y_hat.argmax(dim=1) == Y.reshape(-1, 1)).float()
    return hits.mean() if averaged else hits
