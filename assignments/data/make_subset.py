"""Makes the subset of Fashion-MNIST in this folder: python assignments/data/make_subset.py SOURCE [TARGET].

SOURCE holds the full set's four files, plain or gzipped. The subset is stratified: 600 training and 100
validation images of each class, the latter from the test files. Which images, and in which order, follows
from hashing their positions; no random generator is asked, so that the files come out the same, bit for
bit, with any version of Python and NumPy.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.datasets.fashion_mnist import CLASSES, SIDE
from grader.datasets.idx import NotIdx, idx_bytes, read_idx
from grader.datasets.registry import FASHION_MNIST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SEED: Final = 20170825
"""The day on which Fashion-MNIST was put on arXiv."""

PER_CLASS: Final = {"train": 600, "t10k": 100}


def chosen(labels: NDArray[np.uint8], per_class: int, split: str) -> list[int]:
    """Positions of `per_class` images of each class, shuffled. Raises `ValueError` where they are too few."""
    seen: Counter[int] = Counter()
    positions = []
    for position in sorted(range(len(labels)), key=lambda position: _rank(split, position)):
        label = int(labels[position])
        seen[label] += 1
        if seen[label] <= per_class:
            positions.append(position)
    if len(positions) != CLASSES * per_class:
        raise ValueError(f"{per_class} images of each class are needed; there are {sorted(seen.items())}.")
    return positions


def write_subset(source: Path, target: Path) -> list[Path]:
    """Write the subset of the data in `source` below `target`, as torchvision wants it; returns the files."""
    written = []
    for split, per_class in PER_CLASS.items():
        labels = _read(source, f"{split}-labels-idx1-ubyte")
        images = _read(source, f"{split}-images-idx3-ubyte")
        if images.shape != (len(labels), SIDE, SIDE):
            raise ValueError(f"{source} holds {len(labels)} labels for images of shape {images.shape}.")
        positions = chosen(labels, per_class, split)
        written += [
            _write(target, f"{split}-images-idx3-ubyte", images[positions]),
            _write(target, f"{split}-labels-idx1-ubyte", labels[positions]),
        ]
    return written


def _rank(split: str, position: int) -> bytes:
    return hashlib.sha256(f"{SEED} {split} {position}".encode()).digest()


def _read(source: Path, name: str) -> NDArray[np.uint8]:
    path = FASHION_MNIST.file(source, name)
    if path is None:
        raise FileNotFoundError(f"There is no {name} or {name}.gz in {source}.")
    return read_idx(path)


def _write(target: Path, name: str, array: NDArray[np.uint8]) -> Path:
    path = target / FASHION_MNIST.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(idx_bytes(array))
    return path


def main(arguments: list[str]) -> int:
    """Write the subset and print its checksums, in the form that `sha256sum --check` reads."""
    if len(arguments) not in {1, 2}:
        print(__doc__, file=sys.stderr)
        return 2
    source, target = (*map(Path, arguments), Path(__file__).parent)[:2]
    try:
        written = write_subset(source, target)
    except (NotIdx, OSError, ValueError) as fault:
        print(f"make_subset: {fault}", file=sys.stderr)
        return 1
    for path in written:
        print(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(target).as_posix()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
