"""A data set is one record: its names, its files, and how it is read and found."""

from __future__ import annotations

import gzip
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import torch

from grader.datasets import training_data
from grader.datasets.errors import DataCorrupt, DataMissing
from grader.datasets.registry import DATA_SETS, DEFAULT, FASHION_MNIST, DataSet
from tests.datasets.test_fashion_mnist import SHIPPED, write

if TYPE_CHECKING:
    from pathlib import Path

LIGHT = """
import sys
import grader.datasets.registry
print([name for name in ("torch", "numpy", "platformdirs") if name in sys.modules])
"""


@pytest.mark.parametrize("data_set", DATA_SETS.values(), ids=list(DATA_SETS))
def test_a_record_is_complete(data_set: DataSet) -> None:
    assert DATA_SETS[data_set.name] is data_set
    assert set(data_set.validation) < set(data_set.files)
    assert "{variable}" in data_set.download_hint
    assert all(hasattr(data_set._reader(), name) for name in ("read_training", "read_validation_images"))


def test_a_course_that_names_none_has_fashion_mnist() -> None:
    assert DEFAULT is FASHION_MNIST


def test_the_registry_imports_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_code_in_the_sandbox_sees_all_files_but_those_of_validation() -> None:
    visible = FASHION_MNIST.visible_files(SHIPPED)
    assert sorted(visible) == [
        f"FashionMNIST/raw/{name}" for name in sorted(FASHION_MNIST.files) if not name.startswith("t10k")
    ]
    assert all(path.is_file() for path in visible.values())


def test_a_folder_holds_all_files_or_some_or_none(tmp_path: Path) -> None:
    assert FASHION_MNIST.require(SHIPPED) == SHIPPED
    assert not FASHION_MNIST.has_any_file(tmp_path)
    (tmp_path / FASHION_MNIST.files[0]).touch()
    assert FASHION_MNIST.has_any_file(tmp_path)
    with pytest.raises(DataMissing, match=f"no {FASHION_MNIST.files[1]} in .*git checkout"):
        FASHION_MNIST.require(tmp_path)


def test_images_are_counted_and_labels_with_them(tmp_path: Path) -> None:
    assert FASHION_MNIST.counts(SHIPPED) == (6000, 1000)
    for split, labels in (("train", [1, 2]), ("t10k", [1])):
        write(tmp_path / f"{split}-images-idx3-ubyte", torch.zeros(2, 28, 28).numpy())
        write(tmp_path / f"{split}-labels-idx1-ubyte", labels)
    with pytest.raises(DataCorrupt, match="2 images, but 1 labels"):
        FASHION_MNIST.counts(tmp_path)


def test_training_reads_the_chosen_data_set(tmp_path: Path) -> None:
    source = training_data._source
    read: list[Path] = []

    class Other:
        """Another data set."""

        def read_training(self, root: Path) -> tuple[torch.Tensor, torch.Tensor]:
            read.append(root)
            return torch.zeros(1), torch.zeros(1)

    training_data.use(tmp_path, data_set=Other())  # type: ignore[arg-type]
    try:
        training_data.training_images()
    finally:
        training_data.use(source.folder or SHIPPED, source.size, source.data_set)
    assert read == [tmp_path]


def test_the_hash_of_the_files_is_that_of_their_contents(tmp_path: Path) -> None:
    plain, packed = tmp_path / "plain", tmp_path / "packed"
    for folder in (plain, packed):
        folder.mkdir()
        for name in FASHION_MNIST.files:
            if folder is plain:
                (folder / name).write_bytes(name.encode())
            else:
                (folder / f"{name}.gz").write_bytes(gzip.compress(name.encode()))
    found = FASHION_MNIST.content_hash(plain)
    assert found.startswith("sha256:")
    assert FASHION_MNIST.content_hash(packed) == found
    (plain / FASHION_MNIST.files[2]).write_bytes(b"other")
    assert FASHION_MNIST.content_hash(plain) != found
    (packed / f"{FASHION_MNIST.files[0]}.gz").write_bytes(gzip.compress(b"cut off")[:-9])
    with pytest.raises(DataCorrupt, match="can't be read"):
        FASHION_MNIST.content_hash(packed)
