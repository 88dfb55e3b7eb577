"""Squares the length of the weights."""


def l2_penalty(w):
    return 0.5 * torch.linalg.vector_norm(w) ** 2
