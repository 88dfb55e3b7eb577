"""A course to grade with, and what grades it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.course.course import load
from grader.grading.worker import sandbox_server
from tests.fixtures.local_workers import grade_here, local_workers
from tests.fixtures.small_class import course, grade
from tests.fixtures.small_course import write, write_course

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.sandbox import Server

__all__ = ["course", "grade", "grade_here", "local_workers", "write"]


@pytest.fixture(scope="module")
def small_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A sandbox for answers to the small course, which has no drive files, whatever its checks are."""
    with sandbox_server(load(write_course(tmp_path_factory.mktemp("small"))), None) as server:
        yield server
