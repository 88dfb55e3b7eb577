"""Your second and third results are tensors, such as x.float() and x.int(), and not numbers of Python.

These methods sound like float and int, but they make tensors of other dtypes: of float32 and int32. float(x) and
int(x) make numbers (2.1.6).

Fails: right_type
"""

def to_scalars(x):
    number = x.item()
    return number, x.float(), x.int()
