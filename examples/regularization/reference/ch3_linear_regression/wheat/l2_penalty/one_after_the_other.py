"""Adds up half a square after the other, in Python."""


def l2_penalty(w):
    total = torch.zeros((), dtype=w.dtype, device=w.device)
    for weight in w.flatten():
        total = total + weight * weight / 2
    return total
