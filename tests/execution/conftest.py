"""A course, for its files."""

from __future__ import annotations

from tests.fixtures.small_course import course, write

__all__ = ["course", "write"]
