"""You double as often as the example needs, whatever a is.

A for loop with a fixed number of rounds, for example, suits 3. A number much nearer to 0 needs more
doublings, and a much larger one fewer: the norm decides (2.5.4).

Fails: right_values
"""


def control_flow_gradient(a):
    leaf = a.detach().clone().requires_grad_()
    b = leaf * 2
    for _ in range(8):
        b = b * 2
    c = b if b.sum() > 0 else 100 * b
    c.backward()
    return leaf.grad
