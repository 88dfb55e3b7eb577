"""You compute in float32, and turn the result back.

The dtype is right, but half of float64's digits are gone. Operations on tensors compute in the dtype that these have (2.3.6).

Fails: right_values
"""

def axis_sums(A):
    return tuple(s.to(A.dtype) for s in (A.float().sum(0), A.float().sum(1), A.float().sum()))
