"""Your result has fewer digits than A: somewhere it went through float32.

The dtype is right, but about half of float64's digits are gone. That happens where arguments, or what is
computed, are turned into float32, and back. Operations on tensors compute in the dtype that these have
(2.3.7).

Fails: right_values
"""

def cumulative_sum(A):
    return A.float().cumsum(dim=0).to(A.dtype)
