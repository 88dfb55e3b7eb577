"""Equivalent mutants: as correct as their original, listed in `equivalent.toml` with a reason each."""

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
    """An entry of the list: an exercise, a reason, and either a `change` or an `operator`.

    `change` holds the lines that a mutant's diff removes and adds, so the entry stays valid when the answer
    changes elsewhere. Indentation doesn't matter. An `operator` stands for all mutants of the exercise that
    it makes, as far as they survive: for reasons that hold wherever it is applied.
    """

    exercise: str
    reason: str
    change: str = ""
    operator: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The change as `change_in` returns it."""
        return change_in(self.change.strip().splitlines())

    def covers(self, row: Row) -> bool:
        """Return whether this entry is about a mutant."""
        return row.operators == (self.operator,) if self.operator else change_in(row.diff) == self.lines


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
            f"{path} can't be read: {error}. "
            "An entry is [[mutant]] with exercise, change or operator, and reason."
        ) from error
    for one in listed:
        _check(path, one)
    return listed


def change_in(diff: Sequence[str]) -> tuple[str, ...]:
    """Return the lines that a diff removes and adds, without indentation: `- x = 1`, `+ x = 2`."""
    stripped = [line.strip() for line in diff]
    return tuple(f"{line[0]} {line[1:].strip()}" for line in stripped if line.startswith(SIGNS))


def apply_equivalents(listed: Sequence[Equivalent], rows: Sequence[Row]) -> tuple[list[Row], list[str]]:
    """Return the mutants that were tried, with listed survivors marked as equivalent; and the stale entries.

    An entry is stale if it covers no mutant, or if all that it covers are killed.
    """
    judged = [_judged(listed, row) for row in rows]
    stale = [
        _stale(one, "a check kills its mutant" if covered else "no mutant has this change")
        for one in listed
        if not {"equivalent", "untried"} & (covered := {row.fate for row in judged if one.covers(row)})
    ]
    return [row for row in judged if row.fate != "untried"], stale


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
    return "\n".join(
        (f"{one.exercise}: remove this entry from {FILE}, for {why}", *(one.lines or [one.operator]))
    )


def _judged(listed: Sequence[Equivalent], row: Row) -> Row:
    """Return the row of a mutant; if an entry covers this survivor, as equivalent, with its reason."""
    if row.fate == "surviving":
        for one in listed:
            if one.covers(row):
                return replace(row, fate="equivalent", reason=one.reason)
    return row


def _check(path: Path, one: Equivalent) -> None:
    if not one.reason.strip():
        raise EquivalentsError(f"{path}: a mutant of {one.exercise} has no reason. Say why it is right.")
    if bool(one.change) == bool(one.operator):
        raise EquivalentsError(f"{path}: a mutant of {one.exercise} needs either a change or an operator.")
    lines = [line.strip() for line in one.change.strip().splitlines()]
    if not all(line.startswith(SIGNS) for line in lines):
        raise EquivalentsError(
            f"{path}: the change of a mutant of {one.exercise} must be lines of its diff: those that begin "
            "with - or +."
        )
