"""Puts all gradients into one vector, and takes its norm; short ones are copied."""


def clip_gradients(gradients, max_norm):
    whole = torch.cat([gradient.flatten() for gradient in gradients])
    if whole.norm() <= max_norm:
        return [gradient.clone() for gradient in gradients]
    return [gradient / whole.norm() * max_norm for gradient in gradients]
