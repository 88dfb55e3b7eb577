"""You divide each row of exponentials by its length, the root of the sum of squares.

"Normalize" means that in linear algebra (2.3.11). Probabilities must sum to 1, so a softmax divides by the plain sum
of the row's exponentials (4.4.1).

Fails: right_values, each_row_is_a_distribution
"""

import torch


def softmax(X):
    X_exp = torch.exp(X)
    return X_exp / X_exp.norm(dim=1, keepdim=True)
