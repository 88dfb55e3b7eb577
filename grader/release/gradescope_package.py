"""Package a course and the grader as an autograder for Gradescope."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.release.autograder_archive import (
    HERE,
    PACKAGES,
    PROGRAM,
    Archive,
    course_files,
    declared_packages,
    grader_files,
    scripts_in,
)

if TYPE_CHECKING:
    from pathlib import Path

SCRIPTS: Final = HERE / "release" / "gradescope_scripts"
FOLDER: Final = "gradbook"
"""The folder in the archive with the grader and the course."""


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
    archive = Archive("Gradescope")
    for script in scripts_in(SCRIPTS):
        archive.add(script.name, script, PROGRAM)
    archive.add_all(grader_files(), FOLDER)
    archive.add_all(course_files(course), FOLDER)
    declared = declared_packages(course)
    if declared:
        archive.add(f"{FOLDER}/{PACKAGES}", declared)
    return archive.write(out)
