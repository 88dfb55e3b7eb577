"""Package a course and the grader as an autograder for Gradescope."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

from grader import PACKAGE
from grader.course import course_toml
from grader.reporting.report import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HERE: Final = PACKAGE.resolve()
SCRIPTS: Final = HERE / "release" / "gradescope_scripts"
PROJECT: Final = ("pyproject.toml", "README.md", "LICENSE", "constraints.txt", "requirements/grading.txt")
"""The files that pip needs besides the package itself."""
COURSE: Final = ("assignments", "reference")
LEFT_OUT: Final = frozenset({"__pycache__", "sample_class", ".gradbook", ".hypothesis", ".pytest_cache"})
ARCHIVE_FOLDER: Final = "gradbook"
"""The folder in the archive with the grader and the course."""
PACKAGES: Final = "packages.txt"
"""The file in that folder with the packages that the course declares, for pip; only if it declares some."""
TIMESTAMP: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive, so that the same course gives the same bytes."""


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
            archive.writestr(_entry(f"{ARCHIVE_FOLDER}/{PACKAGES}", mode=0o644), lines)
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
    for folder in COURSE:
        if not (course / folder).is_dir():
            raise PackageError(f"{str(course)!r} has no folder {folder}/, which is needed for grading.")
    settings = course / "course.toml"
    if settings.is_file():
        yield settings.name, settings
    for root in (HERE, *(course / folder for folder in COURSE)):
        for path in root.rglob("*"):
            parts = path.relative_to(root.parent).parts
            if path.is_file() and not LEFT_OUT.intersection(parts):
                yield "/".join(parts), path


def _add(archive: zipfile.ZipFile, name: str, path: Path, *, mode: int) -> None:
    try:
        archive.writestr(_entry(name, mode=mode), path.read_bytes())
    except OSError as error:
        raise PackageError(f"{str(path)!r} can't be read: {error.strerror}.") from error


def _entry(name: str, *, mode: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, TIMESTAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (0o100000 | mode) << 16
    return entry
