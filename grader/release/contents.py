"""The files of a release, by path: what students need, picked by name, so that nothing else comes along."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import tomlkit

from grader import PACKAGE, __version__
from grader.authoring.stubs import stubs
from grader.course.declarations import ASSIGNMENTS, SYLLABUS
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
"""Files that are made, by their templates in `grader/release/templates`."""
CODE: Final = frozenset({".py", ".typed", ".html", ".css", ".jinja"})
"""What the package consists of; byte code isn't part of it."""
CLOSED: Final = frozenset(
    {".pyc", ".pyo", ".zip", ".tar", ".tar.gz", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar"}
)
"""What may hold anything: it doesn't leave the course."""


@dataclass(frozen=True)
class Contents:
    """What goes into a release.

    Args:
        title: the course's.
        files: their bytes, by path.
        stubs: the paths of what students fill in.
        left_out: files among the data that may hold anything, and stay at home.

    """

    title: str
    files: dict[str, bytes]
    stubs: frozenset[str]
    left_out: tuple[str, ...] = ()


def title_of(course: Course) -> str:
    """Return what a course is called: without a `course.toml`, as its folder."""
    return course.syllabus.title if course.syllabus else course.root.resolve().name


def contents(course: Course) -> Contents:
    """Return what students get of a course. Raises `StubError` if it has no reference.

    Stubs are made from the reference, whatever the files of the course hold by now.
    """
    made = {_path(course, path): text.encode() for path, text in stubs(course)}
    files = dict(made)
    for section in course.sections:
        files |= {_path(course, path): path.read_bytes() for path in _beside(section)}
    data = [
        path for path in sorted(course.data.rglob("*")) if path.is_file() and not _is_hidden(course, path)
    ]
    closed = [path for path in data if suffix_of(path.name) in CLOSED]
    files |= {_path(course, path): path.read_bytes() for path in data if path not in closed}
    files |= {f"grader/{name}": content for name, content in package()}
    if course.syllabus is not None:
        files[SYLLABUS] = for_students(course.syllabus).encode()
    license_file = PACKAGE.parent / "LICENSE"
    if license_file.exists():
        files["LICENSE"] = license_file.read_bytes()
    files |= {name: text.encode() for name, text in _rendered(course)}
    return Contents(title_of(course), files, frozenset(made), tuple(_path(course, path) for path in closed))


def package() -> Iterator[tuple[str, bytes]]:
    """Yield the files of this package, by path in it.

    All of it: students run the same code as their instructor. It knows no exercise; what needs a reference,
    such as `grader audit`, says that it isn't there.
    """
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in CODE and path.is_file():
            yield path.relative_to(PACKAGE).as_posix(), path.read_bytes()


def for_students(syllabus: Syllabus) -> str:
    """Return a `course.toml` without the seed, which students must not know, and without comments."""
    sections = []
    for part in syllabus.sections:
        said = {"module": part.module, "deadline": part.deadline, "exercises": part.exercises}
        kept = {key: value for key, value in said.items() if value is not None}
        sections.append({**kept, **({"points": dict(part.points)} if part.points else {})})
    points = int(syllabus.points) if syllabus.points.is_integer() else syllabus.points
    return tomlkit.dumps({"title": syllabus.title, "points": points, "sections": sections})


def _beside(section: Section) -> Iterator[Path]:
    yield section.checks
    if section.drive is not None:
        yield section.drive
    bands = section.checks.with_name("bands.json")
    if bands.exists():
        yield bands


def _is_hidden(course: Course, path: Path) -> bool:
    parts = path.relative_to(course.data).parts
    return any(part.startswith(".") or part == "__pycache__" for part in parts)


def _path(course: Course, path: Path) -> str:
    return path.relative_to(course.root).as_posix()


def _rendered(course: Course) -> Iterator[tuple[str, str]]:
    for template, name in TEMPLATES.items():
        yield (
            name,
            texts("grader.release")
            .get_template(template)
            .render(
                assignments=ASSIGNMENTS,
                course=course,
                first=next(course.exercises())[1].name,
                pins=pins(),
                python=".".join(platform.python_version_tuple()[:2]),
                requirements=requirements(),
                title=title_of(course),
                version=__version__,
            ),
        )
