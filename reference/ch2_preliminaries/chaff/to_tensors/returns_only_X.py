"""You return X only.

Without y there is nothing to learn from: return both, with a comma between them (2.2.3).

Fails: right_type
"""

import torch


def to_tensors(inputs, targets):
    X = torch.tensor(inputs.to_numpy(dtype=float))
    y = torch.tensor(targets.to_numpy(dtype=float))
    return X
