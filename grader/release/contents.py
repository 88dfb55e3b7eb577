"""The files of a release: what students need, selected by name, so that nothing else is released."""

from __future__ import annotations

import platform
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import tomlkit

from grader import PACKAGE
from grader.authoring.stubs import stubs
from grader.course.course_toml import SECONDS_PER_SUBMISSION
from grader.course.declarations import ASSIGNMENTS, COURSE_TOML
from grader.datasets.registry import DEFAULT
from grader.release.environment import pins, requirements
from grader.reporting.rendering import texts
from grader.submissions.naming import suffix_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.course.course import Course, Section
    from grader.course.course_toml import Syllabus

TEMPLATES: Final = {
    "README.md.jinja": "README.md",
    "pyproject.toml.jinja": "pyproject.toml",
    "constraints.txt.jinja": "constraints.txt",
    "gitignore.jinja": ".gitignore",
    "gitattributes.jinja": ".gitattributes",
    "check.yml.jinja": ".github/workflows/check.yml",
    "gitlab-ci.yml.jinja": ".gitlab-ci.yml",
}
"""The generated files, by their templates in `grader/release/templates`."""
PACKAGE_SUFFIXES: Final = frozenset({".py", ".typed", ".html", ".css", ".js", ".jinja"})
"""The suffixes of the package's files; byte code is not released."""
GUIDE: Final = PACKAGE.parent / "docs" / "students" / "guide.md"
STUDENTS_PAGE: Final = "docs/students.md"
PICTURE: Final = re.compile(r"\]\(\.\./pictures/(\w+\.png)\)")
OTHER_PAGE: Final = re.compile(
    r"(?P<colon>:)?(?:\s{1,9}see)?\s{1,9}\[[^\]]{1,200}\]\((?!pictures/|https?:|#)[^)]{0,200}\)[^.]{0,400}\."
)
"""A sentence that begins with a link to another page, or what a colon has before such a link."""
ARCHIVE_SUFFIXES: Final = frozenset(
    {".pyc", ".pyo", ".zip", ".tar", ".tar.gz", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar"}
)
"""Archives and byte code may contain solutions: they are not released."""


@dataclass(frozen=True)
class Contents:
    """The content of a release.

    Args:
        title: the title of the course.
        files: the bytes of each file, by path.
        stubs: the paths of the files that students fill in.
        left_out: archives among the data, which are not released.

    """

    title: str
    files: dict[str, bytes]
    stubs: frozenset[str]
    left_out: tuple[str, ...] = ()


def title_of(course: Course) -> str:
    """Return the title of a course: the name of its folder, if it has no `course.toml`."""
    return course.syllabus.title if course.syllabus else course.root.resolve().name


def contents(course: Course) -> Contents:
    """Return the files that students get of a course. Raises `StubError` if it has no reference.

    Stubs are made from the reference, even if the course's own stubs were filled in.
    """
    made = {_path(course, path): text.encode() for path, text in stubs(course)}
    files = dict(made)
    for section in course.sections:
        files |= {_path(course, path): path.read_bytes() for path in _files_beside(section)}
    data = [
        path for path in sorted(course.data.rglob("*")) if path.is_file() and not _is_hidden(course, path)
    ]
    archives = [path for path in data if suffix_of(path.name) in ARCHIVE_SUFFIXES]
    files |= {_path(course, path): path.read_bytes() for path in data if path not in archives}
    files |= {f"grader/{name}": content for name, content in package()}
    if course.syllabus is not None:
        files[COURSE_TOML] = for_students(course.syllabus).encode()
    license_file = PACKAGE.parent / "LICENSE"
    if license_file.exists():
        files["LICENSE"] = license_file.read_bytes()
    files |= dict(_guide())
    files |= {name: text.encode() for name, text in _rendered(course)}
    return Contents(title_of(course), files, frozenset(made), tuple(_path(course, path) for path in archives))


def package() -> Iterator[tuple[str, bytes]]:
    """Yield the files of the package `grader` with their paths in it.

    All files are released, so that students run the same code as their instructor. None of them is about a
    particular exercise. Commands that need a reference, such as `grader audit`, report that it is missing.
    """
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in PACKAGE_SUFFIXES and path.is_file():
            yield path.relative_to(PACKAGE).as_posix(), path.read_bytes()


def for_students(syllabus: Syllabus) -> str:
    """Return a `course.toml` without comments and without the seed, which is secret."""
    sections = []
    for part in syllabus.sections:
        values = {
            "module": part.module,
            "book": part.book or None,
            "deadline": part.deadline,
            "exercises": part.exercises,
        }
        kept = {key: value for key, value in values.items() if value is not None}
        sections.append({**kept, **({"points": dict(part.points)} if part.points else {})})
    points = int(syllabus.points) if syllabus.points.is_integer() else syllabus.points
    data = {} if syllabus.data == DEFAULT.name else {"data": syllabus.data}
    packages = {"packages": syllabus.packages} if syllabus.packages else {}
    seconds = syllabus.seconds_per_submission
    time = {} if seconds == SECONDS_PER_SUBMISSION else {"seconds_per_submission": seconds}
    return tomlkit.dumps(
        {"title": syllabus.title, "points": points, **data, **packages, **time, "sections": sections}
    )


def _files_beside(section: Section) -> Iterator[Path]:
    yield section.checks
    if section.drive is not None:
        yield section.drive
    bands = section.checks.with_name("bands.json")
    if bands.exists():
        yield bands


def _guide() -> Iterator[tuple[str, bytes]]:
    """Yield the students' guide with its pictures, where this is a checkout, which has them.

    What it says about pages that students don't have is left out.
    """
    if not GUIDE.exists():
        return
    text = GUIDE.read_text(encoding="utf-8")
    for name in dict.fromkeys(PICTURE.findall(text)):
        yield f"docs/pictures/{name}", (GUIDE.parents[1] / "pictures" / name).read_bytes()
    text = PICTURE.sub(r"](pictures/\1)", text)
    text = OTHER_PAGE.sub(lambda found: "." if found["colon"] else "", text)
    yield STUDENTS_PAGE, text.encode()


def _is_hidden(course: Course, path: Path) -> bool:
    parts = path.relative_to(course.data).parts
    return any(part.startswith(".") or part == "__pycache__" for part in parts)


def _path(course: Course, path: Path) -> str:
    return path.relative_to(course.root).as_posix()


def _rendered(course: Course) -> Iterator[tuple[str, str]]:
    declared = course.syllabus.packages if course.syllabus else ()
    for template, name in TEMPLATES.items():
        yield (
            name,
            texts("grader.release")
            .get_template(template)
            .render(
                assignments=ASSIGNMENTS,
                course=course,
                first=next(course.exercises())[1].name,
                pins=pins(declared),
                page=STUDENTS_PAGE if GUIDE.exists() else "",
                python=".".join(platform.python_version_tuple()[:2]),
                requirements=requirements(declared),
                title=title_of(course),
            ),
        )
