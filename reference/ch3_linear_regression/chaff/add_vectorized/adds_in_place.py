"""You use add_, which adds into a.

It saves memory, but a is your caller's, and its own numbers are gone (2.1.5).

Fails: leaves_arguments_alone
"""


def add_vectorized(a, b):
    return a.add_(b)
