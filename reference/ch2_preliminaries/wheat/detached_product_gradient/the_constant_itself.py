"""The derivative of u * x, found on paper."""


def detached_product_gradient(x):
    return x * x
