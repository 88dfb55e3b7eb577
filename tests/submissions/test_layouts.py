"""Whether a folder is a class or one submission: by all that is in it, and by names only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.submissions import CourseNames, find
from grader.submissions.announcing import first_lines

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


ONE_SUBMISSION = [
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
    ["hw3/mlp.ipynb", "hw3/.ipynb_checkpoints/mlp-checkpoint.ipynb"],
    ["mlp.ipynb", "__MACOSX/._mlp.ipynb", ".DS_Store", "._mlp.ipynb"],
    ["mlp.ipynb", "lightning_logs/version_0/", "wandb/run-1/", "runs/"],
    ["submission/mlp.py", "submission/oo_design.py", "Discussion.md"],
    ["linear_regression_scratch.ipynb", "linear_regression_scratch.html", "linear_regression_scratch.pdf"],
    ["mlp.py", "node_modules/x/mlp.py", "site-packages/oo_design.py"],
    ["mlp.ipynb", "Untitled.ipynb", "Untitled1.ipynb"],
]
A_CLASS = [
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
    ["alice/mlp.ipynb", "bora/mlp.ipynb", "chen/oo_design.ipynb", "class.csv"],
    ["Alice Park_123456_assignsubmission_file_/mlp.ipynb", "Bora Kaya_123457_assignsubmission_file_/x.ipynb"],
    ["parkalice_12345_67890_mlp.ipynb", "kayabora_LATE_12346_67891_mlp.ipynb"],
    ["mlp.ipynb", "submission_1.ipynb", "submission_2.ipynb"],
    ["alice.tgz", "bora.zip", "chen.ipynb", "grades.xlsx"],
]


@pytest.mark.parametrize("names", ONE_SUBMISSION)
def test_one_students_folder_is_one_submission(tmp_path: Path, names: list[str]) -> None:
    assert decision(tmp_path, *names).layout.name == "single"


@pytest.mark.parametrize("names", A_CLASS)
def test_a_class_is_a_class_whatever_one_student_calls_a_file(tmp_path: Path, names: list[str]) -> None:
    assert decision(tmp_path, *names).layout.name != "single"


def test_each_of_forty_messy_folders_has_its_line(tmp_path: Path) -> None:
    folders = [tmp_path / f"folder-{number}" for number in range(41)]
    for folder, names in zip(folders, [*ONE_SUBMISSION, *A_CLASS], strict=True):
        decision(folder, *names)
    lines = list(first_lines(find(folders, COURSE)))
    assert [line.partition(":")[0] for line in lines] == [str(folder) for folder in folders]
    taken = [line.partition(": ")[2].partition(" (")[0].strip(".") for line in lines]
    assert taken[: len(ONE_SUBMISSION)] == ["one submission"] * len(ONE_SUBMISSION)
    assert all(one.startswith(("a class of ", "a download from ")) for one in taken[len(ONE_SUBMISSION) :])
