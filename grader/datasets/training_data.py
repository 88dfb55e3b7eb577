"""The images that models are trained on: the shipped subset, or the full set where it is asked for.

Read once a process and kept. A sandboxed child is shown everything but the validation labels.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

import torch

from grader.datasets import fashion_mnist

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DataSet = Literal["subset", "full"]

TIMES_AS_MANY: Final = 10
"""So many times as many images has the full set as the subset that ships; so much longer takes training."""

_source: tuple[Path | None, DataSet] = (None, "subset")


def use(folder: Path, name: DataSet = "subset") -> None:
    """Read the images below `folder` from now on; `name` chooses the band that they are judged by."""
    global _source  # noqa: PLW0603 - one choice a process, made at its start
    _source = (folder, name)
    for read in (training_images, validation_images, validation_labels):
        read.cache_clear()


def _folder() -> Path:
    folder, _name = _source
    if folder is None:
        message = "No folder with images is chosen: grader.datasets.training_data.use(folder) comes first."
        raise LookupError(message)
    return folder


def chosen() -> DataSet:
    """Return which set is used."""
    return _source[1]


@lru_cache(maxsize=1)
def training_images() -> tuple[torch.Tensor, torch.Tensor]:
    """Return images (n, 1, 28, 28) in [0, 1] and labels (n,)."""
    pair = fashion_mnist.training_images(_folder())
    return pair.images, pair.labels


@lru_cache(maxsize=1)
def validation_images() -> torch.Tensor:
    """Return images (n, 1, 28, 28) in [0, 1]."""
    return fashion_mnist.validation_images(_folder())


@lru_cache(maxsize=1)
def validation_labels() -> torch.Tensor:
    """Return labels (n,). Only the judge may ask for them."""
    return fashion_mnist.validation_labels(_folder())


def minibatches(
    images: torch.Tensor, labels: torch.Tensor, batch_size: int, *, shuffle: bool = True
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Go through in-memory examples once, in minibatches; the last one may be smaller."""
    order = torch.randperm(len(images)) if shuffle else torch.arange(len(images))
    for batch in order.split(batch_size):
        yield images[batch], labels[batch]
