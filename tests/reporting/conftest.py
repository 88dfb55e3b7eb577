"""A class that was graded, and a student's machine, for reports of either."""

from __future__ import annotations

from tests.fixtures.local_machine import machine
from tests.fixtures.small_class import course, grade

__all__ = ["course", "grade", "machine"]
