"""Your result is the sum of all elements of both vectors.

Multiply first: the dot product of (3, 4) with itself is 9 + 16 (2.3.8).

Fails: right_values, a_vector_times_itself_is_its_squared_length
"""


def dot(x, y):
    return (x + y).sum()
