"""Find who handed in what at the paths that an instructor gives: names only, no hand-in is opened."""

from __future__ import annotations

import contextlib
import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.students import Student
from grader.students.identity import KEYS
from grader.submissions.errors import LINK, SPECIAL, EmptyClass, NoSuchPath, SubmissionError, WholeClass
from grader.submissions.layouts import AUTO, LAYOUTS, SINGLE
from grader.submissions.layouts.folder import Child, Folder
from grader.submissions.layouts.layout import HandedIn, Owner
from grader.submissions.layouts.packed import system_of_name
from grader.submissions.naming import is_ignored, labels_of, names_for
from grader.submissions.records import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from grader.submissions.layouts.layout import Contents, Layout
    from grader.submissions.resemblance import CourseNames


@dataclass(frozen=True, slots=True)
class Entry:
    """An attempt of a student, or of a group, that was not opened yet.

    Args:
        student: who handed it in.
        parts: its files and folders.
        submitted: when; None if nothing tells.
        late: whether the system that it comes from calls it late; None if nothing tells.
        labels: what its student may be called, the shortest name first.
    """

    student: Student
    parts: tuple[Part, ...]
    submitted: datetime | None = None
    late: bool | None = None
    labels: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The unique name of the student, which is a valid folder name."""
        return self.student.name

    @property
    def path(self) -> Path:
        """The file or folder; of several, the first."""
        return self.parts[0].path


@dataclass(frozen=True, slots=True)
class Decision:
    """What a folder was taken for.

    Args:
        path: the folder, as the instructor named it.
        layout: its layout.
        contents: who handed in what.
        reason: why, as a clause; "" if it needs no word.
        is_guess: whether the instructor did not say what it is.
    """

    path: Path
    layout: Layout
    contents: Contents
    reason: str
    is_guess: bool

    @property
    def count(self) -> int:
        """How many submissions are in it."""
        return self.contents.attempts


@dataclass(frozen=True, slots=True)
class Found:
    """The submissions at some paths, those of one student together, and what each path was taken for."""

    entries: tuple[Entry, ...]
    files: tuple[Path, ...]
    folders: tuple[Decision, ...]


def alone(name: str, path: Path, *, is_given: bool = True, problem: str = "") -> Entry:
    """Return a file or folder as the one attempt of somebody.

    Args:
        name: its unique name, which is a valid folder name.
        path: the file or folder.
        is_given: whether the instructor named this path: then it may be a link.
        problem: why it can't be read, if that shows without opening it.
    """
    part = Part(path, problem=problem) if is_given else Part(path.parent, (path.name,), problem=problem)
    return Entry(Student(name), (part,))


def find(
    paths: Sequence[Path],
    names: CourseNames,
    layout: str = AUTO,
    *,
    leave_out: Callable[[Path], bool] = lambda _: False,
) -> Found:
    """Return the submissions at `paths`: files, single folders, and what layouts find in class folders.

    Only `paths` themselves may be links. A link in a class folder is a submission that can't be read: whoever
    made it, its target belongs to somebody else.

    Args:
        paths: the files and folders to look at.
        names: what the course calls its files.
        layout: the name of one of `LAYOUTS`, for all folders; `AUTO` decides for each by all that is in it.
        leave_out: whether a child of a folder is none of its files, as a folder of reports is.

    Raises:
        NoSuchPath: a path doesn't exist or can't be read.
        EmptyClass: a folder is empty.
        SubmissionError: a path holds something else than one assignment of a class or student.
    """
    owners: list[tuple[str, Owner]] = []
    files: list[Path] = []
    folders: list[Decision] = []
    for path in paths:
        folder = _folder(path, names, leave_out)
        if folder is None:
            if layout != SINGLE.name:
                _require_one_submission(path)
            files.append(path)
            labels = labels_of(with_own_name(path), is_folder=False)
            owners.append(("", Owner(labels, (HandedIn((Part(path),)),))))
            continue
        decision = _decision(folder, layout)
        if not decision.contents.owners:
            raise EmptyClass(
                f"{str(path)!r} contains no submissions: put one file or folder per student there"
            )
        folders.append(decision)
        owners += [(decision.layout.name, owner) for owner in decision.contents.owners]
    return Found(tuple(_entries(owners)), tuple(files), tuple(folders))


def with_own_name(path: Path) -> Path:
    """Return a path that ends in the name of its file or folder, as "." and ".." don't."""
    return path if path.name not in {"", ".."} else Path(os.path.realpath(path))


def in_order(attempts: Iterable[HandedIn]) -> list[HandedIn]:
    """Return the attempts of one student, oldest first, as far as their times tell."""
    found = list(attempts)
    times = [one.submitted for one in found]
    if all(time is not None for time in times):
        return sorted(found, key=lambda one: one.submitted.timestamp() if one.submitted else 0.0)
    return sorted(found, key=lambda one: one.order) if all(one.order for one in found) else found


def _entries(owners: Iterable[tuple[str, Owner]]) -> Iterator[Entry]:
    """Yield the attempts of all students. What was given twice is one; so is a student in two downloads."""
    merged: dict[object, Owner] = {}
    seen: set[tuple[tuple[str, str], ...]] = set()
    for number, (layout, owner) in enumerate(owners):
        places = {attempt: _places(attempt.parts) for attempt in owner.attempts}
        new = tuple(attempt for attempt, place in places.items() if place not in seen)
        seen.update(places.values())
        if not new:
            continue
        key = _same(layout, owner) or number
        earlier = merged.get(key)
        attempts = new if earlier is None else tuple(in_order([*earlier.attempts, *new]))
        merged[key] = replace(owner, attempts=attempts)
    unique = names_for([owner.labels for owner in merged.values()])
    for name, owner in zip(unique, merged.values(), strict=True):
        student = Student(name, owner.identity, owner.members)
        for attempt in owner.attempts:
            yield Entry(student, attempt.parts, attempt.submitted, attempt.late, owner.labels)


def _same(layout: str, owner: Owner) -> object:
    """Return what tells that two owners are one, in two folders of a system; None: nothing."""
    if owner.members:
        return layout, owner.members
    identity = owner.identity
    return next(((layout, key, value) for key in KEYS if (value := getattr(identity, key))), None)


def _places(parts: Sequence[Part]) -> tuple[tuple[str, str], ...]:
    own = [with_own_name(part.path) for part in parts]
    return tuple((os.path.realpath(path.parent), path.name) for path in own)


def _require_one_submission(path: Path) -> None:
    """Raise `WholeClass` if a file has the name of a packed class."""
    system = system_of_name(path.name)
    if system:
        raise WholeClass(
            f"{str(path)!r} has the name of a whole class as {system} packs it: unpack it first, and name "
            "the folder; or add --single if it is one submission"
        )


def _folder(path: Path, names: CourseNames, leave_out: Callable[[Path], bool]) -> Folder | None:
    """Return a folder with its children; None for a file."""
    with _that_can_be_graded(path):
        if not stat.S_ISDIR(path.stat().st_mode):
            return None
        children = sorted(_children(path), key=lambda child: child.name)
        kept = [child for child in children if child.problem or not leave_out(path / child.name)]
        return Folder(path, kept, names)


def _decision(folder: Folder, wanted: str) -> Decision:
    """Return what a folder is taken for."""
    with _that_can_be_graded(folder.path):
        chosen, reason = LAYOUTS.get(wanted), ""
        if chosen is None:
            claims = ((layout, layout.claims(folder)) for layout in LAYOUTS.values())
            chosen, reason = next((layout, reason) for layout, reason in claims if reason is not None)
        return Decision(folder.path, chosen, chosen.contents(folder), reason, is_guess=wanted == AUTO)


@contextlib.contextmanager
def _that_can_be_graded(path: Path) -> Iterator[None]:
    try:
        yield
    except SubmissionError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise NoSuchPath(f"{str(path)!r} can't be graded: {reason}") from error


def _children(folder: Path) -> Iterator[Child]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not is_ignored(entry.name):
                yield Child(entry.name, entry.is_dir(follow_symlinks=False), _problem(entry))


def _problem(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return LINK
    is_ordinary = entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)
    return "" if is_ordinary else SPECIAL
