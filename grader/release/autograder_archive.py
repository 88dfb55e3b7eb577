"""What archives with an autograder have in common: files of the grader and the course, and their bytes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from grader import PACKAGE
from grader.course import course_toml
from grader.course.course_files import FOLDERS, entry, files_below, files_of
from grader.course.declarations import ASSIGNMENTS
from grader.reporting.report import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

HERE: Final = PACKAGE.resolve()
PROJECT: Final = ("pyproject.toml", "README.md", "LICENSE", "constraints.txt", "requirements/grading.txt")
"""The files that pip needs besides the package itself."""
PACKAGES: Final = "packages.txt"
"""The file beside the grader with the packages that the course declares, for pip; only if it declares
some."""
FILE: Final = 0o644
PROGRAM: Final = 0o755


class PackageError(ValueError):
    """A course can't be packaged; the message says why, and what to do."""


@dataclass
class Archive:
    """An archive that is filled in memory.

    Args:
        service: the service that accepts it, for messages.
        entries: the content and the mode of each file, by its name.
    """

    service: str
    entries: dict[str, tuple[bytes, int]] = field(default_factory=dict)

    def add(self, name: str, content: Path | bytes | str, mode: int = FILE) -> None:
        """Add a file, from a path or with this content. Raises `PackageError`."""
        try:
            data = content if isinstance(content, bytes) else _bytes_of(content)
        except OSError as error:
            raise PackageError(f"{str(content)!r} can't be read: {error.strerror}.") from error
        self.entries[name] = (data, mode)

    def add_all(self, files: Iterator[tuple[str, Path]], below: str) -> None:
        """Add files below a folder. Raises `PackageError`."""
        for name, path in files:
            self.add(f"{below}/{name}", path)

    def write(self, out: Path) -> Path:
        """Write the archive; an existing file is replaced. Raises `PackageError`."""
        if out.suffix != ".zip":
            raise PackageError(f"{str(out)!r} must end in .zip: {self.service} takes a zip archive.")
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, (content, mode) in sorted(self.entries.items()):
                archive.writestr(entry(name, mode=mode), content)
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            write_whole(out, packed.getvalue())
        except OSError as error:
            raise PackageError(f"{str(out)!r} can't be written: {error.strerror}.") from error
        return out


def grader_files() -> Iterator[tuple[str, Path]]:
    """Yield name and path of each file that pip needs to install the grader. Raises `PackageError`."""
    for name in PROJECT:
        path = HERE.parent / name
        if not path.is_file():
            raise PackageError(
                f"{str(path)!r} is missing: package an autograder from a checkout of Gradbook, not from an "
                "installed package."
            )
        yield name, path
    yield from files_below(HERE)


def course_files(course: Path, *, with_solutions: bool = True) -> Iterator[tuple[str, Path]]:
    """Yield the name and the path of each file of a course. Raises `PackageError` if a folder is missing."""
    folders = FOLDERS if with_solutions else (ASSIGNMENTS,)
    for folder in folders:
        if not (course / folder).is_dir():
            raise PackageError(f"{str(course)!r} has no folder {folder}/, which is needed for grading.")
    yield from files_of(course, folders)


def declared_packages(course: Path) -> str:
    """Return the packages that a course declares, as pip takes them, a line each. Raises `PackageError`."""
    try:
        syllabus = course_toml.read(course)
    except course_toml.CourseError as error:
        raise PackageError(str(error)) from error
    return "".join(f"{package}\n" for package in (syllabus.packages if syllabus is not None else ()))


def scripts_in(folder: Path) -> Sequence[Path]:
    """Return the programs in a folder."""
    return sorted(path for path in folder.iterdir() if path.is_file())


def _bytes_of(content: Path | str) -> bytes:
    return content.encode() if isinstance(content, str) else content.read_bytes()
