"""A course as one archive, for a machine that grades with it and has no copy."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

import tomlkit

from grader.course.declarations import ASSIGNMENTS, COURSE_TOML

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FOLDERS: Final = (ASSIGNMENTS, "reference")
"""The folders of a course."""
LEFT_OUT: Final = frozenset({"__pycache__", "sample_class", ".gradbook", ".hypothesis", ".pytest_cache"})
"""Names of files and folders in them that grading doesn't need."""
TIMESTAMP: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive, so that the same course gives the same bytes."""
PRIVATE_TABLE: Final = "gradebook"
"""The table of `course.toml` that may name a server and a password."""


def files_of(course: Path, folders: Iterable[str] = FOLDERS) -> Iterator[tuple[str, Path]]:
    """Yield each file of a course that grading needs: its path below the course, and where it is."""
    settings = course / COURSE_TOML
    if settings.is_file():
        yield settings.name, settings
    for folder in folders:
        yield from files_below(course / folder)


def files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield each file of a folder, as `files_of`; the path begins with the folder."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder.parent).parts
        if path.is_file() and not LEFT_OUT.intersection(parts):
            yield "/".join(parts), path


def entry(name: str, *, mode: int = 0o644) -> zipfile.ZipInfo:
    """Return the entry of a file in an archive, without its time and owner."""
    made = zipfile.ZipInfo(name, TIMESTAMP)
    made.compress_type = zipfile.ZIP_DEFLATED
    made.external_attr = (0o100000 | mode) << 16
    return made


def packed(course: Path) -> bytes:
    """Return a course as an archive, without what `course.toml` says of the gradebook.

    The same course gives the same bytes. Raises `OSError`.
    """
    archive_bytes = io.BytesIO()
    with zipfile.ZipFile(archive_bytes, "w") as archive:
        for name, path in sorted(files_of(course)):
            content = path.read_bytes()
            archive.writestr(entry(name), without_gradebook(content) if name == COURSE_TOML else content)
    return archive_bytes.getvalue()


def without_gradebook(content: bytes) -> bytes:
    """Return the text of a valid `course.toml` without the table of the gradebook."""
    document = tomlkit.parse(content.decode("utf-8-sig"))
    document.pop(PRIVATE_TABLE, None)
    return tomlkit.dumps(document).encode()


def unpack(archive_bytes: bytes, folder: Path) -> None:
    """Write the files of an archive to a folder, readable by every user, as the sandbox needs them.

    Raises `OSError`, also if they are there.
    """
    for name in FOLDERS:
        (folder / name).mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(archive_bytes)) as archive:
        for one in archive.infolist():
            folder.joinpath(archive.extract(one, folder)).chmod(0o644)
