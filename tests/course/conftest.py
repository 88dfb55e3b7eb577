"""A course to read, and a machine on which pytest runs it."""

from __future__ import annotations

from tests.fixtures.local_machine import machine
from tests.fixtures.small_course import course, write

__all__ = ["course", "machine", "write"]
