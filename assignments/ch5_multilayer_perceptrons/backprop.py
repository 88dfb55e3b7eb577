"""5.3 Forward and backward propagation."""

import torch


def forward_propagation(
    x: torch.Tensor, y: torch.Tensor, W1: torch.Tensor, W2: torch.Tensor, lambd: float
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """Compute what a network with one hidden layer makes of one example, step by step.

    The network has no biases; its activation is relu. The loss is half the squared distance between output
    and target, the penalty lambd / 2 times the sum of the squares of all weights. The objective is their sum.

    Args:
        x: the input, shape (d,).
        y: the target, shape (q,).
        W1: weights of the hidden layer, shape (h, d).
        W2: weights of the output layer, shape (q, h).
        lambd: strength of the penalty, 0 or more.

    Returns:
        The pre-activations z, shape (h,); the hidden units h, shape (h,); the output o, shape (q,); and the
        objective J, shape (). All have the dtype of x.

    Example:
        >>> x, y = torch.tensor([1.0, 2.0]), torch.tensor([3.0])
        >>> W1, W2 = torch.tensor([[1.0, 1.0], [1.0, -1.0]]), torch.tensor([[2.0, 5.0]])
        >>> forward_propagation(x, y, W1, W2, 2.0)
        (tensor([ 3., -1.]), tensor([3., 0.]), tensor([6.]), tensor(37.5000))

    """
    raise NotImplementedError


def backward_propagation(
    x: torch.Tensor, y: torch.Tensor, W1: torch.Tensor, W2: torch.Tensor, lambd: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """Compute the gradients of the objective of forward_propagation by the chain rule, without autograd.

    Args:
        x: the input, shape (d,).
        y: the target, shape (q,).
        W1: weights of the hidden layer, shape (h, d).
        W2: weights of the output layer, shape (q, h).
        lambd: strength of the penalty, 0 or more.

    Returns:
        The gradient with respect to W1, shape (h, d), and that with respect to W2, shape (q, h), both in the
        dtype of x. No pre-activation is ever exactly 0.

    Example:
        >>> x, y = torch.tensor([1.0, 2.0]), torch.tensor([3.0])
        >>> W1, W2 = torch.tensor([[1.0, 1.0], [1.0, -1.0]]), torch.tensor([[2.0, 5.0]])
        >>> of_W1, of_W2 = backward_propagation(x, y, W1, W2, 2.0)
        >>> of_W1
        tensor([[ 8., 14.],
                [ 2., -2.]])
        >>> of_W2
        tensor([[13., 10.]])

    """
    raise NotImplementedError
