"""You compute in float32, and turn the result back.

The dtype is right, but half of float64's digits are gone. Operations on tensors compute in the dtype that these have (2.3.3).

Fails: right_values
"""

def transpose_sum(A, B):
    return (A.float() + B.float()).T.to(A.dtype)
