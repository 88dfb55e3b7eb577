"""No answer is in a release: not in a file, an archive, byte code, or the history of its repository."""

from __future__ import annotations

import gzip
import io
import json
import py_compile
import shutil
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from grader.course.course import load
from grader.release.build import release
from tests.release.conftest import EXAMPLE, ROOT
from tests.release.leaks import Answers, git

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ANSWER = """
class Network:
    def normalize(self, gradients, max_norm):
        '''Say something else.'''
        norm = torch.sqrt(sum( (gradient ** 2).sum()  # squares
                               for gradient in gradients))
        factor = torch.clamp(max_norm / norm, max=1)
        return [factor * gradient for gradient in gradients]
"""
"""The body of clip_gradients in the example's reference, in other words."""


def in_a_file(folder: Path) -> None:
    (folder / "grader" / "extra.py").write_text(ANSWER)


def in_prose(folder: Path) -> None:
    lines = [line for line in ANSWER.replace("  # squares", "").splitlines() if "'''" not in line]
    (folder / "README.md").write_text("Like so:\n" + "\n".join(lines[2:]))


def in_a_notebook(folder: Path) -> None:
    cells = [{"cell_type": "code", "source": [f"{line}\n" for line in ANSWER.splitlines()]}]
    (folder / "more.ipynb").write_text(json.dumps({"cells": cells}))


def in_byte_code(folder: Path) -> None:
    (folder / "answer.py").write_text(ANSWER)
    py_compile.compile(str(folder / "answer.py"), cfile=str(folder / "grader" / "extra.pyc"))
    (folder / "answer.py").unlink()


def in_an_archive(folder: Path) -> None:
    with zipfile.ZipFile(folder / "data.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner/answer.py", ANSWER)


def in_an_archive_in_an_archive(folder: Path) -> None:
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w") as archive:
        member = tarfile.TarInfo("answer.py")
        member.size = len(ANSWER)
        archive.addfile(member, io.BytesIO(ANSWER.encode()))
    (folder / "data.bin").write_bytes(gzip.compress(inner.getvalue()))


def in_a_commit(folder: Path) -> None:
    in_a_file(folder)
    git(folder, "add", "--all")
    git(folder, "-c", "user.name=A", "-c", "user.email=a@b", "commit", "--message=More")
    git(folder, "rm", "--quiet", "grader/extra.py")
    git(folder, "-c", "user.name=A", "-c", "user.email=a@b", "commit", "--message=Less")


def in_an_object_that_no_commit_leads_to(folder: Path) -> None:
    in_a_file(folder)
    git(folder, "add", "--all")
    git(folder, "rm", "--quiet", "--force", "grader/extra.py")


@pytest.fixture(scope="module")
def answers() -> Answers:
    """The answers of the example."""
    return Answers(load(EXAMPLE))


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory, answers: Answers) -> Path:
    """A release of the example, in which no answer is found."""
    students = tmp_path_factory.mktemp("release") / "students"
    release(load(EXAMPLE), students)
    assert answers.are_in(students) == []
    return students


def test_no_answer_is_in_the_release_of_the_course_that_ships(tmp_path: Path) -> None:
    course = load(ROOT)
    release(course, tmp_path / "students")
    answers = Answers(course)
    assert len(answers.trees) > 1000
    assert answers.are_in(tmp_path / "students") == []
    assert "mlp.py" in answers.are_in(ROOT / "reference" / "ch5_multilayer_perceptrons")


@pytest.mark.parametrize(
    ("plant", "place"),
    [
        (in_a_file, "grader/extra.py"),
        (in_prose, "README.md"),
        (in_a_notebook, "more.ipynb/cell"),
        (in_byte_code, "grader/extra.pyc"),
        (in_an_archive, "data.zip/inner/answer.py"),
        (in_an_archive_in_an_archive, "data.bin/inside/answer.py"),
        (in_a_commit, "git: grader/extra.py"),
        (in_an_object_that_no_commit_leads_to, "git: "),
    ],
)
def test_an_answer_would_be_found(
    tmp_path: Path, clean: Path, answers: Answers, plant: Callable[[Path], None], place: str
) -> None:
    students = shutil.copytree(clean, tmp_path / "students")
    plant(students)
    (found,) = answers.are_in(students)
    assert found.startswith(place)


def test_a_release_of_a_course_whose_stubs_are_filled_in_has_the_stubs(tmp_path: Path) -> None:
    ours = shutil.copytree(EXAMPLE, tmp_path / "course")
    for path in ours.glob("reference/ch*/*.py"):
        shutil.copy(path, ours / "assignments" / path.parent.name / path.name)
    course, students = load(ours), tmp_path / "students"
    release(course, students)
    assert Answers(course).are_in(students) == []
    for path in students.glob("assignments/ch*/[!t]*.py"):
        assert "raise NotImplementedError" in path.read_text()
