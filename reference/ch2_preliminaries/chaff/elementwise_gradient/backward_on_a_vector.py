"""Your code goes backward from several numbers, without saying how they are to be weighed.

Only a single number can be differentiated so; several raise an error. Give backward ones, or take the sum
first (2.5.2).

Fails: accepts_its_arguments
"""


def elementwise_gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    y.backward()
    return leaf.grad
