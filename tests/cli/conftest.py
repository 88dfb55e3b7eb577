"""A course to grade with, and a student's machine."""

from __future__ import annotations

from tests.fixtures.local_machine import machine
from tests.fixtures.small_class import course, grade

__all__ = ["course", "grade", "machine"]
