"""The book's code, on x itself."""


def detached_product_gradient(x):
    x.requires_grad_(True)
    y = x * x
    u = y.detach()
    z = u * x
    z.sum().backward()
    return x.grad
