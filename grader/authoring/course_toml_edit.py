"""A new exercise in `course.toml`: what an author wrote there, comments and spaces too, stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tomlkit

from grader.course.course_toml import read
from grader.course.declarations import SYLLABUS

if TYPE_CHECKING:
    from pathlib import Path


def enrolled(root: Path, module: str, exercise: str, points: float, *, is_new: bool) -> str:
    """Return a course's file with one more exercise, in a section that is new or was there before.

    The points of the course grow with it. Return "" where the course has no such file. Raises `CourseError`.
    """
    syllabus = read(root)
    if syllabus is None:
        return ""
    document = tomlkit.parse((root / SYLLABUS).read_text(encoding="utf-8-sig"))
    total = syllabus.points + points
    document["points"] = int(total) if total.is_integer() else total
    part = syllabus.part(module)
    if part is None:
        section = {"module": module} if is_new else {"module": module, "exercises": [exercise]}
        document["sections"].append(section)
    elif part.exercises is not None:
        place = syllabus.sections.index(part)
        document["sections"][place]["exercises"].append(exercise)
    return tomlkit.dumps(document)
