"""Where f(x) is negative, your derivative has the wrong sign.

Usually a norm takes the place of the sum: it adds up sizes, and a size grows where a negative number falls. The sum of f(x)
has the derivative of each element (2.5.2).

Fails: right_values
"""

def elementwise_gradient(f, x):
    v = x.detach().clone().requires_grad_(True)
    f(v).abs().sum().backward()
    return v.grad
