"""Equivalent mutants: as correct as the reference, listed by hand in `equivalent.toml` with a reason each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.audit.kill_matrix import Row
    from grader.course.course import Course

FILE: Final = "equivalent.toml"
SIGNS: Final = ("-", "+")


class EquivalentsError(ValueError):
    """A list of equivalent mutants can't be read, or an entry is wrong; the message says what to do."""


class Equivalent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of the list: exercise, `change` and reason.

    `change` holds the lines that the mutant's diff removes and adds, so the entry stays valid when the
    reference changes elsewhere. Indentation doesn't matter.
    """

    exercise: str
    change: str
    reason: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The change as `change_in` returns it."""
        return change_in(self.change.strip().splitlines())


class _Listed(msgspec.Struct, forbid_unknown_fields=True):
    mutant: list[Equivalent] = []


def read(course: Course, chapter: str) -> list[Equivalent]:
    """Return the entries of a chapter's list; empty if there is none. Raises `EquivalentsError`."""
    path = course.reference / chapter / FILE
    try:
        listed = msgspec.toml.decode(path.read_bytes(), type=_Listed).mutant
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise EquivalentsError(
            f"{path} can't be read: {error}. An entry is [[mutant]] with exercise, change and reason."
        ) from error
    for one in listed:
        _check(path, one)
    return listed


def change_in(diff: Sequence[str]) -> tuple[str, ...]:
    """Return the lines that a diff removes and adds, without indentation: `- x = 1`, `+ x = 2`."""
    stripped = [line.strip() for line in diff]
    return tuple(f"{line[0]} {line[1:].strip()}" for line in stripped if line.startswith(SIGNS))


def apply_equivalents(listed: Sequence[Equivalent], rows: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """Return an exercise's mutants, with listed survivors marked as equivalent; and the stale entries.

    An entry is stale if no mutant has its change, or all that have it are killed.
    """
    reasons = {one.lines: one.reason for one in listed}
    changes = [change_in(row.diff) for row in rows]
    judged = [
        replace(row, fate="equivalent", reason=reasons[change])
        if row.fate == "surviving" and change in reasons
        else row
        for row, change in zip(rows, changes, strict=True)
    ]
    needed = {change for row, change in zip(judged, changes, strict=True) if row.fate == "equivalent"}
    stale = [
        _stale(one, "a check kills its mutant" if one.lines in changes else "no mutant has this change")
        for one in listed
        if one.lines not in needed
    ]
    return judged, stale


def orphaned_entries(course: Course) -> list[str]:
    """Return the entries whose exercise is not in their chapter. Raises `EquivalentsError`."""
    known = {(section.chapter, exercise.name) for section, exercise in course.exercises()}
    chapters = sorted(path.parent.name for path in course.reference.glob(f"*/{FILE}"))
    return [
        _stale(one, f"{chapter} has no such exercise")
        for chapter in chapters
        for one in read(course, chapter)
        if (chapter, one.exercise) not in known
    ]


def _stale(one: Equivalent, why: str) -> str:
    return "\n".join((f"{one.exercise}: remove this entry from {FILE}, for {why}", *one.lines))


def _check(path: Path, one: Equivalent) -> None:
    if not one.reason.strip():
        raise EquivalentsError(f"{path}: a mutant of {one.exercise} has no reason. Say why it is right.")
    lines = [line.strip() for line in one.change.strip().splitlines()]
    if not lines or not all(line.startswith(SIGNS) for line in lines):
        raise EquivalentsError(
            f"{path}: the change of a mutant of {one.exercise} must be lines of its diff: those that begin "
            "with - or +."
        )
