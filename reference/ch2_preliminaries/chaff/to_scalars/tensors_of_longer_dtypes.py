"""Only the first of your results is a number of Python: the others are tensors, such as x.double() and x.long().

These methods make tensors of other dtypes: of float64 and int64. float(x) and int(x) make numbers (2.1.6).

Same as: tensors_of_other_dtypes

Fails: right_type
"""

def to_scalars(x):
    number = x.item()
    return number, x.double(), x.long()
