"""The archive for Gradescope, unpacked and run in the layout that Gradescope has, below a scratch root."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from grader.cli.main import main
from grader.course.course import SHIPPED
from grader.release.autograder_archive import PackageError
from grader.release.gradescope_package import gradescope
from tests.fixtures import small_class
from tests.fixtures.small_class import ANSWERS, stand_in_program

if TYPE_CHECKING:
    from collections.abc import Sequence

course = small_class.course
"""The small course of one exercise, instead of the one of this folder's conftest."""


@pytest.fixture(scope="module")
def autograder(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gradescope's folder, after its set-up: the archive unpacked, and an environment with the grader."""
    root = tmp_path_factory.mktemp("autograder")
    packed = gradescope(course, root / "autograder.zip")
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(root / "source")
        for entry in archive.infolist():
            (root / "source" / entry.filename).chmod(entry.external_attr >> 16)
    (root / "venv").symlink_to(sys.prefix)
    return root


def run(root: Path, answer: str | None, **metadata: object) -> tuple[int, dict[str, Any] | None]:
    """Hand in an answer; return the script's exit status, and what Gradescope finds."""
    submission, results = root / "submission", root / "results"
    for folder in (submission, results):
        folder.mkdir(exist_ok=True)
        for file in folder.iterdir():
            file.unlink()
    if answer is not None:
        (submission / "doubling.py").write_text(answer)
    (root / "submission_metadata.json").write_text(json.dumps({"id": 1, **metadata}))
    done = subprocess.run(
        [root / "source" / "run_autograder"], env={**os.environ, "AUTOGRADER_ROOT": str(root)}, cwd="/",
        check=False, capture_output=True, timeout=240,
    )  # fmt: skip
    file = results / "results.json"
    return done.returncode, json.loads(file.read_text()) if file.exists() else None


def test_each_submission_gets_its_score_and_nothing_of_an_earlier_one_is_kept(autograder: Path) -> None:
    """The first is told that it is late. Its seed is gone, so the next one gets inputs of its own."""
    status, results = run(
        autograder, ANSWERS["alice.py"], created_at="2026-12-03T10:00:00+01:00",
        assignment={"due_date": "2026-12-01T10:00:00+01:00"}, previous_submissions=[{"score": 1.5}],
    )  # fmt: skip
    assert status == 0
    assert results is not None
    assert results["score"] == 4.0
    assert results["extra_data"]["late_days"] == 2
    assert "the best with 1.5 points" in results["output"]
    assert {test["visibility"] for test in results["tests"]} == {"visible"}
    assert "limits" in results["extra_data"]["sandbox"]
    assert not list(autograder.rglob("run.json"))
    _status, results = run(autograder, "def double(n):\n    total = n + n\n    raise ValueError(total)\n")
    assert results is not None
    assert results["score"] < 4.0
    assert "ValueError" in json.dumps(results["tests"])
    assert not list(autograder.rglob("run.json"))


def test_a_fault_of_the_grader_leaves_no_results_and_a_status(autograder: Path, tmp_path: Path) -> None:
    """A stand-in has it: a check could not be judged."""
    (tmp_path / "source").symlink_to(autograder / "source")
    (tmp_path / "venv").mkdir()
    stand_in_program(tmp_path / "venv" / "bin")
    assert run(tmp_path, "x = 1\n")[0] == 0
    status, results = run(tmp_path, "# not judged\n")
    assert (status, results) == (1, None)


def test_the_archive_has_what_grading_needs_and_no_class(tmp_path: Path) -> None:
    with zipfile.ZipFile(gradescope(SHIPPED, tmp_path / "a.zip")) as archive:
        names = set(archive.namelist())
    assert {"setup.sh", "run_autograder", "gradbook/pyproject.toml", "gradbook/grader/cli/main.py"} <= names
    assert {"gradbook/constraints.txt", "gradbook/requirements/grading.txt"} <= names
    assert "gradbook/reference/ch5_multilayer_perceptrons/mlp.py" in names
    assert "gradbook/assignments/ch5_multilayer_perceptrons/test_mlp.py" in names
    assert not [name for name in names if "/sample_class/" in name or "__pycache__" in name]


def test_the_same_course_gives_the_same_archive(course: Path, tmp_path: Path) -> None:
    one, other = (gradescope(course, tmp_path / name).read_bytes() for name in ("a.zip", "b.zip"))
    assert one == other


def test_the_packages_of_a_course_are_installed(course: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(course, tmp_path / "course"))
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(gradescope(own, packed)) as archive:
        assert "gradbook/packages.txt" not in archive.namelist()
    declared = (
        'title = "T"\npoints = 4\npackages = ["scipy", "pandas>=2.2,<3"]\n[[sections]]\nmodule = "doubling"\n'
    )
    (own / "course.toml").write_text(declared)
    with zipfile.ZipFile(gradescope(own, packed)) as archive:
        assert archive.read("gradbook/packages.txt").decode() == "scipy\npandas>=2.2,<3\n"
        assert '-r "$gradbook/packages.txt"' in archive.read("setup.sh").decode()
    (own / "course.toml").write_text(declared.replace("scipy", "sci py"))
    assert "'sci py' is not the name of a package" in refused([str(packed), "--course", str(own)])


@pytest.mark.parametrize("script", ["setup.sh", "run_autograder"])
def test_the_scripts_are_sound(autograder: Path, script: str) -> None:
    path = autograder / "source" / script
    checked = subprocess.run(
        [Path(sys.executable).with_name("shellcheck"), path], check=False, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout
    assert os.access(path, os.X_OK)
    assert "set -euo pipefail" in path.read_text()


def refused(arguments: Sequence[str]) -> str:
    done = CliRunner().invoke(main, ["package", "gradescope", *arguments])
    assert done.exit_code == 2
    return " ".join(done.output.split())


def test_what_cannot_be_packed_is_named(course: Path, tmp_path: Path) -> None:
    assert "must end in .zip" in refused([str(tmp_path / "a.tar"), "--course", str(course)])
    assert "has no folder assignments/" in refused([str(tmp_path / "a.zip"), "--course", str(tmp_path)])
    (tmp_path / "file").touch()
    assert "can't be written" in refused([str(tmp_path / "file" / "a.zip"), "--course", str(course)])


def test_an_installed_package_is_no_checkout(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.release.autograder_archive.HERE", tmp_path / "site-packages" / "grader")
    with pytest.raises(PackageError, match="an autograder from a checkout"):
        gradescope(course, tmp_path / "a.zip")
