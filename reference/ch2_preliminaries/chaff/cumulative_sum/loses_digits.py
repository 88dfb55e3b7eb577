"""You compute in float32, and turn the result back.

The dtype is right, but half of float64's digits are gone. Operations on tensors compute in the dtype that these have (2.3.7).

Fails: right_values
"""

def cumulative_sum(A):
    return A.float().cumsum(dim=0).to(A.dtype)
