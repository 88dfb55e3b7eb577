"""The course that is audited."""

from __future__ import annotations

from tests.fixtures.small_course import course, write

__all__ = ["course", "write"]
