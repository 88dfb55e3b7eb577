"""Package a course and the grader as an autograder for Classroom 50, without the solutions.

The layout is that of https://github.com/foundation50/classroom50, `wiki/Advanced-Autograding.md` (read at
commit 0b4bcc00). What is bundled is published on the classroom's pages, and grading runs in the student's own
repository: so there is nothing in it that students don't have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.release.autograder_archive import (
    HERE,
    PACKAGES,
    Archive,
    course_files,
    declared_packages,
    grader_files,
    scripts_in,
)

if TYPE_CHECKING:
    from pathlib import Path

SCRIPTS: Final = HERE / "release" / "classroom50_scripts"


def classroom50(course: Path, out: Path) -> Path:
    """Write what belongs into `CLASSROOM/autograders/ASSIGNMENT/`: `autograder.py`, the grader, the checks.

    The same course gives the same bytes.

    Args:
        course: the folder with `assignments/`.
        out: the archive; an existing file is replaced.

    Returns:
        The path of the archive.

    Raises:
        PackageError: something is missing or wrong, or the archive can't be written.

    """
    archive = Archive("Classroom 50")
    for script in scripts_in(SCRIPTS):
        archive.add(script.name, script)
    archive.add_all(grader_files(), "gradbook")
    archive.add_all(course_files(course, with_solutions=False), "course")
    declared = declared_packages(course)
    if declared:
        archive.add(f"gradbook/{PACKAGES}", declared)
    return archive.write(out)
