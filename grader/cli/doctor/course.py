"""Are the exercises and the images there?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.cli.doctor.findings import Finding
from grader.course.declarations import ASSIGNMENTS
from grader.course.watch_targets import checks_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

IMAGES: Final = re.compile(r"\b(training|validation)_images\b")
"""The names in `grader.datasets.training_data` through which all images come."""
FULL: Final = "pytest assignments --data full fetches it"


def folder(here: Path) -> Finding:
    """Are there exercises here, each with its file?"""
    checks = checks_files(here)
    if not checks:
        found = f"{here} has no {ASSIGNMENTS} with exercises in it"
        return Finding(
            "folder", "hint", found, "cd to the folder that has it; `pytest assignments` runs there"
        )
    answers = [path.with_name(path.name.removeprefix("test_")) for path in checks]
    missing = [path.relative_to(here).as_posix() for path in answers if not path.is_file()]
    if missing:
        mend = f"git checkout -- {' '.join(missing)}"
        return Finding("folder", "broken", f"{', '.join(missing)} missing", mend)
    return Finding("folder", "fine", f"{here}: {len(checks)} sections")


def is_for_students(here: Path) -> bool:
    """Is this what students get: exercises, and no solutions?"""
    return (here / ASSIGNMENTS).is_dir() and not (here / "reference").is_dir()


def images(here: Path) -> Finding | None:
    """Are the images that ship whole? None, where no exercise needs them."""
    if not _shows_images(here):
        return None
    from grader.datasets.fashion_mnist import DataFault, fashion_mnist

    root = here / ASSIGNMENTS / "data"
    try:
        counts = [len(fashion_mnist(root, train=train).labels) for train in (True, False)]
    except DataFault as fault:
        found = str(fault).partition(". ")[0]
        return Finding("images", "broken", found, f"git checkout -- {ASSIGNMENTS}/data")
    return Finding("images", "fine", f"{counts[0]:,} to train on and {counts[1]:,} to validate")


def _shows_images(here: Path) -> bool:
    """Do checks, or what they run beside the student's code, ask for images?"""
    beside = [
        path.with_name(path.name.replace("test_", f"{start}_", 1))
        for path in checks_files(here)
        for start in ("test", "drive")
    ]
    return any(IMAGES.search(path.read_text(encoding="utf-8")) for path in beside if path.is_file())


def full_images(find: Callable[[], Path | None]) -> Finding:
    """Is all of Fashion-MNIST on this machine? It is needed only for --data full."""
    from grader.datasets.fashion_mnist import DataFault

    try:
        root = find()
    except DataFault as fault:
        found, _point, mend = str(fault).partition(". ")
        return Finding("full images", "hint", found, mend)
    if root is None:
        return Finding("full images", "fine", f"not here, and not needed; {FULL}")
    return Finding("full images", "fine", str(root))
