"""nbgrader's course: `submitted/STUDENT/ASSIGNMENT/`, given as the course or as any folder on this way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from grader.students import Identity
from grader.submissions.errors import SeveralAssignments, Unreadable
from grader.submissions.layouts.layout import Contents, HandedIn, Owner, of_system, some
from grader.submissions.records import Part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.submissions.contents import Parts
    from grader.submissions.layouts.folder import Folder

SUBMITTED: Final = "submitted"
COURSE: Final = ("nbgrader_config.py", "source", "release", "autograded", "gradebook.db")
"""What lies beside `submitted` in a course's folder."""
TIMESTAMP: Final = "timestamp.txt"
TIME: Final = re.compile(
    r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?= ?(?P<zone>UTC|Z|[+-]\d\d:?\d\d)?\s*$)"
)
LONGEST: Final = 100
"""Bytes of a timestamp."""


@dataclass(frozen=True, slots=True)
class Place:
    """One student's work on an assignment: where it is below the folder, and whose it is."""

    below: Parts
    student: str
    assignment: str


def claims(folder: Folder) -> str | None:
    """Claim a course, its folder `submitted`, and a student's folder or assignment in it."""
    if _is_course(folder):
        return f"it contains {SUBMITTED} beside {next(one for one in COURSE if folder.holds(one))}"
    if _has_students(folder):
        return "its folders are STUDENT/ASSIGNMENT"
    if _is_assignment(folder):
        return f"it is {SUBMITTED}/{folder.own_path.parent.name}/{folder.own_path.name}"
    if _is_student(folder):
        return f"it is {SUBMITTED}/{folder.own_path.name}"
    return None


def contents(folder: Folder) -> Contents:
    """Return the students with the one assignment that they handed in.

    Raises:
        SeveralAssignments: there are several, and nobody said which one to grade.
    """
    places, others = _places(folder)
    assignments = sorted({place.assignment for place in places})
    if len(assignments) > 1:
        raise SeveralAssignments(
            f"{str(folder.path)!r} contains several assignments ({some(assignments)}): name the folders of "
            f"one, for example .../{SUBMITTED}/*/{assignments[0]}"
        )
    owners = [
        Owner(
            (place.student,),
            (HandedIn((Part(folder.path, place.below),), _time(folder, place.below)),),
            Identity(login=place.student),
        )
        for place in places
    ]
    return Contents(owners, others)


def _places(folder: Folder) -> tuple[list[Place], list[str]]:
    """Return the assignments of all students, and the names of what is none."""
    own = folder.own_path
    if _is_course(folder):
        names = sorted(folder.inside(SUBMITTED).items())
        others = [child.name for child in folder.children if child.name not in {SUBMITTED, *COURSE}]
        return _of_students(folder, (SUBMITTED,), names, others)
    if not _has_students(folder) and _is_assignment(folder):
        return [Place((), own.parent.name, own.name)], []
    names = [(child.name, child.is_folder) for child in folder.children]
    if not _has_students(folder) and _is_student(folder):
        places = [Place((name,), own.name, name) for name, is_folder in names if is_folder]
        return places, [name for name, is_folder in names if not is_folder]
    return _of_students(folder, (), names, [])


def _of_students(
    folder: Folder, base: Parts, names: Sequence[tuple[str, bool]], others: list[str]
) -> tuple[list[Place], list[str]]:
    places = []
    for student, is_folder in names:
        inside = folder.inside(*base, student) if is_folder else {}
        assignments = sorted(name for name, is_folder in inside.items() if is_folder)
        places += [Place((*base, student, one), student, one) for one in assignments]
        others += [f"{student}/{name}" for name, is_folder in sorted(inside.items()) if not is_folder]
        if not inside:
            others.append(student)
    return places, others


def _is_course(folder: Folder) -> bool:
    folders = {child.name for child in folder.children if child.is_folder}
    return SUBMITTED in folders and any(map(folder.holds, COURSE))


def _has_students(folder: Folder) -> bool:
    """Return whether the folders in it are students, each with assignments.

    Either nbgrader's timestamps say so; or the folder has the right name, and students the same assignment.
    """
    students = [child.name for child in folder.children if child.is_folder]
    inside = {student: folder.inside(student) for student in students}
    assignments = [
        (student, name) for student in students for name, is_folder in inside[student].items() if is_folder
    ]
    stamped = {student for student, name in assignments if folder.holds(student, name, TIMESTAMP)}
    if students and 2 * len(stamped) > len(students):
        return True
    names = [name for _, name in assignments]
    is_shared = len(students) > 1 and any(2 * names.count(name) > len(students) for name in set(names))
    return folder.own_path.name == SUBMITTED and is_shared


def _is_assignment(folder: Folder) -> bool:
    own = folder.own_path
    is_in_place = own.parent.parent.name == SUBMITTED
    return is_in_place and (
        folder.holds(TIMESTAMP) or _is_known(own.parent.parent, own.parent.name, own.name)
    )


def _is_known(submitted: Path, student: str, assignment: str) -> bool:
    """Return whether the course has this assignment, or another student handed it in."""
    of_course = [submitted.parent / name / assignment for name in ("source", "release")]
    of_others = (other / assignment for other in submitted.iterdir() if other.name != student)
    return any(one.is_dir() for one in of_course) or any(one.is_dir() for one in of_others)


def _is_student(folder: Folder) -> bool:
    names = [child.name for child in folder.children if child.is_folder]
    return folder.own_path.parent.name == SUBMITTED and any(folder.holds(name, TIMESTAMP) for name in names)


def _time(folder: Folder, below: Parts) -> datetime | None:
    """Return when nbgrader says that something was handed in; None if it doesn't, or names no time zone."""
    try:
        text = folder.content(*below, TIMESTAMP, limit=LONGEST).decode("ascii")
    except (OSError, Unreadable, UnicodeDecodeError):
        return None
    found = TIME.match(text)
    if found is None or found["zone"] is None:
        return None
    offset = "+00:00" if found["zone"] in {"UTC", "Z"} else found["zone"]
    try:
        return datetime.fromisoformat(f"{found[0]}{offset}")
    except ValueError:
        return None


LAYOUT: Final = of_system(
    "nbgrader",
    "submissions to nbgrader",
    claims,
    contents,
    "submitted/STUDENT/ASSIGNMENT, or a folder above or in it",
)
