"""As in the book, the shorter way: the gradient of the sum."""


def elementwise_gradient(f, x):
    x = x.clone().detach().requires_grad_(True)
    y = f(x)
    y.sum().backward()
    return x.grad
