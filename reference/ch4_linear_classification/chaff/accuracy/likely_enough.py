"""You count an example as right where its class has a score of more than one half.

With more than two classes the largest probability may be smaller than that, and scores need not be probabilities at
all. Only the order within a row counts (4.3.2).

Fails: only_the_order_of_scores_counts, right_values
"""

import torch


def accuracy(Y_hat, Y, averaged=True):
    hits = (Y_hat[torch.arange(len(Y)), Y] > 0.5).float()
    return hits.mean() if averaged else hits
