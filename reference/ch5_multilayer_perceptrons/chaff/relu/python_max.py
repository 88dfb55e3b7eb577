"""You compare the whole tensor with 0 by Python's `max`.

`max(X, 0)` asks whether X < 0 as a whole, and a tensor of several elements has no single answer to that. torch.max
with a tensor of zeros compares element by element (5.1.2.1).

Fails: accepts_its_arguments
"""


def relu(X):
    return max(X, 0 * X)
