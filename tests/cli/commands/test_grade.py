"""Wrong usage, and a machine that lacks something: a clear error, exit status 2, and no output folder."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from grader.cli import options
from grader.cli.main import main
from tests.fixtures.small_class import (
    BY_0_1,
    course_that_starts_a_thread,
    without_bubblewrap,
    write_class,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A class with one submission."""
    return write_class(tmp_path / "class", "alice.py")


def refused(course: Path, *arguments: str | Path, out: Path) -> str:
    """Return the error message of a command that refuses to grade."""
    result: Result = CliRunner().invoke(
        main, ["grade", "--course", str(course), "--out", str(out), *map(str, arguments)]
    )
    assert result.exit_code == 2, result.output
    assert not (out / "run.json").exists()
    return " ".join(result.output.split())


def test_a_path_that_is_not_there(course: Path, tmp_path: Path) -> None:
    assert "nowhere' can't be graded: No such file" in refused(
        course, tmp_path / "nowhere", out=tmp_path / "out"
    )


def test_an_empty_folder(course: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "contains no submissions" in refused(course, tmp_path / "empty", out=tmp_path / "out")


def test_options_that_contradict_each_other(course: Path, folder: Path, tmp_path: Path) -> None:
    said = refused(course, folder, "--single", "--layout", "plain", out=tmp_path / "out")
    assert "--single and --layout plain contradict each other" in said


@pytest.mark.usefixtures("worker_threads")
def test_an_unknown_exercise_is_told_what_may_be_meant(course: Path, folder: Path, tmp_path: Path) -> None:
    said = refused(course, folder, "--only", "double,dubble", out=tmp_path / "out")
    assert "There is no exercise dubble. Did you mean double?" in said


def test_an_output_folder_that_is_a_file(course: Path, folder: Path) -> None:
    assert "is not a folder" in refused(course, folder, out=folder / "alice.py")
    assert "is not a folder" in refused(course, folder, out=folder / "alice.py" / "out")


def test_an_output_folder_that_is_read_only(
    course: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may write anywhere, so the system call is replaced.
    monkeypatch.setattr("os.access", lambda path, _mode: path != tmp_path)
    assert "is read-only" in refused(course, folder, out=tmp_path / "out")


def test_an_output_folder_that_is_the_class(course: Path, folder: Path) -> None:
    assert "Choose another --out" in refused(course, folder, out=folder)
    assert "Choose another --out" in refused(course, folder / "submissions" / "alice", out=folder)


def test_no_jobs_at_all(course: Path, folder: Path, tmp_path: Path) -> None:
    assert "'--jobs'" in refused(course, folder, "--jobs", "0", out=tmp_path / "out")


def test_a_damaged_run_file(course: Path, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{")
    result = CliRunner().invoke(main, ["grade", "--course", str(course), "--out", str(tmp_path), str(folder)])
    assert result.exit_code == 2
    assert "with the seed in any report.json below" in " ".join(result.output.split())


@pytest.mark.usefixtures("worker_threads")
def test_a_course_without_assignments(folder: Path, tmp_path: Path) -> None:
    assert "it has no folder assignments/" in refused(tmp_path, folder, out=tmp_path / "out")


@pytest.mark.usefixtures("worker_threads")
def test_a_course_without_checks(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "course" / "assignments").mkdir(parents=True)
    assert "has no checks" in refused(tmp_path / "course", folder, out=tmp_path / "out")


@pytest.mark.usefixtures("worker_threads")
def test_a_course_whose_file_is_wrong(course: Path, folder: Path, tmp_path: Path) -> None:
    ours, out = tmp_path / "course", tmp_path / "out"
    shutil.copytree(course, ours)
    top = 'title = "Doubling"\npoints = 5\n[[sections]]\nmodule = "doubling"\n'
    for text, said in (
        ("title = ", "course.toml:1: this is not TOML"),
        (top, "course.toml:2: points is 5, but all exercises add up to 4 (doubling 4)."),
        (top + 'exercises = ["treble"]\n', "course.toml:5: doubling has no exercise treble."),
    ):
        (ours / "course.toml").write_text(text)
        assert said in refused(ours, folder, out=out)


def test_cuda_where_there_is_none(
    course: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    said = refused(course, folder, "--device", "cuda", out=tmp_path / "out")
    assert "there is no CUDA device here" in said


@pytest.mark.usefixtures("worker_threads")
def test_a_machine_that_can_not_build_the_sandbox(
    course: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", without_bubblewrap(tmp_path))
    result = CliRunner().invoke(
        main, ["grade", "--course", str(course), "--out", str(tmp_path / "out"), str(folder)]
    )
    said = " ".join(result.output.split())
    assert result.exit_code == 2
    assert "bwrap: No permissions to create new namespace" in said
    assert "apt install bubblewrap" in said
    assert not (tmp_path / "out").exists()


def test_full_data_that_are_not_where_they_should_be(
    course: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADBOOK_DATA", str(tmp_path))
    said = refused(course, folder, "--data", "full", out=tmp_path / "out")
    assert "doesn't hold the full Fashion-MNIST" in said


@pytest.mark.usefixtures("worker_threads")
def test_a_course_whose_own_solution_is_wrong(course: Path, folder: Path, tmp_path: Path) -> None:
    """No submission is graded by checks that correct answers can't pass, or that the grader breaks."""
    wrong = tmp_path / "course"
    shutil.copytree(course, wrong)
    (wrong / "reference" / "ch1").mkdir()
    (wrong / "reference" / "ch1" / "doubling.py").write_text("def double(n):\n    return 3 * n\n")
    result = CliRunner().invoke(
        main, ["grade", "--course", str(wrong), "--out", str(tmp_path / "out"), str(folder)]
    )
    assert result.exit_code == 2
    assert "own double" in result.output
    assert "Nothing was graded" in " ".join(result.output.split())


@pytest.mark.usefixtures("local_workers")
def test_a_class_without_any_exercise_of_the_course_is_pointed_out(course: Path, tmp_path: Path) -> None:
    """It is graded all the same: perhaps nobody has begun."""
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada.py").write_text("def something_else():\n    return 1\n", encoding="utf-8")
    arguments = ["grade", "--course", str(course), "--out", str(tmp_path / "out"), str(tmp_path / "class")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert f"None of the submissions has any exercise of the course in {course}." in result.output


@pytest.mark.parametrize(
    "arguments", [("grade", "class"), ("release", "out"), ("new-exercise", "scale", "--module", "scaling")]
)
def test_an_installation_without_a_course(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wheel brings no course: nothing is read from, or written to, the folder it is installed in."""
    monkeypatch.setattr(options, "SHIPPED", tmp_path)
    result = CliRunner().invoke(main, [*arguments, "--course", str(tmp_path)])
    assert result.exit_code == 2
    assert (
        result.output
        == "Error: This installation of Gradbook has no course of its own: name one with --course DIR.\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("worker_threads")
def test_a_run_that_can_not_start_says_why_in_one_place_and_changes_nothing(
    course: Path, folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """As if a package that starts a thread were declared: the sandbox must not fork with several threads."""
    loud, out = course_that_starts_a_thread(course, tmp_path), tmp_path / "out"
    shutil.copytree(BY_0_1, out)
    (folder / "new.py").write_text("def double(n):\n    return 2 * n\n")
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    arguments = ["grade", "--course", str(loud), str(folder), "--out", str(out), "--jobs", "2"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 1
    said = done.stderr + capfd.readouterr().err  # what processes below this one wrote is no text of click's
    assert said.count("drive_doubling started the thread") == 1, said
    assert "Error: Nothing was graded, because grading can't start on this machine: drive" in said
    assert "Take drive_doubling out of" in said
    assert "grader doctor" in said
    assert "not_graded" not in done.stdout
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
