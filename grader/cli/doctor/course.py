"""Check that the exercises and the images are there."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Final

from grader.cli.doctor.findings import Finding, pip
from grader.course.declarations import ASSIGNMENTS, SHIPPED
from grader.course.watch_targets import checks_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

IMAGES: Final = re.compile(r"\b(training|validation)_images\b")
"""The functions of `grader.datasets.training_data` that load images."""
FULL: Final = "pytest assignments --data full downloads them"


def is_here(here: Path) -> bool:
    """Return whether a folder has exercises."""
    return bool(checks_files(here))


def folder(here: Path) -> Finding:
    """Check that there are exercises, each with its file."""
    checks = checks_files(here)
    if not checks:
        detail = f"{here} has no {ASSIGNMENTS} with exercises in it"
        return Finding(
            "folder", "warning", detail, "cd to the folder that has it, and run `pytest assignments` there"
        )
    answers = [path.with_name(path.name.removeprefix("test_")) for path in checks]
    missing = [path.relative_to(here).as_posix() for path in answers if not path.is_file()]
    if missing:
        fix = f"git checkout -- {' '.join(missing)}"
        return Finding("folder", "error", f"{', '.join(missing)} missing", fix)
    return Finding("folder", "ok", f"{here}: {len(checks)} sections")


def packages(here: Path) -> Finding | None:
    """Check the packages that the course declares. Return None if it declares none."""
    from grader.course.course_toml import CourseError, read
    from grader.course.packages import unmet, unmet_message

    try:
        syllabus = read(here)
    except CourseError as error:
        return Finding("course.toml", "error", *_sentences(error))
    if syllabus is None or not syllabus.packages:
        return None
    found = unmet(syllabus.packages)
    if found:
        wanted = " ".join(shlex.quote(one.requirement) for one in found)
        return Finding("course packages", "warning", unmet_message(found).removesuffix("."), pip(wanted))
    return Finding("course packages", "ok", f"{', '.join(syllabus.packages)}, as course.toml declares")


def is_for_students(here: Path) -> bool:
    """Return whether a folder is a student's: exercises without solutions."""
    return (here / ASSIGNMENTS).is_dir() and not (here / "reference").is_dir()


def to_rehearse(here: Path) -> Path | None:
    """Return the folder of a course with solutions: this one, or the one that ships; None without any."""
    return next(
        (root for root in (here, SHIPPED) if checks_files(root) and (root / "reference").is_dir()), None
    )


def images(here: Path) -> Finding | None:
    """Check the images that are shipped with the course. Return None if no exercise needs any."""
    if not _shows_images(here):
        return None
    from grader.course.course_toml import CourseError, data_set
    from grader.datasets.errors import DataError

    try:
        counts = data_set(here).counts(here / ASSIGNMENTS / "data")
    except CourseError as error:
        return Finding("images", "error", *_sentences(error))
    except DataError as error:
        detail, _fix = _sentences(error)
        return Finding("images", "error", detail, f"git checkout -- {ASSIGNMENTS}/data")
    return Finding("images", "ok", f"{counts[0]:,} for training and {counts[1]:,} for validation")


def _shows_images(here: Path) -> bool:
    """Return whether checks or drive files load images."""
    beside = [
        path.with_name(path.name.replace("test_", f"{start}_", 1))
        for path in checks_files(here)
        for start in ("test", "drive")
    ]
    return any(IMAGES.search(path.read_text(encoding="utf-8")) for path in beside if path.is_file())


def full_images(find: Callable[[], Path | None]) -> Finding:
    """Check whether the full data set is on this machine. Only --data full needs it."""
    from grader.course.course_toml import CourseError
    from grader.datasets.errors import DataError

    try:
        root = find()
    except (CourseError, DataError) as error:
        return Finding("full images", "warning", *_sentences(error))
    if root is None:
        return Finding("full images", "ok", f"not installed, and not needed; {FULL}")
    return Finding("full images", "ok", str(root))


def _sentences(error: Exception) -> tuple[str, str]:
    """Return the first sentence of a message, which says what is wrong, and the others: how to fix it."""
    detail, _point, fix = str(error).partition(". ")
    return detail, fix
