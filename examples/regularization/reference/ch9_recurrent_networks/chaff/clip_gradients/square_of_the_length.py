"""You forget the root: your norm is the square of a length.

It is compared with max_norm, which is a length, so that gradients of length 2 count as 4, and come out far too short.

Fails: right_values
"""


def clip_gradients(gradients, max_norm):
    norm = sum((gradient**2).sum() for gradient in gradients)
    if norm > max_norm:
        return [gradient * max_norm / norm for gradient in gradients]
    return [gradient.clone() for gradient in gradients]
