"""All of your three results are tensors, such as x, x.float() and x.int(), and none is a number of Python.

Methods of a tensor that are called like numbers make tensors of other dtypes. item, float and int make numbers of
Python (2.1.6).

Same as: returns_tensors

Fails: right_type
"""

def to_scalars(x):
    return x, x.float(), x.int()
