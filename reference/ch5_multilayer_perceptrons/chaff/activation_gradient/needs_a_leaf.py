"""Where x was computed from something that learns, you return None.

Perhaps you differentiate at x itself, or at a clone that hangs on it. Only leaves keep their gradient, and what x was
computed from gets one that it didn't ask for. A copy that is detached is a leaf of your own, whatever x is (2.5.3,
5.1.2).

Fails: x_stays_as_it_is
"""


def activation_gradient(f, x):
    z = x.clone()
    if x.is_leaf:
        z = z.detach().requires_grad_()
    f(z).sum().backward()
    return z.grad
