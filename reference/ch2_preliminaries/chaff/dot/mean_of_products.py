"""You take the mean of the products.

For vectors of length n that is n times too small. A dot product is the sum of the products, and isn't divided
by anything (2.3.8).

Fails: right_values, a_vector_times_itself_is_its_squared_length
"""


def dot(x, y):
    return (x * y).mean()
