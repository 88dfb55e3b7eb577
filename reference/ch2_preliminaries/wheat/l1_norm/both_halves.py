"""Positive parts and negative parts, added up apart."""


def l1_norm(x):
    return x.clamp(min=0).sum() - x.clamp(max=0).sum()
