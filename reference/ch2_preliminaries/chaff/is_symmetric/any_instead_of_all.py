"""You ask whether any element equals its mirror image.

Those on the diagonal always do, so that your answer is always True. In a symmetric matrix all elements do
(2.3.3).

Fails: right_values
"""


def is_symmetric(A):
    return bool((A == A.T).any())
