"""Folders of no system: of a class, with a file or folder for each submission, and of one student."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.submissions.contents import shown
from grader.submissions.layouts.layout import Contents, HandedIn, Layout, Owner, count, part_of, some
from grader.submissions.naming import labels_of
from grader.submissions.records import Part

if TYPE_CHECKING:
    from grader.submissions.layouts.folder import Folder

FEW: Final = 5
"""A class of fewer submissions may well be the files of one student."""


def is_one(folder: Folder) -> str | None:
    """Claim a folder in which more section modules are found than what looks like a student's."""
    sections, students = folder.sections, folder.students
    if len(sections) <= len(students):
        return None
    others = f" and {count(len(sections) - 1, 'other section file')}" if len(sections) > 1 else ""
    besides = f", besides {some(students, 1)}" if students else ""
    return f"it contains {shown(sections[0])}{others}{besides}"


def is_class(folder: Folder) -> str:
    """Claim every folder; the reason is only worth a word where it might be one submission."""
    sections, students = folder.sections, folder.students
    if sections:
        return f"it contains {some(sections, 1)}, but {some(students, 1)} may be students'"
    return "it contains no section's file by name" if len(folder.children) < FEW else ""


def as_one(folder: Folder) -> Contents:
    """Return a folder as one submission."""
    return Contents([Owner(labels_of(folder.own_path, is_folder=True), (HandedIn((Part(folder.path),)),))])


def each_alone(folder: Folder) -> Contents:
    """Return each file or folder in a folder as a submission."""
    return Contents(
        [
            Owner(
                labels_of(folder.own_path / child.name, is_folder=child.is_folder),
                (HandedIn((part_of(folder, child),)),),
            )
            for child in folder.children
        ]
    )


SINGLE: Final = Layout(
    name="single",
    help="",
    claims=is_one,
    contents=as_one,
    says=lambda _: "one submission",
    option="--single",
    otherwise="use --layout plain if it is a class",
)
PLAIN: Final = Layout(
    name="plain",
    help="a class, in which each file or folder is a submission",
    claims=is_class,
    contents=each_alone,
    says=lambda found: f"a class of {count(len(found.owners), 'submission')}",
    option="--layout plain",
    otherwise="use --single if it is one submission",
)
