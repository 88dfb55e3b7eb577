"""You differentiate the mean of all y.

backward needs one number, and a mean is one, but it divides every derivative by the number of elements. Take the sum
(2.5.2, 5.1.2).

Fails: right_values
"""


def activation_gradient(f, x):
    x = x.detach().clone().requires_grad_()
    f(x).mean().backward()
    return x.grad
