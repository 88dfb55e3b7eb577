"""The images that models are trained on: the subset that ships with a course, or the full data set.

They are read once per process. A sandboxed child can read the training images alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import torch

from grader.datasets.registry import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.datasets.registry import DataSet
    from grader.records.worker_protocol import DataSize

FULL_TO_SUBSET: Final = 10
"""How many times more images the full set has than the shipped subset; training takes that much longer."""


class _Source(NamedTuple):
    folder: Path | None
    size: DataSize
    data_set: DataSet


_source = _Source(None, "subset", DEFAULT)


def use(folder: Path, size: DataSize = "subset", data_set: DataSet = DEFAULT) -> None:
    """Read the images of a data set below `folder` from now on; `size` selects the bands of checks."""
    global _source  # noqa: PLW0603 - set once per process, at its start
    _source = _Source(folder, size, data_set)
    for read in (training_images, validation_images, validation_labels):
        read.cache_clear()


def _folder() -> Path:
    if _source.folder is None:
        message = "No folder with images is chosen: grader.datasets.training_data.use(folder) comes first."
        raise LookupError(message)
    return _source.folder


def size_in_use() -> DataSize:
    """Return whether the subset or the full set is used."""
    return _source.size


@lru_cache(maxsize=1)
def training_images() -> tuple[torch.Tensor, torch.Tensor]:
    """Return the training images (n, 1, 28, 28), float32 in [0, 1], and labels (n,) of Fashion-MNIST.

    They are those of the chosen data set, the shipped subset by default. Raises `LookupError` if no folder
    with images is chosen.

    Example:
        >>> def images_and_labels_match():
        ...     images, labels = training_images()
        ...     assert len(images) == len(labels)

    """
    return _source.data_set.read_training(_folder())


@lru_cache(maxsize=1)
def validation_images() -> torch.Tensor:
    """Return the validation images (n, 1, 28, 28), float32 in [0, 1], of Fashion-MNIST.

    Only judges, such as laws, have them; student code and drive files don't. Raises `LookupError` if no
    folder with images is chosen.

    Example:
        >>> def outputs(W, b):
        ...     return validation_images().reshape(-1, 784) @ W + b

    """
    return _source.data_set.read_validation_images(_folder())


@lru_cache(maxsize=1)
def validation_labels() -> torch.Tensor:
    """Return the validation labels (n,) of Fashion-MNIST.

    Only judges, such as laws, have them; student code and drive files don't. Raises `LookupError` if no
    folder with images is chosen.

    Example:
        >>> def accuracy(outputs):
        ...     return (outputs.argmax(dim=1) == validation_labels()).double().mean()

    """
    return _source.data_set.read_validation_labels(_folder())


def minibatches(
    images: torch.Tensor, labels: torch.Tensor, batch_size: int, *, shuffle: bool = True
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Yield every example once, in minibatches; the last one may be smaller.

    Args:
        images: a tensor whose first axis is that of the examples.
        labels: a tensor (n,), or (n, ...).
        batch_size: the number of examples in a minibatch.
        shuffle: whether to shuffle, with torch's global random number generator.

    Example:
        >>> X, y = torch.zeros(5, 1, 28, 28), torch.arange(5)
        >>> [len(labels) for _, labels in minibatches(X, y, 2)]
        [2, 2, 1]

    """
    order = torch.randperm(len(images)) if shuffle else torch.arange(len(images))
    for batch in order.split(batch_size):
        yield images[batch], labels[batch]
