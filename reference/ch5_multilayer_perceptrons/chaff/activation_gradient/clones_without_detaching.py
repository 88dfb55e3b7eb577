"""Your result is right, but where x learns, backward goes on into x and adds to its grad.

Perhaps a clone still hangs on x: clone copies the numbers and is recorded, as any other operation is.
x.detach().clone() cuts the copy off first (2.5.1, 5.1.2).

Fails: x_stays_as_it_is
"""


def activation_gradient(f, x):
    leaf = x.clone()
    leaf.requires_grad_()
    leaf.retain_grad()
    f(leaf).sum().backward()
    return leaf.grad
