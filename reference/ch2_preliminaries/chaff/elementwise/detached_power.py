"""At least one of your results, perhaps the powers, is cut off from x and y: no gradient flows back through it.

That happens, for example, where numbers are taken out of their tensors, for `math.pow` or NumPy. Tensors have
the operator themselves (2.1.4, 2.5.3).

Same as: detached

Fails: right_gradient
"""

import torch


def elementwise(x, y):
    numbers = [a**b for a, b in zip(x.flatten().tolist(), y.flatten().tolist())]
    power = torch.tensor(numbers, dtype=x.dtype).reshape(x.shape)
    return x + y, x - y, x * y, x / y, power
