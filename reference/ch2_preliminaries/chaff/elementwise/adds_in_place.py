"""Your code changes x itself, which is your caller's.

Whoever called you finds another x afterwards. Usually that comes from `-=` and the like, from an assignment
to elements, or from a method whose name ends in an underscore: each of these changes the tensor that it is
used on. `a - b` makes a new one, and `x.clone()` is a copy to work on (2.1.5).

Fails: leaves_arguments_alone
"""


def elementwise(x, y):
    old = x.clone()
    x += y
    return x, old - y, old * y, old / y, old**y
