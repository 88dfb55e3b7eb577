"""You call x.add, without the _, and drop what it returns.

Without the _ it makes a new tensor and leaves x as it is. Its name with the _ is that of the method you need
(2.1.5).

Fails: right_values
"""


def add_in_place(x, y):
    x.add(y)
    return x
