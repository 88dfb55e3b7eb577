"""Read Fashion-MNIST from its IDX files, without torchvision, whose import takes seconds.

A child in the sandbox that trains a student's model gets the training set alone; validation images and labels
stay with the grader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import torch

from grader.datasets.errors import DataCorrupt, DataMissing
from grader.datasets.idx import NotIdx, read_idx
from grader.datasets.registry import FASHION_MNIST

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SIDE: Final = 28
CLASSES: Final = 10

_HINT: Final = FASHION_MNIST.restore_hint


def read_training(root: Path) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the training images (n, 1, 28, 28), float32 in [0, 1], and labels (n,), int64 in 0..9.

    They are in the order of the files. `root` is a root of torchvision's, or a folder with the four files
    themselves; each may be gzipped. Raises `DataMissing` or `DataCorrupt`, as all functions here.
    """
    images, labels = _images(root, "train"), _labels(root, "train")
    if len(images) != len(labels):
        raise DataCorrupt(f"{root} holds {len(images):,} images, but {len(labels):,} labels. {_HINT}")
    return images, labels


def read_validation_images(root: Path) -> torch.Tensor:
    """Return the validation images (n, 1, 28, 28), without reading their labels."""
    return _images(root, "t10k")


def read_validation_labels(root: Path) -> torch.Tensor:
    """Return the validation labels (n,)."""
    return _labels(root, "t10k")


def _images(root: Path, split: str) -> torch.Tensor:
    path, array = _read(root, f"{split}-images-idx3-ubyte")
    if array.shape[1:] != (SIDE, SIDE) or not len(array):
        raise DataCorrupt(f"{path} holds an array of shape {array.shape}, not (n, {SIDE}, {SIDE}). {_HINT}")
    return torch.from_numpy(array.astype(np.float32)).unsqueeze(1).div_(255)


def _labels(root: Path, split: str) -> torch.Tensor:
    path, array = _read(root, f"{split}-labels-idx1-ubyte")
    if array.ndim != 1 or not len(array):
        raise DataCorrupt(f"{path} holds an array of shape {array.shape}, not (n,). {_HINT}")
    if array.max() >= CLASSES:
        raise DataCorrupt(f"{path} holds a label {array.max()}; labels are 0 to {CLASSES - 1}. {_HINT}")
    return torch.from_numpy(array.astype(np.int64))


def _read(root: Path, name: str) -> tuple[Path, NDArray[np.uint8]]:
    path = FASHION_MNIST.file(root, name)
    if path is None:
        folder = root / FASHION_MNIST.folder
        raise DataMissing(f"There is no {name} in {folder}, nor in {root} itself. {_HINT}")
    try:
        return path, read_idx(path)
    except NotIdx as error:
        raise DataCorrupt(f"{path} is not the expected file: {error}. {_HINT}") from error
    except OSError as error:
        raise DataCorrupt(f"{path} can't be read: {error.strerror or error}. {_HINT}") from error
