"""The book's function, and a itself learns."""


def f(a):
    b = a * 2
    while b.norm() < 1000:
        b = b * 2
    if b.sum() > 0:
        c = b
    else:
        c = 100 * b
    return c


def control_flow_gradient(a):
    a.requires_grad_(True)
    d = f(a)
    d.backward()
    return a.grad
