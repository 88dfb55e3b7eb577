"""Write sections of a course as notebooks: a cell with each exercise's stub, and its `%check` below."""

from __future__ import annotations

import ast
import inspect
import textwrap
from typing import TYPE_CHECKING, Final

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grader.authoring.stubs import StubError, stub_of
from grader.submissions.written import GIVEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nbformat import NotebookNode

    from grader.checks.exercise import Exercise
    from grader.course.course import Course, Section

INTRODUCTION: Final = """\
# {number} {title}

Fill in the cells below. After changing a cell, run it, and then the `%check` below it, which shows what is
correct, what is incorrect, and why. Check as often as you like; only you see the result."""
SET_UP: Final = """\
# If Gradbook isn't installed, as in Colab, get the course first; your instructor has its address:
# !git clone ADDRESS course
# %pip install -q ./course
%load_ext grader"""
ALL: Final = """\
## All exercises

The results of all exercises in this notebook:"""
KERNEL: Final = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class Changed(Exception):
    """Files exist with other content, perhaps somebody's work; nothing was written."""

    def __init__(self, paths: list[Path]) -> None:
        super().__init__(", ".join(str(path) for path in paths))
        self.paths = paths


def write(course: Course, folder: Path) -> list[Path]:
    """Write each section as `folder/<section>.ipynb`; return the paths that are new.

    Raises `Changed`, `StubError`, and `OSError` if the folder can't be written to.
    """
    texts = {folder / f"{one.module}.ipynb": text_of(notebook(course, one)) for one in course.sections}
    there = {path for path in texts if path.exists()}
    changed = [path for path in sorted(there) if path.read_bytes() != texts[path].encode()]
    if changed:
        raise Changed(changed)
    folder.mkdir(parents=True, exist_ok=True)
    new = [path for path in texts if path not in there]
    for path in new:
        path.write_bytes(texts[path].encode())
    return new


def text_of(made: NotebookNode) -> str:
    """Return a notebook as the text of its file. The same notebook gives the same text."""
    text: str = nbformat.writes(made)
    return text + "\n"


def notebook(course: Course, section: Section) -> NotebookNode:
    """Return a section as a notebook. Raises `StubError`."""
    imports, stubs = _parts(course, section)
    cells = [
        _prose("title", INTRODUCTION.format(number=section.number, title=section.title)),
        _code("set-up", SET_UP),
        *([_code("imports", imports)] if imports else []),
    ]
    for exercise in section.exercises:
        source = stubs[exercise.name]
        cells += [
            _prose(f"{exercise.name}-about", _about(exercise, source)),
            _code(exercise.name, source),
            _code(f"{exercise.name}-check", f"%check {exercise.name}"),
        ]
    cells += [_prose("all-about", ALL), _code("all-check", "%check")]
    made: NotebookNode = new_notebook(cells=cells, metadata=KERNEL)
    nbformat.validate(made)
    return made


def _parts(course: Course, section: Section) -> tuple[str, dict[str, str]]:
    """Return the imports of a section's stub, and the source of each exercise.

    Without a reference, both are made from the file that students fill in, without the students' code.
    """
    solution = course.solution(section)
    path = solution if solution.exists() else section.stub
    try:
        text = stub_of(
            path.read_text(encoding="utf-8"), frozenset(exercise.name for exercise in section.exercises)
        )
        tree = ast.parse(text)
    except (OSError, UnicodeDecodeError, SyntaxError, StubError) as error:
        raise StubError(f"{path}: {error}") from error
    lines = text.splitlines()
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    head = lines[imports[0].lineno - 1 : imports[-1].end_lineno] if imports else []
    return "\n".join(head), dict(_definitions(tree, lines))


def _definitions(tree: ast.Module, lines: list[str]) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            yield node.name, "\n".join(lines[first - 1 : node.end_lineno])


def _about(exercise: Exercise, source: str) -> str:
    """Return the heading of an exercise, its points, and the first paragraph of its docstring."""
    node = ast.parse(source).body[0]
    text = ast.get_docstring(node) if isinstance(node, ast.FunctionDef | ast.ClassDef) else None
    paragraph = textwrap.fill(inspect.cleandoc(text or "").split("\n\n")[0], 110)
    points = f"{exercise.max_points:g} point" + "s" * (exercise.max_points != 1)
    return f"## `{exercise.name}`, {points}\n\n{paragraph}"


def _prose(name: str, text: str) -> NotebookNode:
    made: NotebookNode = new_markdown_cell(text, id=_id(name), metadata={"gradbook": GIVEN})
    return made


def _code(name: str, source: str) -> NotebookNode:
    made: NotebookNode = new_code_cell(source, id=_id(name))
    return made


def _id(name: str) -> str:
    """Return the id of a cell, by its name: the format allows up to 64 letters, digits, - and _."""
    return "".join(
        letter if (letter.isascii() and letter.isalnum()) or letter == "_" else "-" for letter in name
    )[-64:]
