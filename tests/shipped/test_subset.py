"""The shipped subset of Fashion-MNIST is what its script makes of the full set."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from grader.datasets.download import is_full
from grader.datasets.idx import idx_bytes
from grader.datasets.registry import FASHION_MNIST

FILES, RAW, DEBIAN = FASHION_MNIST.files, FASHION_MNIST.folder, FASHION_MNIST.system_folder
SHIPPED = Path(__file__).parents[2] / "assignments" / "data"


def make_subset(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SHIPPED / "make_subset.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_the_files_are_those_that_the_readme_vouches_for() -> None:
    vouched = re.findall(
        r"^([0-9a-f]{64})  (FashionMNIST/raw/\S+)$", (SHIPPED / "README.md").read_text(), re.MULTILINE
    )
    found = [(hashlib.sha256((SHIPPED / RAW / name).read_bytes()).hexdigest(), name) for name in FILES]
    assert vouched == [(checksum, f"{RAW.as_posix()}/{name}") for checksum, name in found]


@pytest.mark.skipif(
    not is_full(FASHION_MNIST, DEBIAN), reason="needs the full set: apt install dataset-fashion-mnist"
)
def test_the_script_makes_the_same_files_again(tmp_path: Path) -> None:
    done = make_subset(DEBIAN, tmp_path)
    assert done.returncode == 0, done.stderr
    for name in FILES:
        assert (tmp_path / RAW / name).read_bytes() == (SHIPPED / RAW / name).read_bytes()


def test_a_source_with_too_few_images_of_a_class_is_refused(tmp_path: Path) -> None:
    for name in FILES:
        shape = (20, 28, 28) if "images" in name else (20,)
        (tmp_path / name).write_bytes(idx_bytes(np.zeros(shape, dtype=np.uint8)))
    done = make_subset(tmp_path, tmp_path / "target")
    assert (done.returncode, done.stdout) == (1, "")
    assert "600 images of each class are needed; there are [(0, 20)]" in done.stderr


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = make_subset(tmp_path / "nowhere", tmp_path)
    assert done.returncode == 1
    assert re.search(r"There is no train-labels-idx1-ubyte .* in .*nowhere", done.stderr)


def test_without_a_source_it_says_how_it_is_called() -> None:
    done = make_subset()
    assert done.returncode == 2
    assert "python assignments/data/make_subset.py SOURCE" in done.stderr
