"""Takes the norm of the norms, in Python's numbers."""

import math


def clip_gradients(gradients, max_norm):
    norm = math.sqrt(sum(gradient.double().norm().item() ** 2 for gradient in gradients))
    factor = min(1.0, max_norm / norm) if norm else 1.0
    return [gradient * factor for gradient in gradients]
