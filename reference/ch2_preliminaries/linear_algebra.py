"""2.3 Linear algebra."""

import torch


def is_symmetric(A: torch.Tensor) -> bool:
    """Say whether a square matrix is the same after its rows and columns have changed places.

    Elements that differ at all differ by 1e-2 or more: whether you allow for rounding is up to you.

    Args:
        A: a square matrix, shape (n, n).

    Returns:
        Python's True or False, not a tensor.

    Example:
        >>> is_symmetric(torch.tensor([[1.0, 2.0, 3.0], [2.0, 0.0, 4.0], [3.0, 4.0, 5.0]]))
        True

    """
    return bool((A == A.T).all())


def normalize_rows(A: torch.Tensor) -> torch.Tensor:
    """Divide each row of a matrix by its sum.

    Args:
        A: a matrix, shape (m, n); no row sums to 0.

    Returns:
        A new matrix of the same shape and dtype.

    Example:
        >>> normalize_rows(torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]))
        tensor([[0.0000, 0.3333, 0.6667],
                [0.2500, 0.3333, 0.4167]])

    """
    return A / A.sum(axis=1, keepdims=True)  # (m, n) / (m, 1)


def axis_sums(A: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Sum a matrix down its rows, along its columns, and as a whole.

    Args:
        A: a matrix, shape (m, n).

    Returns:
        `(down, along, everything)`, tensors of A's dtype: a sum for each column, shape (n,), a sum for each
        row, shape (m,), and the sum of all elements, shape ().

    Example:
        >>> axis_sums(torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]))
        (tensor([3., 5., 7.]), tensor([ 3., 12.]), tensor(15.))

    """
    return A.sum(axis=0), A.sum(axis=1), A.sum()


def axis_means(A: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Average a matrix down its rows, along its columns, and as a whole.

    Args:
        A: a matrix, shape (m, n).

    Returns:
        `(down, along, everything)`, tensors of A's dtype: a mean for each column, shape (n,), a mean for each
        row, shape (m,), and the mean of all elements, shape ().

    Example:
        >>> axis_means(torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]))
        (tensor([1.5000, 2.5000, 3.5000]), tensor([1., 4.]), tensor(2.5000))

    """
    return A.mean(axis=0), A.mean(axis=1), A.mean()


def transpose_sum(A: torch.Tensor, B: torch.Tensor) -> torch.Tensor:
    """Return the transpose of A + B, computed from the transposes of A and of B.

    Args:
        A: a matrix, shape (m, n).
        B: a matrix of the same shape and dtype.

    Returns:
        A matrix of that dtype, shape (n, m).

    Example:
        >>> transpose_sum(torch.tensor([[1.0, 2.0, 3.0]]), torch.tensor([[10.0, 20.0, 30.0]]))
        tensor([[11.],
                [22.],
                [33.]])

    """
    return A.T + B.T


def cumulative_sum(A: torch.Tensor) -> torch.Tensor:
    """Return running sums down the rows of a matrix: row i holds the sums of rows 0 to i.

    Args:
        A: a matrix, shape (m, n).

    Returns:
        A new matrix of the same shape and dtype.

    Example:
        >>> cumulative_sum(torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]))
        tensor([[0., 1., 2.],
                [3., 5., 7.]])

    """
    return A.cumsum(axis=0)


def dot(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return the dot product of two vectors.

    Args:
        x: a vector, shape (n,).
        y: a vector of the same shape and dtype.

    Returns:
        A tensor of that dtype, shape ().

    Example:
        >>> dot(torch.tensor([0.0, 1.0, 2.0]), torch.tensor([1.0, 1.0, 1.0]))
        tensor(3.)

    """
    return torch.dot(x, y)


def matvec(A: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """Return the product of a matrix and a vector.

    Args:
        A: a matrix, shape (m, n).
        x: a vector of the same dtype, shape (n,).

    Returns:
        A vector of that dtype, shape (m,).

    Example:
        >>> matvec(torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]), torch.tensor([0.0, 1.0, 2.0]))
        tensor([ 5., 14.])

    """
    return A @ x


def matmul(A: torch.Tensor, B: torch.Tensor) -> torch.Tensor:
    """Return the product of two matrices.

    Args:
        A: a matrix, shape (m, k).
        B: a matrix of the same dtype, shape (k, n).

    Returns:
        A matrix of that dtype, shape (m, n).

    Example:
        >>> matmul(torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]), torch.ones(3, 4))
        tensor([[ 3.,  3.,  3.,  3.],
                [12., 12., 12., 12.]])

    """
    return A @ B


def l1_norm(x: torch.Tensor) -> torch.Tensor:
    """Return the l1 norm of a vector, its Manhattan distance from the origin.

    Args:
        x: a vector, shape (n,).

    Returns:
        A tensor of x's dtype, shape ().

    Example:
        >>> l1_norm(torch.tensor([3.0, -4.0]))
        tensor(7.)

    """
    return x.abs().sum()


def l2_norm(x: torch.Tensor) -> torch.Tensor:
    """Return the l2 norm of a vector, its Euclidean distance from the origin.

    Args:
        x: a vector, shape (n,).

    Returns:
        A tensor of x's dtype, shape ().

    Example:
        >>> l2_norm(torch.tensor([3.0, -4.0]))
        tensor(5.)

    """
    return torch.linalg.vector_norm(x)


def frobenius_norm(A: torch.Tensor) -> torch.Tensor:
    """Return the Frobenius norm of a matrix, which treats it as if it were one long vector.

    Args:
        A: a matrix, shape (m, n).

    Returns:
        A tensor of A's dtype, shape ().

    Example:
        >>> frobenius_norm(torch.ones(4, 9))
        tensor(6.)

    """
    return torch.linalg.matrix_norm(A)
