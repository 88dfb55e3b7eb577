"""You clamp each element to the range from -max_norm to max_norm.

That is clipping by value. It turns the gradient, as only the large elements of yours become smaller; clipping by norm
makes all of them smaller by one factor (9.5.3).

Fails: right_values
"""


def clip_gradients(gradients, max_norm):
    return [gradient.clamp(-max_norm, max_norm) for gradient in gradients]
