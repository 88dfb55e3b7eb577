"""The registry of data sets, which a course names in `course.toml`: `data = "fashion-mnist"`.

To add a data set, add its record here, write the module that reads it (see `DataSet.reader`), and its tests
in `tests/datasets/`. Nothing heavy is imported here: command lines and pytest read titles and texts from it.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, cast

from grader.datasets.errors import DataCorrupt, DataMissing

if TYPE_CHECKING:
    from collections.abc import Mapping

    import torch

DATA_SET_VARIABLE: Final = "GRADBOOK_DATA_SET"
"""The environment variable that names the course's data set to a process in the sandbox."""


class Reader(Protocol):
    """What the module that reads a data set defines. `root` is a folder as `DataSet.file` searches it.

    Each function raises `DataMissing` or `DataCorrupt`.
    """

    def read_training(self, root: Path) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the training images and their labels (n,)."""

    def read_validation_images(self, root: Path) -> torch.Tensor:
        """Return the validation images, without reading their labels."""

    def read_validation_labels(self, root: Path) -> torch.Tensor:
        """Return the validation labels (n,)."""


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set.

    Args:
        name: its name in `course.toml`.
        title: its name in texts.
        full_shapes: its files, each with the shape that its header announces in the full set.
        validation: the files that only judges may read, never code in the sandbox.
        folder: the folder of the files below a root, as torchvision lays them out.
        torchvision_class: the class of `torchvision.datasets` that downloads it.
        system_folder: the folder of the system's own package of it.
        restore_hint: how to restore the files that ship with a course.
        download_hint: how to get the full set without torchvision; `{variable}` names its folder.
        reader: the name of the module that reads it, a `Reader`.
    """

    name: str
    title: str
    full_shapes: Mapping[str, tuple[int, ...]]
    validation: tuple[str, ...]
    folder: Path
    torchvision_class: str
    system_folder: Path
    restore_hint: str
    download_hint: str
    reader: str

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files, each of which may have the ending .gz."""
        return tuple(self.full_shapes)

    def file(self, root: Path, name: str) -> Path | None:
        """Return the path of a file: below `root` as torchvision has it, or in `root` itself; else None."""
        folders = (root / self.folder, root)
        candidates = (folder / (name + ending) for folder in folders for ending in ("", ".gz"))
        return next((path for path in candidates if path.is_file()), None)

    def has_any_file(self, root: Path) -> bool:
        """Return whether `root` holds at least one of the files."""
        return any(self.file(root, name) is not None for name in self.files)

    def require(self, root: Path) -> Path:
        """Return `root`. Raises `DataMissing` unless it holds all files."""
        missing = [name for name in self.files if self.file(root, name) is None]
        if missing:
            raise DataMissing(f"There is no {missing[0]} in {root}. {self.restore_hint}")
        return root

    def visible_files(self, root: Path) -> dict[str, Path]:
        """Return the files that code in the sandbox may read, by their path below another root."""
        paths = [self.file(root, name) for name in self.files if name not in self.validation]
        return {f"{self.folder.as_posix()}/{path.name}": path for path in paths if path is not None}

    def find_full(self, *, download: bool = False) -> Path | None:
        """Return the root of the full set: see `grader.datasets.download.find_full`."""
        from grader.datasets import download as finder

        return finder.find_full(self, download=download)

    def content_hash(self, root: Path) -> str:
        """Return a hash of the files, the same for plain and gzipped ones.

        Raises `DataCorrupt` or `DataMissing`.
        """
        digest = hashlib.sha256()
        for name in self.files:
            path = self.file(self.require(root), name)
            assert path is not None  # noqa: S101 - all are there
            try:
                with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
                    digest.update(f"{name}\0".encode() + hashlib.file_digest(file, "sha256").digest())
            except (OSError, EOFError, zlib.error) as error:
                raise DataCorrupt(f"{path} can't be read: {error}. {self.restore_hint}") from error
        return f"sha256:{digest.hexdigest()}"

    def read_training(self, root: Path) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the training images and their labels (n,). Raises `DataMissing` or `DataCorrupt`."""
        return self._reader().read_training(root)

    def read_validation_images(self, root: Path) -> torch.Tensor:
        """Return the validation images. Raises `DataMissing` or `DataCorrupt`."""
        return self._reader().read_validation_images(root)

    def read_validation_labels(self, root: Path) -> torch.Tensor:
        """Return the validation labels (n,). Raises `DataMissing` or `DataCorrupt`."""
        return self._reader().read_validation_labels(root)

    def counts(self, root: Path) -> tuple[int, int]:
        """Read all files, and return the numbers of training and validation images.

        Raises `DataMissing` or `DataCorrupt`.
        """
        images, labels = self.read_validation_images(root), self.read_validation_labels(root)
        if len(images) != len(labels):
            message = f"{root} holds {len(images):,} images, but {len(labels):,} labels. {self.restore_hint}"
            raise DataCorrupt(message)
        return len(self.read_training(root)[0]), len(images)

    def _reader(self) -> Reader:
        return cast("Reader", importlib.import_module(self.reader))


FASHION_MNIST: Final = DataSet(
    name="fashion-mnist",
    title="Fashion-MNIST",
    full_shapes={
        "train-images-idx3-ubyte": (60_000, 28, 28),
        "train-labels-idx1-ubyte": (60_000,),
        "t10k-images-idx3-ubyte": (10_000, 28, 28),
        "t10k-labels-idx1-ubyte": (10_000,),
    },
    validation=("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
    folder=Path("FashionMNIST/raw"),
    torchvision_class="FashionMNIST",
    system_folder=Path("/usr/share/datasets/fashion-mnist"),
    restore_hint=(
        "Restore the files of assignments/data with `git checkout -- assignments/data`; "
        "for the full set, download its four files again."
    ),
    download_hint=(
        "To get it by hand: put the four files train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, "
        "t10k-images-idx3-ubyte.gz, t10k-labels-idx1-ubyte.gz from "
        "https://github.com/zalandoresearch/fashion-mnist into a folder and set {variable} to that folder "
        "(Debian and Ubuntu: apt install dataset-fashion-mnist)."
    ),
    reader="grader.datasets.fashion_mnist",
)

DATA_SETS: Final = {one.name: one for one in (FASHION_MNIST,)}
"""All data sets, by name."""

DEFAULT: Final = FASHION_MNIST
"""The data set of a course that names none."""
