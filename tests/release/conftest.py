"""A small course that may be changed, and releases of it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Protocol

import pytest

from grader.course.course import load
from grader.release.build import Release, release

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "regularization"
DROPOUT = "assignments/ch5_multilayer_perceptrons/dropout.py"
CHECKS = "assignments/ch5_multilayer_perceptrons/test_dropout.py"


class Again(Protocol):
    """What the fixture `again` is."""

    def __call__(self) -> Release: ...


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the example."""
    return shutil.copytree(EXAMPLE, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__", ".*"))


@pytest.fixture
def students(tmp_path: Path) -> Path:
    """The folder that students get, before there is one."""
    return tmp_path / "students"


@pytest.fixture
def again(course: Path, students: Path) -> Again:
    """Releases the course, for the first time or again."""
    return lambda: release(load(course), students)
