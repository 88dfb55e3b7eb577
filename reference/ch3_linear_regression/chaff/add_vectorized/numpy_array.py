"""You return a NumPy array.

Tensors came in, and a tensor should go out: the next operation usually expects one (2.1.6, 3.1.2).

Fails: right_type
"""


def add_vectorized(a, b):
    return a.numpy() + b.numpy()
