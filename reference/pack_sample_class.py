"""Pack those submissions of the sample class that are archives, from the sources beside them.

    python reference/pack_sample_class.py

The archives are in the repository, and a test compares them with their sources. The same sources give the
same archives: every file is of one date and owned by nobody, and the zips are not compressed.
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

CLASS = Path(__file__).with_name("sample_class")
SOURCES = CLASS / ".archives"

MACOS_RESOURCE_FORK = bytes.fromhex("00051607 00020000") + b"Mac OS X        " + bytes(2)


def archives() -> dict[str, bytes]:
    """Return the archives by file name, as they should be."""
    pavel = zipped(SOURCES / "pavel")
    return {
        "chen.zip": zipped(SOURCES / "chen", macos=True),
        "dmitri.tgz": gzip.compress(tarred(SOURCES / "dmitri"), mtime=0),
        # An upload that broke off.
        "pavel.zip": pavel[: 2 * len(pavel) // 3],
    }


def zipped(folder: Path, *, macos: bool = False) -> bytes:
    """Return a zip of what is in the folder; as the Mac's Finder makes it, with its own files among them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in contents(folder):
            archive.writestr(zipfile.ZipInfo(name), content)
            if macos:
                parent, _, file = name.rpartition("/")
                archive.writestr(zipfile.ZipInfo(f"__MACOSX/{parent}/._{file}"), MACOS_RESOURCE_FORK)
    return stream.getvalue()


def tarred(folder: Path) -> bytes:
    """Return a tar archive of what is in the folder."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in contents(folder):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return stream.getvalue()


def contents(folder: Path) -> list[tuple[str, bytes]]:
    """Return path and bytes of every file below the folder, in order."""
    files = sorted(path for path in folder.rglob("*.py") if path.is_file())
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files]


if __name__ == "__main__":
    for name, packed in archives().items():
        (CLASS / name).write_bytes(packed)
