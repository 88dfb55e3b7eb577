"""Add an exercise to `course.toml`; comments and spacing stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tomlkit

from grader.course.course_toml import read
from grader.course.declarations import COURSE_TOML

if TYPE_CHECKING:
    from pathlib import Path


def with_exercise(root: Path, module: str, exercise: str, points: float, *, is_new: bool) -> str:
    """Return the text of a course's `course.toml` with one more exercise; "" if the course has no such file.

    The points of the course increase accordingly. `is_new` is whether the section is new. Raises
    `CourseError`.
    """
    syllabus = read(root)
    if syllabus is None:
        return ""
    document = tomlkit.parse((root / COURSE_TOML).read_text(encoding="utf-8-sig"))
    total = syllabus.points + points
    document["points"] = int(total) if total.is_integer() else total
    part = syllabus.section(module)
    if part is None:
        section = {"module": module} if is_new else {"module": module, "exercises": [exercise]}
        document["sections"].append(section)
    elif part.exercises is not None:
        place = syllabus.sections.index(part)
        document["sections"][place]["exercises"].append(exercise)
    return tomlkit.dumps(document)
