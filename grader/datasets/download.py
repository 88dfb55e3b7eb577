"""Find a full data set on this machine, or have torchvision download it, with a timeout."""

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

from grader.datasets.errors import DataMissing, DownloadFailed
from grader.datasets.idx import NotIdx, idx_shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.datasets.registry import DataSet

VARIABLE: Final = "GRADBOOK_DATA"

DOWNLOAD_SECONDS: Final = 600.0
SILENT_SECONDS: Final = 20.0
"""Timeout for a connection on which nothing arrives; torchvision itself has none."""

_DOWNLOAD: Final = """
import socket, sys
socket.setdefaulttimeout(float(sys.argv[2]))
from grader.datasets.torchvision_import import import_torchvision
getattr(import_torchvision().datasets, sys.argv[3])(sys.argv[1], download=True)
"""


def find_full(data_set: DataSet, *, download: bool = False) -> Path | None:
    """Return the root of a full data set, as `DataSet.file` takes it, or None if it is not on this machine.

    Searched are the folder in GRADBOOK_DATA, the system's, `./data` (where torchvision's examples put it) and
    the user's cache; with `download` it is downloaded into the cache if none has it. A folder counts if the
    headers of its files announce the full set; the subset that ships with a course does not.

    Raises `DataMissing` if GRADBOOK_DATA is set and doesn't hold the full set, `DownloadFailed`.
    """
    named = os.environ.get(VARIABLE)
    if named:
        if not is_full(data_set, Path(named)):
            raise DataMissing(
                f"{VARIABLE} is {named}, which doesn't hold the full {data_set.title}. {_hint(data_set)}"
            )
        return Path(named)
    cache = platformdirs.user_cache_path("gradbook", appauthor=False)
    roots = (data_set.system_folder, Path("data"), cache)
    found = next((root for root in roots if is_full(data_set, root)), None)
    return download_full(data_set, cache) if found is None and download else found


def is_full(data_set: DataSet, root: Path) -> bool:
    """Return whether the headers of the files below `root` announce the full data set."""
    shapes = data_set.full_shapes.items()
    return all(_announced_shape(data_set, root, name) == shape for name, shape in shapes)


def download_full(data_set: DataSet, cache: Path, seconds: float = DOWNLOAD_SECONDS) -> Path:
    """Download a full data set into the folder `cache`, whole or not at all, and return `cache`.

    Raises `DownloadFailed`, at the latest after `seconds`.
    """
    top = data_set.folder.parts[0]
    try:
        with _folder_beside(cache) as fresh:
            _run_torchvision(data_set, fresh, seconds)
            shutil.rmtree(cache / top, ignore_errors=True)  # not full, or this would not have been called
            (fresh / top).replace(cache / top)
    except OSError as error:
        # Another run may have put the same files there in the meantime.
        if not is_full(data_set, cache):
            message = f"{data_set.title} can't be stored in {cache}: {error}. {_hint(data_set)}"
            raise DownloadFailed(message) from error
    return cache


def _run_torchvision(data_set: DataSet, root: Path, seconds: float) -> None:
    # A process of its own can be killed wherever it hangs; -P: it doesn't import from the current folder.
    silent_seconds = str(min(seconds, SILENT_SECONDS))
    command = [sys.executable, "-P", "-c", _DOWNLOAD, str(root), silent_seconds, data_set.torchvision_class]
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, errors="replace", timeout=seconds
        )
    except subprocess.TimeoutExpired as error:
        raise DownloadFailed(
            f"Downloading {data_set.title} took more than {seconds:.0f} s. {_hint(data_set)}"
        ) from error
    if done.returncode or not is_full(data_set, root):
        reason = (done.stderr.strip().splitlines() or ["the downloaded files are incomplete"])[-1]
        raise DownloadFailed(f"{data_set.title} could not be downloaded ({reason[:300]}). {_hint(data_set)}")


def _hint(data_set: DataSet) -> str:
    return data_set.download_hint.format(variable=VARIABLE)


@contextlib.contextmanager
def _folder_beside(cache: Path) -> Iterator[Path]:
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix="download-") as fresh:
        yield Path(fresh)


def _announced_shape(data_set: DataSet, root: Path, name: str) -> tuple[int, ...] | None:
    try:
        path = data_set.file(root, name)
        return None if path is None else idx_shape(path)
    except (NotIdx, OSError):
        return None
