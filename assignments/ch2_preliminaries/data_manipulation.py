"""2.1 Data manipulation."""

import numpy as np
import torch


def range_matrix(rows: int, cols: int) -> torch.Tensor:
    """Make a matrix that counts up from 0: along the first row, then along the second, and so on.

    Args:
        rows: how many rows, 1 or more.
        cols: how many columns, 1 or more.

    Returns:
        A float32 tensor of shape (rows, cols).

    Example:
        >>> range_matrix(3, 4)
        tensor([[ 0.,  1.,  2.,  3.],
                [ 4.,  5.,  6.,  7.],
                [ 8.,  9., 10., 11.]])

    """
    raise NotImplementedError


def write_element(X: torch.Tensor, row: int, col: int, value: float) -> torch.Tensor:
    """Replace one element of X by another number, in place: it is X that changes, and not a copy.

    Args:
        X: a matrix (m, n).
        row: the element's row, counted from 0.
        col: its column, counted from 0.
        value: the new number.

    Returns:
        X itself: the very tensor that was given.

    Example:
        >>> X = torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]])
        >>> write_element(X, 1, 2, 17.0)
        tensor([[ 0.,  1.,  2.],
                [ 3.,  4., 17.]])
        >>> X[1, 2]
        tensor(17.)

    """
    raise NotImplementedError


def write_rows(X: torch.Tensor, start: int, stop: int, value: float) -> torch.Tensor:
    """Fill some rows of X with a number, in place: it is X that changes, and not a copy.

    Args:
        X: a matrix (m, n).
        start: the first row to fill, counted from 0.
        stop: the row before which to stop; start < stop <= m.
        value: the number that all elements of these rows become.

    Returns:
        X itself: the very tensor that was given.

    Example:
        >>> X = torch.tensor([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
        >>> write_rows(X, 0, 2, 12.0)
        tensor([[12., 12.],
                [12., 12.],
                [ 4.,  5.]])

    """
    raise NotImplementedError


def elementwise(x: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """Combine two tensors element by element, by each of the five operators of arithmetic.

    Args:
        x: a tensor with one axis or more. Negative numbers and 0 come with exponents 1, 2 or 3 only.
        y: a tensor of the same shape and dtype, without zeros.

    Returns:
        Five new tensors of this shape and dtype: sums, differences (x less y), products, quotients (x over y)
        and powers (x to the y), in this order.

    Example:
        >>> sums, differences, products, quotients, powers = elementwise(
        ...     torch.tensor([1.0, 2.0, 4.0, 8.0]), torch.tensor([2.0, 2.0, 2.0, 2.0])
        ... )
        >>> differences
        tensor([-1.,  0.,  2.,  6.])
        >>> powers
        tensor([ 1.,  4., 16., 64.])

    """
    raise NotImplementedError


def concatenate(X: torch.Tensor, Y: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Join two matrices in both ways: Y below X, and Y to the right of X.

    Args:
        X: a matrix (m, n).
        Y: another one of the same shape and dtype.

    Returns:
        `(along rows, along columns)`: new tensors of shapes (2m, n) and (m, 2n).

    Example:
        >>> below, beside = concatenate(torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0, 4.0]]))
        >>> below
        tensor([[1., 2.],
                [3., 4.]])
        >>> beside
        tensor([[1., 2., 3., 4.]])

    """
    raise NotImplementedError


def broadcast_sum(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Add every element of a to every element of b.

    Args:
        a: a vector (m,).
        b: a vector (n,) of the same dtype; n may differ from m.

    Returns:
        A new matrix (m, n), with a[i] + b[j] in row i and column j.

    Example:
        >>> broadcast_sum(torch.tensor([0.0, 1.0, 2.0]), torch.tensor([10.0, 20.0]))
        tensor([[10., 20.],
                [11., 21.],
                [12., 22.]])

    """
    raise NotImplementedError


def add_in_place(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Add y to x so that the sum lies in the memory in which x lay.

    Args:
        x: a tensor with one axis or more; it becomes the sum.
        y: a tensor of the same shape and dtype; it stays as it is.

    Returns:
        x itself: the very tensor that was given.

    Example:
        >>> x, y = torch.tensor([1.0, 2.0]), torch.tensor([10.0, 20.0])
        >>> address = x.data_ptr()
        >>> add_in_place(x, y)
        tensor([11., 22.])
        >>> x.data_ptr() == address
        True

    """
    raise NotImplementedError


def to_numpy_and_back(x: torch.Tensor) -> tuple[np.ndarray, torch.Tensor]:
    """Turn a tensor into a NumPy array, and that into a tensor, without copying a number.

    Args:
        x: a tensor with one axis or more, on the CPU.

    Returns:
        `(array, tensor)`, both of x's shape and dtype and in x's memory: what is written into one of
        the three stands in all of them.

    Example:
        >>> x = torch.zeros(3)
        >>> array, tensor = to_numpy_and_back(x)
        >>> x[0] = 5
        >>> array, tensor
        (array([5., 0., 0.], dtype=float32), tensor([5., 0., 0.]))

    """
    raise NotImplementedError


def to_scalars(x: torch.Tensor) -> tuple[float, float, int]:
    """Turn a tensor of a single element into numbers of Python.

    Args:
        x: a tensor of shape (), (1,) or (1, 1); floating, or of integers.

    Returns:
        `(item, float, int)`: the number as it is (an int, if x is a tensor of integers), as a float, and as
        an int, without what stands behind the point.

    Example:
        >>> to_scalars(torch.tensor([3.5]))
        (3.5, 3.5, 3)

    """
    raise NotImplementedError
