"""You return None, where the sum is asked for.

Often it is computed, and not returned. A function without return gives None, and what was computed is lost
(3.1).

Fails: right_type
"""


def add_vectorized(a, b):
    c = a + b
