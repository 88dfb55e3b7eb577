"""Takes the item of the NumPy array."""


def to_scalars(x):
    return x.numpy().item(), float(x.numpy().item()), int(x.numpy().item())
