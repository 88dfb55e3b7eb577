"""The course that its author works on."""

from __future__ import annotations

from tests.fixtures.small_course import course, write

__all__ = ["course", "write"]
