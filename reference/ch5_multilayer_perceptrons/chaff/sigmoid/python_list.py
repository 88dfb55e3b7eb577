"""You return a Python list of numbers.

Lists have neither shape nor gradient. Compute with the tensor as a whole: exp works on every element (5.1.2.2).

Fails: right_type
"""

import math


def sigmoid(X):
    return [1 / (1 + math.exp(-x)) for x in X.flatten().tolist()]
