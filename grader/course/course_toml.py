"""`course.toml`: the sections of a course, with their exercises, points and deadlines.

The file is validated as far as possible without running any checks file; `grader.course.course` loads the
course.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from grader.course.declarations import COURSE_TOML, checks_in, declarations, module_of
from grader.course.mark_policy import EXAMPLES as MARK_EXAMPLES
from grader.course.mark_policy import GradebookEntry, MarkPolicy, mistakes
from grader.course.packages import is_requirement
from grader.course.toml_lines import line_of
from grader.course.unknown_names import advice
from grader.datasets.registry import DATA_SETS, DEFAULT

if TYPE_CHECKING:
    from grader.course.toml_lines import Keys
    from grader.datasets.registry import DataSet

MAX_SEED: Final = 2**53 - 1
"""Some JSON readers lose digits of larger integers."""
DEADLINE_YEARS: Final = range(2000, 2200)
"""Allowed years of deadlines. Others are typing errors, and some systems can't convert them."""
SECONDS_PER_SUBMISSION: Final = 300.0
"""Seconds of processor time for a submission, where a course says nothing else."""
EXAMPLES: Final = {
    "": 'title = "Deep learning", points = 100 and [[sections]]',
    "title": 'title = "Deep learning"',
    "points": "points = 100",
    "sections": '[[sections]] above module = "mlp", once for each section',
    "seed": 'seed = {policy = "fresh"}',
    "seed.policy": 'policy = "fresh" or policy = "fixed"',
    "seed.value": "value = 2026",
    "data": f'data = "{DEFAULT.name}"',
    "packages": 'packages = ["scipy", "scikit-learn"]',
    "seconds_per_submission": f"seconds_per_submission = {SECONDS_PER_SUBMISSION:g}",
    "sections.module": 'module = "mlp"',
    "sections.book": 'book = "https://d2l.ai/chapter_multilayer-perceptrons/mlp.html"',
    "sections.deadline": "deadline = 2026-12-01T23:59:00+01:00",
    "sections.exercises": 'exercises = ["relu", "sigmoid"]',
    "sections.points": "points = {relu = 8}",
    **MARK_EXAMPLES,
}
"""A correct example for each setting."""
ADDRESS: Final = re.compile(r"https?://[!-~]{1,2000}")
"""The address of a page: ASCII without spaces, since terminals and pages get it as it is."""
TYPE_NAMES: Final = {
    "str": "text", "int": "a whole number", "float": "a number", "bool": "true or false", "array": "a list",
    "object": "a table", "datetime": "a date-time", "date": "a date", "time": "a time of day",
}  # fmt: skip
"""Words for msgspec's names of the types of TOML."""


class CourseError(ValueError):
    """The folder isn't a course, or something in it is wrong. The message says how to fix it."""


class Seed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The seed of a grading run without `--seed`: a fresh one each time, or always `value`."""

    policy: Literal["fresh", "fixed"]
    value: int | None = None


class SectionEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A section of a course.

    `exercises` selects exercises, by default all that the checks file declares. `points` overrides the points
    of exercises. `book` is the address of the page that the section follows.
    """

    module: str
    deadline: datetime | None = None
    exercises: tuple[str, ...] | None = None
    points: Mapping[str, float] = {}
    book: str = ""


class Syllabus(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The contents of `course.toml`.

    `points` is the sum over all exercises, `data` names a data set, and `packages` are distributions that
    answers may import besides those that Gradbook requires (see `grader.course.packages`).
    `seconds_per_submission` is the processor time that the code of one submission may use, all exercises
    together, and a third of what it may take by the clock (see `grader.grading.time_budget`). `marks` says
    how points become marks, and `gradebook` where they are kept.
    """

    title: str
    points: float
    sections: tuple[SectionEntry, ...]
    seed: Seed = Seed("fresh")
    data: str = DEFAULT.name
    packages: tuple[str, ...] = ()
    seconds_per_submission: float = SECONDS_PER_SUBMISSION
    marks: MarkPolicy = MarkPolicy()
    gradebook: GradebookEntry = GradebookEntry()

    def section(self, module: str) -> SectionEntry | None:
        """Return the entry of a section, by the name of its module; None if the course leaves it out."""
        return next((part for part in self.sections if part.module == module), None)


TABLES: Final[Mapping[str, type[msgspec.Struct]]] = {
    "": Syllabus,
    "seed": Seed,
    "sections": SectionEntry,
    "marks": MarkPolicy,
    "gradebook": GradebookEntry,
}
"""The record for each table, by its key in the file."""


def read(root: Path) -> Syllabus | None:
    """Return the contents of a course's file; None if it has none. Raises `CourseError`."""
    path = root / COURSE_TOML
    if not path.exists():
        return None
    text = _text(path)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(path, text, error) from error
    try:
        syllabus = msgspec.convert(values, Syllabus, builtin_types=(datetime, date, time))
    except msgspec.ValidationError as error:
        raise _validation_error(root, values, str(error)) from error
    _require_valid(root, syllabus)
    return syllabus


def require_known_names(root: Path) -> None:
    """Raise `CourseError` if a course's file names a section or an exercise that doesn't exist."""
    syllabus = read(root)
    known = checks_in(root)
    for place, part in enumerate(syllabus.sections if syllabus else ()):
        keys = ("sections", place)
        found = [path for path, module in known.items() if module == part.module]
        if not found:
            raise error_at(
                root,
                (*keys, "module"),
                f"there is no section {part.module}{advice([part.module], list(known.values()))}",
            )
        if len(found) > 1:
            both = " and ".join(path.relative_to(root).as_posix() for path in found)
            raise error_at(
                root, (*keys, "module"), f"{part.module} can be {both}. Give one of them another name"
            )
        if part.exercises is None and not part.points:
            continue
        known_names = declarations(found[0])
        for index, name in enumerate(part.exercises or ()):
            if name not in known_names:
                message = f"{part.module} has no exercise {name}{advice([name], list(known_names))}"
                raise error_at(root, (*keys, "exercises", index), message)
        chosen = known_names if part.exercises is None else part.exercises
        for name in part.points:
            if name not in chosen:
                message = f"points for {name}, which is no exercise of {part.module} here"
                raise error_at(root, (*keys, "points", name), f"{message}{advice([name], list(chosen))}")


def declared(path: Path) -> tuple[str, ...]:
    """Return the names of a checks file's exercises that its course includes. Raises `CourseError`."""
    names = declarations(path)
    syllabus = read(root_of(path)) if names else None
    if syllabus is None:
        return names
    part = syllabus.section(module_of(path))
    if part is None:
        return ()
    return tuple(name for name in names if part.exercises is None or name in part.exercises)


def modules(root: Path) -> frozenset[str]:
    """Return the names of a course's section modules. Raises `CourseError`."""
    syllabus = read(root)
    return frozenset(
        checks_in(root).values() if syllabus is None else [one.module for one in syllabus.sections]
    )


def chapters(root: Path) -> frozenset[str]:
    """Return the names of the folders that the sections of a course are in."""
    return frozenset(path.parent.name for path in checks_in(root))


def data_set(root: Path) -> DataSet:
    """Return the data set that a course's file names, or the default one. Raises `CourseError`."""
    syllabus = read(root)
    return DEFAULT if syllabus is None else DATA_SETS[syllabus.data]


def root_of(checks: Path) -> Path:
    """Return the folder of the course that a checks file belongs to."""
    return checks.parents[2]


def error_at(root: Path, keys: Keys, message: str) -> CourseError:
    """Return the error for a value in a course's file, with its line number."""
    path = root / COURSE_TOML
    end = "" if message.endswith((".", "?")) else "."
    return CourseError(f"{_shown(path)}:{line_of(_text(path), keys)}: {message}{end}")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CourseError(f"{_shown(path)}:{line}: this is not UTF-8. Save the file as UTF-8.") from error
    except OSError as error:
        raise CourseError(f"{_shown(path)} can't be read: {error.strerror}.") from error


def _shown(path: Path) -> str:
    """Return a path relative to the current folder if it is inside it, otherwise in full."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _syntax_error(path: Path, text: str, error: tomllib.TOMLDecodeError) -> CourseError:
    message = str(error)
    found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    line = int(found[1]) if found and found[1] else max(1, len(text.splitlines()))
    column = f" in column {found[2]}" if found and found[2] else ""
    why = message[: found.start()] if found else message
    return CourseError(f"{_shown(path)}:{line}: this is not TOML: {why}{column}. See https://toml.io.")


def _validation_error(root: Path, values: Mapping[str, Any], message: str) -> CourseError:
    """Return the error for values of the wrong type, given msgspec's message."""
    message, _, where = message.partition(" - at `$")
    keys: list[str | int] = [
        int(number) if number else name for name, number in re.findall(r"\.(\w+)|\[(\d+)\]", where)
    ]
    if "[...]" in where:  # msgspec doesn't say which
        part: Any = values
        for key in keys:
            part = part[key]
        keys.append(next(key for key, one in part.items() if type(one) not in {int, float}))
    table = ".".join(key for key in keys[:3] if isinstance(key, str))
    if field := re.match(r"Object contains unknown field `(.*)`$", message, re.DOTALL):
        fields = TABLES[table].__struct_fields__
        suggestion = advice([field[1]], list(fields))
        return error_at(root, (*keys, field[1]), f"there is no setting {field[1]}{suggestion}")
    if field := re.match(r"Object missing required field `(.*)`$", message):
        wanted = EXAMPLES[f"{table}.{field[1]}".strip(".")]
        return error_at(root, keys, f"{field[1]} is missing. For example: {wanted}")
    if kinds := re.match(r"Expected `(\w+)(?:[^\w`][^`]*)?`, got `(\w+)`$", message):
        expected, got = (TYPE_NAMES.get(kind, kind) for kind in kinds.groups())
        message = f"{keys[-1] if isinstance(keys[-1], str) else keys[-2]} must be {expected}, and is {got}"
        if isinstance(keys[-1], int):
            message = f"what {keys[-2]} lists must be {expected}, and this is {got}"
        example = EXAMPLES.get(table) or EXAMPLES[table.rpartition(".")[0]]
        return error_at(root, keys, f"{message}. For example: {example}")
    return error_at(root, keys, f"{keys[-1]} can't be that. For example: {EXAMPLES[table]}")


def _require_valid(root: Path, syllabus: Syllabus) -> None:
    """Raise `CourseError` if a value has the right type, but is not allowed."""
    if not syllabus.title.strip() or not syllabus.title.isprintable():
        raise error_at(root, ("title",), f"title must be a line of text. For example: {EXAMPLES['title']}")
    _require_positive(root, ("points",), "points", syllabus.points)
    if syllabus.data not in DATA_SETS:
        message = f"there is no data set {syllabus.data}{advice([syllabus.data], list(DATA_SETS))}"
        raise error_at(root, ("data",), message)
    for index, name in enumerate(syllabus.packages):
        if not is_requirement(name):
            message = f"{name!r} is not the name of a package. For example: {EXAMPLES['packages']}"
            raise error_at(root, ("packages", index), message)
    limit = syllabus.seconds_per_submission
    _require_positive(root, ("seconds_per_submission",), "seconds_per_submission", limit)
    if not syllabus.sections:
        message = f"the course has no sections. For example: {EXAMPLES['sections']}"
        raise error_at(root, ("sections",), message)
    seed = syllabus.seed
    if (seed.policy == "fixed") != (seed.value is not None):
        message = "needs a value" if seed.value is None else "has no value"
        raise error_at(
            root,
            ("seed", "policy"),
            f'policy = "{seed.policy}" {message}: either fresh, or fixed and value = 2026',
        )
    if seed.value is not None and not 0 <= seed.value <= MAX_SEED:
        raise error_at(root, ("seed", "value"), f"value must be from 0 to {MAX_SEED}, and is {seed.value}")
    _require_valid_marks(root, syllabus)
    seen: set[str] = set()
    for place, part in enumerate(syllabus.sections):
        keys = ("sections", place)
        if part.module in seen:
            raise error_at(root, (*keys, "module"), f"{part.module} is named twice: one of them must go")
        seen.add(part.module)
        _require_valid_section(root, keys, part)


def _require_valid_marks(root: Path, syllabus: Syllabus) -> None:
    for key, message in mistakes(syllabus.marks):
        raise error_at(root, ("marks", key), f"{message}. For example: {EXAMPLES[f'marks.{key}']}")
    count = len(syllabus.sections) + len(syllabus.marks.written)
    if syllabus.marks.drop_lowest >= count:
        message = f"drop_lowest = {syllabus.marks.drop_lowest} leaves nothing of {count} sections"
        raise error_at(root, ("marks", "drop_lowest"), message)


def _require_valid_section(root: Path, keys: tuple[str, int], part: SectionEntry) -> None:
    if part.book and not ADDRESS.fullmatch(part.book):
        raise error_at(
            root, (*keys, "book"), "book is no address of a page: it begins with https:// or http://"
        )
    if part.deadline is not None and part.deadline.utcoffset() is None:
        raise error_at(
            root, (*keys, "deadline"),
            "deadline doesn't say in which time zone: put the offset from UTC behind it, as in "
            f"{part.deadline.isoformat()}+01:00, or Z for UTC itself",
        )  # fmt: skip
    if part.deadline is not None and part.deadline.year not in DEADLINE_YEARS:
        raise error_at(root, (*keys, "deadline"), f"deadline is in the year {part.deadline.year}")
    names = part.exercises
    if names is not None and not names:
        raise error_at(
            root, (*keys, "exercises"),
            f"exercises is empty: leave it out to have all of {part.module}, or leave the section out",
        )  # fmt: skip
    for index, name in enumerate(names or ()):
        if names is not None and name in names[:index]:
            raise error_at(root, (*keys, "exercises", index), f"{name} is named twice: one of them must go")
    for name, points in part.points.items():
        _require_positive(root, (*keys, "points", name), f"the points of {name}", points)


def _require_positive(root: Path, keys: Keys, what: str, points: float) -> None:
    if not (math.isfinite(points) and points > 0):
        raise error_at(root, keys, f"{what} must be a number above 0, which {points:g} is not")
