"""`course.toml`: which sections a course has, which of their exercises, for how many points, and until when.

Whoever reads it gets no more than what it says, checked as far as that can be done without running anything;
`grader.course.course` makes a course of it.
"""

from __future__ import annotations

import difflib
import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from grader.course.declarations import SYLLABUS, checks_in, declarations, module_of
from grader.course.toml_lines import line_of

if TYPE_CHECKING:
    from grader.course.toml_lines import Keys

MAX_SEED: Final = 2**53 - 1
"""Larger integers don't survive every reader of JSON."""
YEARS: Final = range(2000, 2200)
"""In which deadlines may be; others are slips, and not all systems can convert them."""
RIGHT: Final = {
    "": 'title = "Deep learning", points = 100 and [[sections]]',
    "title": 'title = "Deep learning"',
    "points": "points = 100",
    "sections": '[[sections]] above module = "mlp", once for each section',
    "seed": 'seed = {policy = "fresh"}',
    "seed.policy": 'policy = "fresh" or policy = "fixed"',
    "seed.value": "value = 2026",
    "sections.module": 'module = "mlp"',
    "sections.deadline": "deadline = 2026-12-01T23:59:00+01:00",
    "sections.exercises": 'exercises = ["relu", "sigmoid"]',
    "sections.points": "points = {relu = 8}",
}
"""What would be right, by where it stands."""
WORDS: Final = {
    "str": "text", "int": "a whole number", "float": "a number", "bool": "true or false", "array": "a list",
    "object": "a table", "datetime": "a date-time", "date": "a date", "time": "a time of day",
}  # fmt: skip
"""What msgspec calls the kinds of values that TOML has, in plain words."""


class CourseError(ValueError):
    """The folder isn't a course, or something in it is wrong. The message says what to do."""


class Seed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a grading run takes its seed from, if none is asked for: a fresh one, or always the same."""

    policy: Literal["fresh", "fixed"]
    value: int | None = None


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A section of a course; without `exercises` it has all that the section's checks declare.

    `points` are those of exercises that are worth something else than their checks say.
    """

    module: str
    deadline: datetime | None = None
    exercises: tuple[str, ...] | None = None
    points: Mapping[str, float] = {}


class Syllabus(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `course.toml` says; `points` is what all exercises add up to."""

    title: str
    points: float
    sections: tuple[Part, ...]
    seed: Seed = Seed("fresh")

    def part(self, module: str) -> Part | None:
        """Return a section, by the name of its module; None, where the course doesn't have it."""
        return next((part for part in self.sections if part.module == module), None)


RECORDS: Final[Mapping[str, type[msgspec.Struct]]] = {"": Syllabus, "seed": Seed, "sections": Part}
"""The tables that there are, by where they stand."""


def read(root: Path) -> Syllabus | None:
    """Return what a course's file says; None, where it has none. Raises `CourseError`."""
    path = root / SYLLABUS
    if not path.exists():
        return None
    text = _text(path)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax(path, text, error) from error
    try:
        syllabus = msgspec.convert(values, Syllabus, builtin_types=(datetime, date, time))
    except msgspec.ValidationError as error:
        raise _unfit(root, values, str(error)) from error
    _demand_sense(root, syllabus)
    return syllabus


def demand_known(root: Path) -> None:
    """Raise `CourseError` where a course's file names a section or an exercise that there isn't."""
    syllabus = read(root)
    known = checks_in(root)
    for place, part in enumerate(syllabus.sections if syllabus else ()):
        keys = ("sections", place)
        found = [path for path, module in known.items() if module == part.module]
        if not found:
            raise problem(
                root,
                (*keys, "module"),
                f"there is no section {part.module}{_near(part.module, known.values())}",
            )
        if len(found) > 1:
            both = " and ".join(path.relative_to(root).as_posix() for path in found)
            raise problem(
                root, (*keys, "module"), f"{part.module} can be {both}. Give one of them another name"
            )
        if part.exercises is None and not part.points:
            continue
        there = declarations(found[0])
        for index, name in enumerate(part.exercises or ()):
            if name not in there:
                said = f"{part.module} has no exercise {name}{_near(name, there)}"
                raise problem(root, (*keys, "exercises", index), said)
        chosen = there if part.exercises is None else part.exercises
        for name in part.points:
            if name not in chosen:
                said = f"points for {name}, which is no exercise of {part.module} here{_near(name, chosen)}"
                raise problem(root, (*keys, "points", name), said)


def declared(path: Path) -> tuple[str, ...]:
    """Return the names of the exercises that the course has of a checks file. Raises `CourseError`."""
    names = declarations(path)
    syllabus = read(root_of(path)) if names else None
    if syllabus is None:
        return names
    part = syllabus.part(module_of(path))
    if part is None:
        return ()
    return tuple(name for name in names if part.exercises is None or name in part.exercises)


def modules(root: Path) -> frozenset[str]:
    """Return the names of a course's section modules. Raises `CourseError`."""
    syllabus = read(root)
    return frozenset(
        checks_in(root).values() if syllabus is None else [one.module for one in syllabus.sections]
    )


def root_of(checks: Path) -> Path:
    """Return the folder of the course that a checks file belongs to."""
    return checks.parents[2]


def problem(root: Path, keys: Keys, said: str) -> CourseError:
    """Return the error that something in a course's file is wrong, with its line."""
    path = root / SYLLABUS
    return CourseError(f"{_shown(path)}:{line_of(_text(path), keys)}: {said}.")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CourseError(f"{_shown(path)}:{line}: this is not UTF-8. Save the file as UTF-8.") from error
    except OSError as error:
        raise CourseError(f"{_shown(path)} can't be read: {error.strerror}.") from error


def _shown(path: Path) -> str:
    """Return a path as seen from here, where it is below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _syntax(path: Path, text: str, error: tomllib.TOMLDecodeError) -> CourseError:
    said = str(error)
    found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", said)
    line = int(found[1]) if found and found[1] else max(1, len(text.splitlines()))
    column = f" in column {found[2]}" if found and found[2] else ""
    why = said[: found.start()] if found else said
    return CourseError(f"{_shown(path)}:{line}: this is not TOML: {why}{column}. See https://toml.io.")


def _unfit(root: Path, values: Mapping[str, Any], said: str) -> CourseError:
    """Return the error for values that aren't of the right kind, in plain words; msgspec `said` which."""
    said, _, where = said.partition(" - at `$")
    keys: list[str | int] = [
        int(number) if number else name for name, number in re.findall(r"\.(\w+)|\[(\d+)\]", where)
    ]
    if "[...]" in where:  # msgspec doesn't say which
        part = values["sections"][keys[1]]["points"]
        keys.append(next(key for key, one in part.items() if type(one) not in {int, float}))
    table = ".".join(key for key in keys[:3] if isinstance(key, str))
    if field := re.match(r"Object contains unknown field `(.*)`$", said, re.DOTALL):
        fields = RECORDS[table].__struct_fields__
        return problem(root, (*keys, field[1]), f"there is no setting {field[1]}{_near(field[1], fields)}")
    if field := re.match(r"Object missing required field `(.*)`$", said):
        wanted = RIGHT[f"{table}.{field[1]}".strip(".")]
        return problem(root, keys, f"{field[1]} is missing. Right would be {wanted}")
    if kinds := re.match(r"Expected `(\w+)[^`]*`, got `(\w+)`$", said):
        expected, got = (WORDS.get(kind, kind) for kind in kinds.groups())
        said = f"{keys[-1] if isinstance(keys[-1], str) else keys[-2]} must be {expected}, and is {got}"
        if isinstance(keys[-1], int):
            said = f"what {keys[-2]} lists must be {expected}, and this is {got}"
        return problem(root, keys, f"{said}. Right would be {RIGHT.get(table, RIGHT['sections.points'])}")
    return problem(root, keys, f"{keys[-1]} can't be that. Right would be {RIGHT[table]}")


def _demand_sense(root: Path, syllabus: Syllabus) -> None:
    """Raise `CourseError` where a value is of the right kind, and still can't be."""
    if not syllabus.title.strip() or not syllabus.title.isprintable():
        raise problem(root, ("title",), f"title must be a line of text. Right would be {RIGHT['title']}")
    _demand_positive(root, ("points",), "points", syllabus.points)
    if not syllabus.sections:
        raise problem(root, ("sections",), f"the course has no sections. Right would be {RIGHT['sections']}")
    seed = syllabus.seed
    if (seed.policy == "fixed") != (seed.value is not None):
        said = "needs a value" if seed.value is None else "has no value"
        raise problem(
            root,
            ("seed", "policy"),
            f'policy = "{seed.policy}" {said}: either fresh, or fixed and value = 2026',
        )
    if seed.value is not None and not 0 <= seed.value <= MAX_SEED:
        raise problem(root, ("seed", "value"), f"value must be from 0 to {MAX_SEED}, and is {seed.value}")
    seen: set[str] = set()
    for place, part in enumerate(syllabus.sections):
        keys = ("sections", place)
        if part.module in seen:
            raise problem(root, (*keys, "module"), f"{part.module} is named twice: one of them must go")
        seen.add(part.module)
        _demand_sense_of(root, keys, part)


def _demand_sense_of(root: Path, keys: tuple[str, int], part: Part) -> None:
    if part.deadline is not None and part.deadline.utcoffset() is None:
        raise problem(
            root, (*keys, "deadline"),
            "deadline doesn't say in which time zone: put the offset from UTC behind it, as in "
            f"{part.deadline.isoformat()}+01:00, or Z for UTC itself",
        )  # fmt: skip
    if part.deadline is not None and part.deadline.year not in YEARS:
        raise problem(root, (*keys, "deadline"), f"deadline is in the year {part.deadline.year}")
    names = part.exercises
    if names is not None and not names:
        raise problem(
            root, (*keys, "exercises"),
            f"exercises is empty: leave it out to have all of {part.module}, or leave the section out",
        )  # fmt: skip
    for index, name in enumerate(names or ()):
        if names is not None and name in names[:index]:
            raise problem(root, (*keys, "exercises", index), f"{name} is named twice: one of them must go")
    for name, points in part.points.items():
        _demand_positive(root, (*keys, "points", name), f"the points of {name}", points)


def _demand_positive(root: Path, keys: Keys, what: str, points: float) -> None:
    if not (math.isfinite(points) and points > 0):
        raise problem(root, keys, f"{what} must be a number above 0, which {points:g} is not")


def _near(name: str, known: Iterable[str]) -> str:
    """Say which of the known names may have been meant, and which there are."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1)
    return (f". Did you mean {near[0]}?" if near else ".") + f" There are: {', '.join(names)}"
