"""Your sums have fewer digits than A: somewhere they went through float32.

The dtype is right, but about half of float64's digits are gone. That happens where arguments, or what is
computed, are turned into float32, and back. Operations on tensors compute in the dtype that these have
(2.3.6).

Fails: right_values
"""

def axis_sums(A):
    return tuple(s.to(A.dtype) for s in (A.float().sum(0), A.float().sum(1), A.float().sum()))
