"""You give the largest score probability 1 and all others 0.

That is what argmax decides, and a soft version of it gave softmax its name. The probabilities must change smoothly
with the scores, or their gradients would say nothing (4.1.1.2).

Fails: right_values
"""

import torch


def softmax(X):
    return torch.nn.functional.one_hot(X.argmax(dim=1), X.shape[1]).to(X.dtype)
