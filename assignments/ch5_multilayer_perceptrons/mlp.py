"""5.1 Multilayer perceptrons."""

from collections.abc import Callable

import torch


def relu(X: torch.Tensor) -> torch.Tensor:
    """Return the rectified linear unit of every element: positive ones stay, negative ones become 0.

    It is made of elementary operations. PyTorch's own ReLU is not used, nor another function that is one
    for some arguments, such as leaky_relu.

    Args:
        X: a tensor of any shape.

    Returns:
        A new tensor of the same shape and dtype, through which gradients flow back to X.

    Example:
        >>> relu(torch.tensor([-8.0, 0.0, 2.5]))
        tensor([0.0000, 0.0000, 2.5000])

    """
    raise NotImplementedError


def sigmoid(X: torch.Tensor) -> torch.Tensor:
    """Squash every element into the interval from 0 to 1 by the logistic function.

    It is made of elementary operations, such as the exponential, or of another activation. PyTorch's own
    sigmoid is not used.

    Args:
        X: a tensor of any shape.

    Returns:
        A new tensor of the same shape and dtype, through which gradients flow back to X.

    Example:
        >>> sigmoid(torch.tensor([-2.0, 0.0, 2.0]))
        tensor([0.1192, 0.5000, 0.8808])

    """
    raise NotImplementedError


def tanh(X: torch.Tensor) -> torch.Tensor:
    """Squash every element into the interval from -1 to 1 by the hyperbolic tangent.

    It is made of elementary operations, such as the exponential, or of another activation. PyTorch's own
    tanh is not used.

    Args:
        X: a tensor of any shape.

    Returns:
        A new tensor of the same shape and dtype, through which gradients flow back to X.

    Example:
        >>> tanh(torch.tensor([-1.0, 0.0, 1.0]))
        tensor([-0.7616,  0.0000,  0.7616])

    """
    raise NotImplementedError


def activation_gradient(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """Return the derivative of an activation function at every element of x, by automatic differentiation.

    Unlike in the book, x stays as it is: neither its values nor its `requires_grad` nor its `grad` change.

    Args:
        f: a function that treats each element alone, such as relu; it returns a tensor of x's shape.
        x: a tensor of any shape, with or without `requires_grad`.

    Returns:
        A tensor of x's shape and dtype that holds f'(x) for each element.

    Example:
        >>> activation_gradient(torch.square, torch.tensor([-1.0, 0.0, 3.0]))
        tensor([-2.,  0.,  6.])

    """
    raise NotImplementedError
