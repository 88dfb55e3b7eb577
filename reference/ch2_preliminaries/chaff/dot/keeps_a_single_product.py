"""Of vectors with a single element your result is a vector, too: its shape is (1,), and not ().

Perhaps a single product seemed to need no sum. The sum is what takes the axis away: a dot product is one number,
however long the vectors are (2.3.8).

Fails: right_shape
"""

def dot(x, y):
    products = x * y
    return products.sum() if products.numel() > 1 else products
