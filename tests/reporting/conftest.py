"""A class that was graded, and a student's machine, for reports of either."""

from __future__ import annotations

from tests.fixtures.local_machine import machine
from tests.fixtures.local_workers import grade_here
from tests.fixtures.small_class import course

__all__ = ["course", "grade_here", "machine"]
