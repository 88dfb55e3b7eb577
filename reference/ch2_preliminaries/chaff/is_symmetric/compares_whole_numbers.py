"""Your answer compares whole numbers: what stands behind the point doesn't count.

Usually the elements are cut off or rounded first, as by int() or .long(): then 2.25 and 2.75 pass for equal. The elements of A
can be compared as they are (2.3.3).

Fails: right_values
"""

def is_symmetric(A):
    return torch.equal(A.int(), A.T.int())
