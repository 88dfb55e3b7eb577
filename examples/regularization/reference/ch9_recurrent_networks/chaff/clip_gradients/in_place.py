"""You multiply the gradients that you were given, in place.

In a training loop that is what one wants, and the book does so. Here new tensors are asked for, and your caller's must
stay as they are.

Fails: leaves_arguments_alone
"""


def clip_gradients(gradients, max_norm):
    norm = torch.cat([gradient.flatten() for gradient in gradients]).norm()
    if norm > max_norm:
        for gradient in gradients:
            gradient *= max_norm / norm
    return list(gradients)
