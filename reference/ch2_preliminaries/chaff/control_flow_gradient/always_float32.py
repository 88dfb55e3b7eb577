"""You copy a into a float32 tensor.

The leaf of your own needs a's dtype, or the gradient has another (2.1.1).

Fails: right_dtype
"""


def control_flow_gradient(a):
    leaf = a.detach().float().clone().requires_grad_()
    b = leaf * 2
    while b.norm() < 1000:
        b = b * 2
    c = b if b.sum() > 0 else 100 * b
    c.backward()
    return leaf.grad
