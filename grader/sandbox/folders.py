"""Remove what hostile code wrote into a folder."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def empty_folder(folder: Path) -> None:
    """Remove what is in a folder, however deep, whether it may be listed or not. No link is followed.

    The contents of each subfolder are moved up before it is removed, so that no path gets long.

    Raises:
        OSError: something can't be removed.
    """
    while left := list(folder.iterdir()):
        for path in left:
            if path.is_symlink() or not path.is_dir():
                path.unlink()
                continue
            path.chmod(0o700)
            for inner in list(path.iterdir()):
                if inner.is_symlink() or not inner.is_dir():
                    inner.unlink()
                else:
                    inner.chmod(0o700)  # else it can't be moved: its ".." changes
                    inner.rename(folder / secrets.token_hex())
            path.rmdir()
