"""Your function takes tensors of one element only: with others it raises an error.

Usually the whole tensor is compared with 0, by Python's `max` or an `if`, and several elements have no single answer
to that. torch.max with a tensor of zeros compares element by element (5.1.2.1).

Fails: accepts_its_arguments
"""


def relu(X):
    return max(X, 0 * X)
