"""Scores above 10 count as 10 in your softmax, however large they are.

Nothing overflows then, but scores of 12 and 18 get the same probability. Usually a clamp or a minimum before the
exponential does that. Subtract the largest score of each row instead: that changes no probability (4.4.1, 4.5.2).

Fails: right_values, a_constant_added_to_all_scores_changes_nothing
"""

import torch


def softmax(X):
    X_exp = torch.exp(torch.where(X > 10, torch.full_like(X, 10), X))
    return X_exp / X_exp.sum(dim=1, keepdim=True)
