"""You differentiate all y at once, without saying how they are to be weighed.

Only a single number can be differentiated so: for several elements it raises. Give backward ones, or take the sum
first (2.5.2, 5.1.2).

Fails: accepts_its_arguments
"""


def activation_gradient(f, x):
    x = x.detach().clone().requires_grad_()
    f(x).backward()
    return x.grad
