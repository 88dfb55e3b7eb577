"""Finds the full Fashion-MNIST on this machine, or has torchvision download it, within a time."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import platformdirs

from grader.datasets.fashion_mnist import FILES, RAW, SIDE, DataFault, DataMissing, data_file
from grader.datasets.idx import NotIdx, idx_shape

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE: Final = "GRADBOOK_DATA"
DEBIAN: Final = Path("/usr/share/datasets/fashion-mnist")

TRAINING: Final = 60_000
VALIDATION: Final = 10_000

DOWNLOAD_SECONDS: Final = 600.0
SILENT_SECONDS: Final = 20.0
"""torchvision waits for ever on a connection where nothing comes."""

_DOWNLOAD: Final = """
import socket, sys
socket.setdefaulttimeout(float(sys.argv[2]))
from grader.datasets.torchvision_import import import_torchvision
import_torchvision().datasets.FashionMNIST(sys.argv[1], download=True)
"""

BY_HAND: Final = (
    f"To get it by hand: put the four files {', '.join(name + '.gz' for name in FILES)} from "
    "https://github.com/zalandoresearch/fashion-mnist into a folder and set "
    f"{VARIABLE} to that folder (Debian and Ubuntu: apt install dataset-fashion-mnist)."
)


class DownloadFailed(DataFault):
    """torchvision could not download the data set, or not in time."""


def find_full(*, download: bool = False) -> Path | None:
    """Return the root of the full set, as `fashion_mnist` takes it, or None if it is not on this machine.

    Looks at the folder in GRADBOOK_DATA, then at Debian's, at `./data` (where torchvision's examples put it)
    and at the user's cache; with `download` it is fetched into the cache if none has it. A folder counts
    when the headers of its files announce 60,000 and 10,000 images; the subset that ships does not.

    Raises `DataMissing` when GRADBOOK_DATA is set and doesn't hold the full set, `DownloadFailed`.
    """
    named = os.environ.get(VARIABLE)
    if named:
        if not is_full(Path(named)):
            raise DataMissing(f"{VARIABLE} is {named}, which doesn't hold the full Fashion-MNIST. {BY_HAND}")
        return Path(named)
    cache = platformdirs.user_cache_path("gradbook", appauthor=False)
    found = next((root for root in (DEBIAN, Path("data"), cache) if is_full(root)), None)
    return download_full(cache) if found is None and download else found


def is_full(root: Path) -> bool:
    """Whether the four files below `root` say that they hold all of Fashion-MNIST."""
    return all(_announced(root, name) == _full_shape(name) for name in FILES)


def download_full(cache: Path, seconds: float = DOWNLOAD_SECONDS) -> Path:
    """Download the full set into the folder `cache`, whole or not at all, and return `cache`.

    Raises `DownloadFailed`, at the latest after `seconds`.
    """
    try:
        with _folder_beside(cache) as fresh:
            _have_torchvision_download(fresh, seconds)
            shutil.rmtree(cache / RAW.parts[0], ignore_errors=True)  # not full, or we wouldn't be here
            (fresh / RAW.parts[0]).replace(cache / RAW.parts[0])
    except OSError as fault:
        # Another run may have put the same files there in the meantime.
        if not is_full(cache):
            raise DownloadFailed(f"Fashion-MNIST can't be kept in {cache}: {fault}. {BY_HAND}") from fault
    return cache


def _have_torchvision_download(root: Path, seconds: float) -> None:
    # A process of its own can be ended wherever it hangs; -P: its imports don't see the current folder.
    command = [sys.executable, "-P", "-c", _DOWNLOAD, str(root), str(min(seconds, SILENT_SECONDS))]
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, errors="replace", timeout=seconds
        )
    except subprocess.TimeoutExpired as fault:
        raise DownloadFailed(
            f"Downloading Fashion-MNIST took more than {seconds:.0f} s. {BY_HAND}"
        ) from fault
    if done.returncode or not is_full(root):
        reason = (done.stderr.strip().splitlines() or ["the files that came are incomplete"])[-1]
        raise DownloadFailed(f"Fashion-MNIST could not be downloaded ({reason[:300]}). {BY_HAND}")


@contextlib.contextmanager
def _folder_beside(cache: Path) -> Iterator[Path]:
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix="download-") as fresh:
        yield Path(fresh)


def _announced(root: Path, name: str) -> tuple[int, ...] | None:
    try:
        path = data_file(root, name)
        return None if path is None else idx_shape(path)
    except (NotIdx, OSError):
        return None


def _full_shape(name: str) -> tuple[int, ...]:
    count = TRAINING if name.startswith("train") else VALIDATION
    return (count, SIDE, SIDE) if "images" in name else (count,)
