"""Your code fails with a tensor of shape (), which has no axis to index.

x[0], for example, needs an axis. A tensor of shape () has a single element and none: item works with any
number of axes (2.1.6).

Fails: accepts_its_arguments
"""


def to_scalars(x):
    return x[0].item(), float(x[0]), int(x[0])
