"""Chooses between the enlarged element and 0."""


def dropout_layer(X, mask, dropout):
    return torch.where(mask, X / (1 - dropout), torch.zeros_like(X))
