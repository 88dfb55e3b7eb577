"""You compute in float32, and turn the result back.

The dtype is right, but half of float64's digits are gone. Operations on tensors compute in the dtype that these have (2.3.9).

Fails: right_values
"""

def matvec(A, x):
    return (A.float() @ x.float()).to(A.dtype)
