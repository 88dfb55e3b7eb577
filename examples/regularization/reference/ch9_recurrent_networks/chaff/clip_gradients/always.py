"""You give the gradients the length max_norm, even where they are shorter.

Near a minimum gradients are short, and should be: yours would make steps there as long as anywhere, and never arrive.
Only what is longer than max_norm is changed.

Fails: right_values
"""


def clip_gradients(gradients, max_norm):
    norm = torch.cat([gradient.flatten() for gradient in gradients]).norm()
    return [gradient * max_norm / norm if norm > 0 else gradient.clone() for gradient in gradients]
