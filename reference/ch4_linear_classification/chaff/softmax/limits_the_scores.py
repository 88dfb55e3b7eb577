"""Large scores become equal in your softmax, as if they were limited before the exponential.

Nothing overflows then, but with a limit of 10, for example, a score of 20 and one of 15 get the same probability.
Subtract the largest score of each row instead: that changes no probability (4.4.1, 4.5.2).

Fails: right_values, a_constant_added_to_all_scores_changes_nothing
"""

import torch


def softmax(X):
    X_exp = torch.exp(X.clamp(-10, 10))
    return X_exp / X_exp.sum(dim=1, keepdim=True)
