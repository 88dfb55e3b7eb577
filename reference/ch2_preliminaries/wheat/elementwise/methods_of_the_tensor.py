"""Calls the methods behind the operators; returns a list."""


def elementwise(x, y):
    return [x.add(y), x.sub(y), x.mul(y), x.div(y), x.pow(y)]
