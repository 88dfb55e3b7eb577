"""Your result is on the device "meta", and not where A is.

A device that is written into a function is wrong wherever the arguments are on another one. What is computed
from A is on A's device by itself (6.7).

Fails: right_device
"""


def transpose_sum(A, B):
    return (A.T + B.T).to("meta")
