"""Your results have fewer digits than x and y: somewhere they went through float32.

The dtype is right, the digits are not: about half of float64's are gone. That happens where x and y, or what
is computed, are turned into float32, and back. Operators compute in the dtype of their arguments (2.1.4).

Fails: right_values
"""

def elementwise(x, y):
    x32, y32 = x.float(), y.float()
    results = x32 + y32, x32 - y32, x32 * y32, x32 / y32, x32**y32
    return tuple(result.to(x.dtype) for result in results)
