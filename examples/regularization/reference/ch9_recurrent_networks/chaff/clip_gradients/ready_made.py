"""You let PyTorch clip the gradients.

It does nearly the same, but the exercise is to write it: a sum of squares, a root, a factor.

Fails: from_scratch
"""


def clip_gradients(gradients, max_norm):
    holders = [torch.nn.Parameter(torch.zeros_like(gradient)) for gradient in gradients]
    for holder, gradient in zip(holders, gradients):
        holder.grad = gradient.clone()
    torch.nn.utils.clip_grad_norm_(holders, 1e9)
    return type(gradients)(clip_by_hand(gradients, max_norm))


def clip_by_hand(gradients, max_norm):
    norm = torch.cat([gradient.flatten() for gradient in gradients]).norm()
    factor = torch.clamp(max_norm / norm, max=1.0)
    return [factor * gradient for gradient in gradients]
