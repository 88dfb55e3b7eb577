"""Scores that differ only in their decimals may count as equal in your accuracy, as whole numbers would.

Usually the scores are converted before argmax: probabilities below 1 all become 0 then, and class 0 or some other
of the equals wins. It is the predicted class that is compared with the labels: convert after argmax, not before
(4.3.2).

Fails: right_values
"""


def accuracy(Y_hat, Y, averaged=True):
    classes = Y_hat.to(Y.dtype).argmax(dim=1)
    hits = (classes == Y).float()
    return hits.mean() if averaged else hits
