"""A `course.toml` in a notebook: the same exercises, points and deadlines as in a terminal."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from grader.local.notebook.cells import Cells
from grader.local.notebook.checking import check_exercises, notebook_runner
from grader.local.notebook.notebook_course import NotebookCourse, NotInCourse
from grader.local.notebook.page import Page

EXAMPLE = Path(__file__).parents[3] / "examples" / "regularization"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """The example, with a deadline that stays in the future, and two sections."""
    made = shutil.copytree(EXAMPLE, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__", ".*"))
    text = (made / "course.toml").read_text()
    first, second, _dropout, clipping = text.split("[[sections]]\n")
    text = "[[sections]]\n".join([first.replace("20", "15"), second, clipping.replace("2026-", "2199-")])
    (made / "course.toml").write_text(text)
    return made


def test_only_exercises_of_the_course_are_known(course: Path) -> None:
    shelf = NotebookCourse(course)
    assert sorted(shelf.names) == ["clip_gradients", "l2_penalty"]
    with pytest.raises(NotInCourse, match="There is no exercise dropout_layer"):
        shelf.find(["dropout_layer"])
    ((_section, exercise),) = shelf.find(["clip_gradients"])
    assert exercise.max_points == 12


def test_the_overview_says_when_a_section_is_due(course: Path) -> None:
    namespace: dict[str, object] = {"clip_gradients": lambda gradients, _max_norm: gradients}
    wanted = NotebookCourse(course).find([])
    runner = notebook_runner(course, namespace, Cells(()), devices=("cpu",))
    page = Page(check_exercises(wanted, runner, namespace, all_hints=False), overview=True)
    assert re.search(r"9\.5 Gradient clipping, due 15 Dec 2199 23:59( UTC\+01:00)?  0 of 12", repr(page))
    assert "9.5 Gradient clipping, due 15 Dec 2199" in page._repr_html_()


def test_an_invalid_file_is_an_error(course: Path) -> None:
    (course / "course.toml").write_text("title = 3\n")
    with pytest.raises(NotInCourse, match=r"course\.toml:1: title must be text"):
        NotebookCourse(course)
