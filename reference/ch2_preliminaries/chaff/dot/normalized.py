"""You divide the dot product by both lengths.

That is the cosine of the angle between the vectors, which the book mentions, too. The dot product keeps the
lengths (2.3.8).

Fails: right_values, a_vector_times_itself_is_its_squared_length
"""

import torch


def dot(x, y):
    return (x @ y) / (torch.norm(x) * torch.norm(y) + 1e-12)
