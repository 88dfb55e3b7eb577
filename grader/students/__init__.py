"""Who is who: the people of a class, the roster that lists them, and whose work is whose."""

from __future__ import annotations

from grader.students.identity import Identity, Student

__all__ = ["Identity", "Student"]
