"""Reads Fashion-MNIST from its IDX files, without torchvision, whose import takes seconds.

Reading is split where the sandbox splits it: a child that trains a student's model gets `training_images`
and `validation_images`; `validation_labels` stay with the grader.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import torch

from grader.datasets.idx import NotIdx, read_idx

if TYPE_CHECKING:
    from numpy.typing import NDArray

RAW: Final = Path("FashionMNIST/raw")
"""Where torchvision keeps the files, below its `root`."""

FILES: Final = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)
SIDE: Final = 28
CLASSES: Final = 10

REMEDY: Final = (
    "Restore the files of assignments/data with `git checkout -- assignments/data`; "
    "for the full set, download its four files again."
)


class DataFault(Exception):
    """Fashion-MNIST can't be had; the message says what to do."""


class DataMissing(DataFault):
    """One of the four files is not there."""


class DataCorrupt(DataFault):
    """A file is there, but it isn't what its name says."""


@dataclass(frozen=True, slots=True)
class Images:
    """Labelled images: `images` (n, 1, 28, 28) float32 in [0, 1], `labels` (n,) int64 in 0..9."""

    images: torch.Tensor
    labels: torch.Tensor


def fashion_mnist(root: Path, *, train: bool) -> Images:
    """The training or the validation set below `root`: `torchvision.datasets.FashionMNIST`, as two tensors.

    `root` is a root of torchvision's, or a folder that directly holds the four files; each may be gzipped.
    Raises `DataMissing` or `DataCorrupt`, as all functions here.
    """
    if train:
        return training_images(root)
    return _paired(validation_images(root), validation_labels(root), root)


def training_images(root: Path) -> Images:
    """The training set, in the files' order."""
    return _paired(_images(root, "train"), _labels(root, "train"), root)


def validation_images(root: Path) -> torch.Tensor:
    """The validation set's images, (n, 1, 28, 28), without a look at its labels."""
    return _images(root, "t10k")


def validation_labels(root: Path) -> torch.Tensor:
    """The validation set's labels, (n,)."""
    return _labels(root, "t10k")


def data_file(root: Path, name: str) -> Path | None:
    """The file below `root` that holds `name`, one of `FILES`; None where there is none."""
    candidates = (folder / (name + ending) for folder in (root / RAW, root) for ending in ("", ".gz"))
    return next((path for path in candidates if path.is_file()), None)


def _paired(images: torch.Tensor, labels: torch.Tensor, root: Path) -> Images:
    if len(images) != len(labels):
        raise DataCorrupt(f"{root} holds {len(images):,} images, but {len(labels):,} labels. {REMEDY}")
    return Images(images, labels)


def _images(root: Path, split: str) -> torch.Tensor:
    path, array = _read(root, f"{split}-images-idx3-ubyte")
    if array.shape[1:] != (SIDE, SIDE) or not len(array):
        raise DataCorrupt(f"{path} holds an array of shape {array.shape}, not (n, {SIDE}, {SIDE}). {REMEDY}")
    return torch.from_numpy(array.astype(np.float32)).unsqueeze(1).div_(255)


def _labels(root: Path, split: str) -> torch.Tensor:
    path, array = _read(root, f"{split}-labels-idx1-ubyte")
    if array.ndim != 1 or not len(array):
        raise DataCorrupt(f"{path} holds an array of shape {array.shape}, not (n,). {REMEDY}")
    if array.max() >= CLASSES:
        raise DataCorrupt(f"{path} holds a label {array.max()}; labels are 0 to {CLASSES - 1}. {REMEDY}")
    return torch.from_numpy(array.astype(np.int64))


def _read(root: Path, name: str) -> tuple[Path, NDArray[np.uint8]]:
    path = data_file(root, name)
    if path is None:
        raise DataMissing(f"There is no {name} in {root / RAW}, nor in {root} itself. {REMEDY}")
    try:
        return path, read_idx(path)
    except NotIdx as fault:
        raise DataCorrupt(f"{path} is not the file that it should be: {fault}. {REMEDY}") from fault
    except OSError as fault:
        raise DataCorrupt(f"{path} can't be read: {fault.strerror or fault}. {REMEDY}") from fault
