"""Some or all of your numbers have fewer digits than x: they went through float32.

float32 has about seven, and all whole numbers only up to 2^24. `.float()`, for example, doesn't make a Python
float, which has about sixteen: it makes a tensor of float32 (2.1.6).

Fails: right_values
"""

def to_scalars(x):
    number = x if not x.is_floating_point() else x.float()
    return number.item(), x.float().item(), int(number)
