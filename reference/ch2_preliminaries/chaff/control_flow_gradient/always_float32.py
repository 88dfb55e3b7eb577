"""What you return is float32, whatever dtype came in.

Digits of float64 that are dropped don't come back. Usually a tensor was made without saying which dtype it
should have, for example by torch.zeros, or the argument was converted first. Keep the dtype of what you were
given (2.1.1).

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
