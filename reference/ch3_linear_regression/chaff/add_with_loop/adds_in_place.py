"""You add into a.

Your caller's vector holds the sums afterwards, and its own numbers are gone. Make a new tensor for them (2.1.5,
3.1.2).

Fails: leaves_arguments_alone
"""


def add_with_loop(a, b):
    for i in range(len(a)):
        a[i] += b[i]
    return a
