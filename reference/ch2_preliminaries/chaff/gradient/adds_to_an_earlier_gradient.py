"""You keep x.grad and put it back afterwards, but you don't clear it in between.

backward adds to what x.grad holds, and writes into that very tensor: you return a sum, and what you put back has
changed. Set x.grad to None first, or differentiate at a copy (2.5.1).

Fails: x_stays_as_it_is
"""


def gradient(f, x):
    held, learned = x.grad, x.requires_grad
    x.requires_grad_()
    f(x).backward()
    found, x.grad = x.grad, held
    x.requires_grad_(learned)
    return found
