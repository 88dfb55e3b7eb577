"""Fashion-MNIST as it ships: the right images, read as torchvision reads them; bad files named clearly."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from grader.datasets.errors import DataCorrupt, DataMissing
from grader.datasets.fashion_mnist import read_training, read_validation_images, read_validation_labels
from grader.datasets.idx import idx_bytes
from grader.datasets.registry import FASHION_MNIST

FILES, RAW = FASHION_MNIST.files, FASHION_MNIST.folder
SHIPPED = Path(__file__).parents[2] / "assignments" / "data"


def write(path: Path, array: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(idx_bytes(np.asarray(array, dtype=np.uint8)))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Three training and two validation images."""
    write(tmp_path / RAW / "train-images-idx3-ubyte", np.full((3, 28, 28), 51))
    write(tmp_path / RAW / "train-labels-idx1-ubyte", [9, 0, 4])
    write(tmp_path / RAW / "t10k-images-idx3-ubyte", np.full((2, 28, 28), 255))
    write(tmp_path / RAW / "t10k-labels-idx1-ubyte", [1, 2])
    return tmp_path


@pytest.mark.parametrize(("train", "per_class"), [(True, 600), (False, 100)])
def test_the_shipped_subset_is_stratified_and_shuffled(train: bool, per_class: int) -> None:
    labels = read_training(SHIPPED)[1] if train else read_validation_labels(SHIPPED)
    assert labels.bincount().tolist() == [per_class] * 10
    # Sorted by class, no two neighbours but nine would differ; shuffled, nine in ten do.
    assert (labels[1:] != labels[:-1]).float().mean() > 0.85


def test_images_are_float32_between_0_and_1_with_a_channel_axis() -> None:
    images, labels = read_training(SHIPPED)
    assert (images.shape, images.dtype) == ((6000, 1, 28, 28), torch.float32)
    assert (images.min().item(), images.max().item()) == (0, 1)
    assert labels.dtype == torch.int64


def test_torchvision_reads_the_same_pixels_and_labels() -> None:
    """In a process of its own: importing torchvision takes seconds and declares operators for good."""
    script = """if True:
        import sys, pathlib, torch
        from grader.datasets.fashion_mnist import (
            read_training, read_validation_images, read_validation_labels
        )
        from grader.datasets.torchvision_import import import_torchvision
        vision = import_torchvision()
        from torchvision import transforms
        root = pathlib.Path(sys.argv[1])
        for train in (True, False):
            theirs = vision.datasets.FashionMNIST(root, train, transform=transforms.ToTensor())
            validation = read_validation_images(root), read_validation_labels(root)
            images, labels = read_training(root) if train else validation
            assert torch.equal(theirs.targets, labels)
            assert torch.equal(torch.stack([image for image, label in theirs]), images)
        print("the same")
    """
    done = subprocess.run(
        [sys.executable, "-c", script, str(SHIPPED)], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout, done.returncode) == ("the same\n", 0), done.stderr


def test_pixels_and_labels_come_in_the_order_of_the_files(small: Path) -> None:
    images, labels = read_training(small)
    assert labels.tolist() == [9, 0, 4]
    torch.testing.assert_close(images, torch.full((3, 1, 28, 28), 0.2))
    assert read_validation_labels(small).tolist() == [1, 2]


def test_the_four_files_may_lie_in_the_folder_itself(
    small: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    flat = tmp_path_factory.mktemp("flat")
    for name in FILES:
        shutil.copy(small / RAW / name, flat)
    assert torch.equal(read_training(flat)[1], read_training(small)[1])


def test_a_child_needs_no_validation_labels_to_read_the_rest(small: Path) -> None:
    (small / RAW / "t10k-labels-idx1-ubyte").unlink()
    assert len(read_training(small)[0]) == 3
    assert read_validation_images(small).shape == (2, 1, 28, 28)
    with pytest.raises(DataMissing, match="t10k-labels-idx1-ubyte"):
        read_validation_labels(small)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(small: Path, name: str) -> None:
    (small / RAW / name).unlink()
    with pytest.raises(DataMissing, match=f"There is no {name} in .*git checkout"):
        FASHION_MNIST.counts(small)


@pytest.mark.parametrize("name", FILES)
def test_a_truncated_file_is_named(small: Path, name: str) -> None:
    path = small / RAW / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(DataCorrupt, match=rf"{name} is not the expected file: .* announces .*git checkout"):
        FASHION_MNIST.counts(small)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("train-images-idx3-ubyte", np.zeros((3, 28, 27)), r"shape \(3, 28, 27\), not \(n, 28, 28\)"),
        ("train-images-idx3-ubyte", np.zeros((0, 28, 28)), r"shape \(0, 28, 28\)"),
        ("train-images-idx3-ubyte", np.zeros(3), r"shape \(3,\), not \(n, 28, 28\)"),
        ("train-labels-idx1-ubyte", np.zeros((3, 1)), r"shape \(3, 1\), not \(n,\)"),
        ("train-labels-idx1-ubyte", [], r"shape \(0,\)"),
        ("train-labels-idx1-ubyte", [0, 10, 3], "a label 10; labels are 0 to 9"),
        ("train-labels-idx1-ubyte", [0, 1], "3 images, but 2 labels"),
    ],
)
def test_content_that_does_not_fit_is_refused(small: Path, name: str, content: object, fault: str) -> None:
    write(small / RAW / name, content)
    with pytest.raises(DataCorrupt, match=fault):
        read_training(small)


def test_reading_does_not_import_torchvision() -> None:
    script = "import sys, grader.datasets.fashion_mnist; print('torchvision' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "False\n"
