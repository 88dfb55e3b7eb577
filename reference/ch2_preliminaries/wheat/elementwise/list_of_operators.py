"""Runs through the operators."""

import operator


def elementwise(x, y):
    operations = [operator.add, operator.sub, operator.mul, operator.truediv, operator.pow]
    return tuple(operation(x, y) for operation in operations)
