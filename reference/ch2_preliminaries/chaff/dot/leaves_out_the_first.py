"""You leave out the product of the first elements.

A loop from 1 does so, for example. Where an example begins with 0 nobody notices. Python counts from 0:
range(len(x)) has all of them (2.3.8).

Fails: right_values, a_vector_times_itself_is_its_squared_length
"""


def dot(x, y):
    return (x[1:] * y[1:]).sum()
