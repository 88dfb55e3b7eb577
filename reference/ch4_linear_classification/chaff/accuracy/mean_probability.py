"""You average the scores of the right classes.

With probabilities that says how sure the model is of the right classes, not how often it is right. Accuracy counts
predictions, each either right or wrong (4.3.2).

Fails: only_the_order_of_scores_counts, right_values
"""

import torch


def accuracy(Y_hat, Y, averaged=True):
    hits = Y_hat[torch.arange(len(Y)), Y].clone()
    return hits.mean() if averaged else hits
