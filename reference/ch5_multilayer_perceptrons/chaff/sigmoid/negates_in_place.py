"""You change the sign of X in X itself, by neg_ for example.

The result is right, but whoever called you now has -X in X. -X makes a new tensor (2.1.5, 5.1.2.2).

Same as: in_place

Fails: leaves_arguments_alone
"""

import torch


def sigmoid(X):
    return 1 / (1 + torch.exp(X.neg_()))
