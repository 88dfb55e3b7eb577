"""2.5 Automatic differentiation."""

from collections.abc import Callable

import torch


def gradient(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """Return the gradient of a scalar-valued function at x, and leave x as it is.

    Args:
        f: a function of one tensor whose result is a single number, a tensor of shape ().
        x: a tensor of any shape. It may require a gradient or not, and may hold one already. Its values,
            x.requires_grad and x.grad are the same afterwards.

    Returns:
        A tensor of x's shape and dtype: how fast f grows along each element of x.

    Example:
        >>> gradient(lambda x: 2 * torch.dot(x, x), torch.tensor([0.0, 1.0, 2.0, 3.0]))
        tensor([ 0.,  4.,  8., 12.])

    """
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    return leaf.grad


def elementwise_gradient(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """Return the derivative of an elementwise function at every element of x.

    Args:
        f: a function of one tensor whose result has the tensor's shape; element i of the result depends on
            element i of the argument alone.
        x: a vector, (n,). Its values are the same afterwards.

    Returns:
        A tensor (n,) of x's dtype; element i is the derivative of f(x)[i] with respect to x[i].

    Example:
        >>> elementwise_gradient(torch.square, torch.tensor([0.0, 1.0, 2.0, 3.0]))
        tensor([0., 2., 4., 6.])

    """
    leaf = x.detach().clone().requires_grad_()
    f(leaf).sum().backward()
    return leaf.grad


def detached_product_gradient(x: torch.Tensor) -> torch.Tensor:
    """Return the gradient of sum(u * x) with respect to x, where u = x * x counts as a constant.

    Args:
        x: a tensor of any shape. Its values are the same afterwards.

    Returns:
        A tensor of x's shape and dtype.

    Example:
        >>> detached_product_gradient(torch.tensor([0.0, 1.0, 2.0, 3.0]))
        tensor([0., 1., 4., 9.])

    """
    leaf = x.detach().clone().requires_grad_()
    u = (leaf * leaf).detach()
    (u * leaf).sum().backward()
    return leaf.grad


def control_flow_gradient(a: torch.Tensor) -> torch.Tensor:
    """Return the derivative at a of a function that is computed by a loop and a branch.

    The function begins with b = 2 a. As long as the norm of b is below 1000, b is doubled. Its value is
    b where b is positive, and 100 b otherwise.

    Args:
        a: a tensor of shape (), not 0. Its value is the same afterwards.

    Returns:
        A tensor of shape () and a's dtype.

    Example:
        >>> control_flow_gradient(torch.tensor(3.0))
        tensor(512.)

    """

    def f(a: torch.Tensor) -> torch.Tensor:
        b, large = a * 2, 1000
        while b.norm() < large:
            b = b * 2
        return b if b.sum() > 0 else 100 * b

    leaf = a.detach().clone().requires_grad_()
    f(leaf).backward()
    return leaf.grad
