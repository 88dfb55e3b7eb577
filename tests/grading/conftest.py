"""A course to grade with, and the command that does."""

from __future__ import annotations

from tests.fixtures.local_workers import grade_here, local_workers
from tests.fixtures.small_class import course, grade
from tests.fixtures.small_course import write

__all__ = ["course", "grade", "grade_here", "local_workers", "write"]
