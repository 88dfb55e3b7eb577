"""Whether a folder is a class or one submission: by all that is in it, and by names only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.submissions import CourseNames, find

if TYPE_CHECKING:
    from pathlib import Path

    from grader.submissions.finding import Decision

COURSE = CourseNames(
    frozenset(
        ["linear_regression_scratch", "softmax_regression_scratch", "mlp", "mlp_implementation", "oo_design"]
    ),
    frozenset(["ch3_linear_regression", "ch4_linear_classification", "ch5_multilayer_perceptrons"]),
)
STUDENTS = [f"{name}.ipynb" for name in ("alice", "bora", "chen", "dmitri", "elif", "이서연", "20241107")]


def decision(folder: Path, *names: str) -> Decision:
    """What a folder with such files and folders is taken for; the name of a folder ends in a slash."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir() if name.endswith("/") else path.touch()
    (found,) = find([folder], COURSE).folders
    return found


@pytest.mark.parametrize(
    "names",
    [
        ["mlp.py"],
        ["mlp.ipynb", "utils.py"],
        ["mlp.ipynb", "softmax_regression_scratch.ipynb", "hw1.ipynb"],
        ["softmax-regression-scratch.ipynb", "MLP Implementation.ipynb", "x.ipynb"],
        ["linear_regression_scratch.ipynb", "sofmax_regression_scratch.ipynb"],
        ["mlp.ipynb", "mlp-Copy1.ipynb", "mlp (1).ipynb", "mlp_final_v2.ipynb", "old_mlp.py"],
        ["mlp.py", "__init__.py", "main.py", "train.py", "model.py", "layers.py", "d2l.py", "conftest.py"],
        ["mlp.py", "test_mlp.py", "drive_mlp.py", "bands.json"],
        ["mlp.py", "data/", "images/", "checkpoints/", "venv/", "docs/", ".git/", "ch4/"],
        ["mlp.py", "README.md", "report.pdf", "Alice Park.docx", "loss.png", "house_prices.csv", "data.zip"],
        ["ch3/linear_regression_scratch.py", "ch5_multilayer_perceptrons/mlp.py", "README.md"],
        ["assignments/ch5_multilayer_perceptrons/mlp.py", "grader/cli.py", "pyproject.toml"],
        ["src/homework.py", "src/mlp.py"],
    ],
)
def test_one_students_folder_is_one_submission(tmp_path: Path, names: list[str]) -> None:
    assert decision(tmp_path, *names).layout.name == "single"


@pytest.mark.parametrize(
    "names",
    [
        STUDENTS,
        [*STUDENTS, "mlp.ipynb"],
        [*STUDENTS, "mlp.ipynb", "softmax_regression_scratch.py", "utils.py"],
        ["mlp.ipynb", "alice.ipynb"],
        ["mlp.ipynb", "mlp_alice.ipynb"],
        ["softmax_regression_scratch.ipynb", "softmax_regression_scratch_bob.ipynb"],
        ["mlp.ipynb", "mlp_20241107.ipynb"],
        ["mlp.ipynb", "mlp20241107.ipynb"],
        ["mlp.py", "alice.zip", "bob.tar.gz"],
        ["mlp.py", "alice/", "bob/"],
        ["alice/mlp.py", "bob/mlp.py"],
        ["alice/ch5_multilayer_perceptrons/mlp.py"],
        ["mlp.pdf", "mlp.csv"],
        ["mlp/", "utils.py"],
        ["data/raw/mlp.py", "venv/mlp.py", "venv/oo_design.py"],
        ["assignments/alice.py", "assignments/bob.py"],
    ],
)
def test_a_class_is_a_class_whatever_one_student_calls_a_file(tmp_path: Path, names: list[str]) -> None:
    assert decision(tmp_path, *names).layout.name == "plain"
