"""Where x requires a gradient, you return None.

Perhaps your copy of x isn't cut off from it: a clone is the result of an operation then, and no leaf. Autograd keeps
gradients in leaves, so x.grad gets it and the clone's grad stays None. x.detach().clone() cuts the copy off first
(2.5.1, 5.1.2).

Fails: x_stays_as_it_is
"""


def activation_gradient(f, x):
    copy = x.clone().requires_grad_()
    f(copy).sum().backward()
    return copy.grad
