"""The function is a straight line through 0 near a: f(a) / a."""


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
    return f(a) / a
