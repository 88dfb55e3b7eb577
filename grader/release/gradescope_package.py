"""Package a course and the grader as an autograder for Gradescope."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

from grader import PACKAGE
from grader.course import course_toml
from grader.course.course_files import FOLDERS, entry, files_below, files_of
from grader.reporting.report import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HERE: Final = PACKAGE.resolve()
SCRIPTS: Final = HERE / "release" / "gradescope_scripts"
PROJECT: Final = ("pyproject.toml", "README.md", "LICENSE", "constraints.txt", "requirements/grading.txt")
"""The files that pip needs besides the package itself."""
ARCHIVE_FOLDER: Final = "gradbook"
"""The folder in the archive with the grader and the course."""
PACKAGES: Final = "packages.txt"
"""The file in that folder with the packages that the course declares, for pip; only if it declares some."""


class PackageError(ValueError):
    """A course can't be packaged; the message says why, and what to do."""


def gradescope(course: Path, out: Path) -> Path:
    """Write an autograder for Gradescope: `setup.sh`, `run_autograder`, the grader, the course.

    The same course gives the same bytes.

    Args:
        course: the folder with `assignments/` and `reference/`.
        out: the archive; an existing file is replaced.

    Returns:
        The path of the archive.

    Raises:
        PackageError: something is missing or wrong, or the archive can't be written.

    """
    if out.suffix != ".zip":
        raise PackageError(f"{str(out)!r} must end in .zip, the format that Gradescope accepts.")
    files = sorted(_files(course))
    declared = _declared(course)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for script in sorted(SCRIPTS.iterdir()):
            _add(archive, script.name, script, mode=0o755)
        for name, path in files:
            _add(archive, f"{ARCHIVE_FOLDER}/{name}", path, mode=0o644)
        if declared:
            lines = "".join(f"{package}\n" for package in declared)
            archive.writestr(entry(f"{ARCHIVE_FOLDER}/{PACKAGES}", mode=0o644), lines)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_whole(out, packed.getvalue())
    except OSError as error:
        raise PackageError(f"{str(out)!r} can't be written: {error.strerror}.") from error
    return out


def _declared(course: Path) -> tuple[str, ...]:
    """Return the packages that a course declares, as pip takes them: `pandas>=2.2,<3`."""
    try:
        syllabus = course_toml.read(course)
    except course_toml.CourseError as error:
        raise PackageError(str(error)) from error
    return syllabus.packages if syllabus is not None else ()


def _files(course: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name in the archive and the path of each file of the grader and the course."""
    for name in PROJECT:
        path = HERE.parent / name
        if not path.is_file():
            raise PackageError(
                f"{str(path)!r} is missing: package an autograder from a checkout of Gradbook, not from an "
                "installed package."
            )
        yield name, path
    for folder in FOLDERS:
        if not (course / folder).is_dir():
            raise PackageError(f"{str(course)!r} has no folder {folder}/, which is needed for grading.")
    yield from files_below(HERE)
    yield from files_of(course)


def _add(archive: zipfile.ZipFile, name: str, path: Path, *, mode: int) -> None:
    try:
        archive.writestr(entry(name, mode=mode), path.read_bytes())
    except OSError as error:
        raise PackageError(f"{str(path)!r} can't be read: {error.strerror}.") from error
