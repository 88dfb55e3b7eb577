"""You compute in float32, and turn the result back.

The dtype is right, but half of float64's digits are gone. Operations on tensors compute in the dtype that these have (2.3.6).

Fails: right_values
"""

def normalize_rows(A):
    return (A.float() / A.float().sum(dim=1, keepdim=True)).to(A.dtype)
