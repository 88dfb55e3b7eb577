"""A difference is a sum with -y, a quotient a product with 1 / y."""


def elementwise(x, y):
    return x + y, x + (-y), x * y, x * (1 / y), x ** y
