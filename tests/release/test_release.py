"""What is in a release, where it may be put, and what happens to it when it is made again."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement

from grader.cli.main import main
from grader.course.course import load
from grader.release import repository
from grader.release.build import release
from grader.release.environment import pins, requirements
from grader.release.manifest import ReleaseError
from grader.reporting.report import write_whole
from tests.release.conftest import CHECKS, DROPOUT, ROOT
from tests.release.leaks import git

if TYPE_CHECKING:
    from pathlib import Path

    from tests.release.conftest import Again

COMMIT = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "--quiet", "--message=Mine")


def files(folder: Path) -> dict[str, bytes]:
    """All files of a folder but git's own, by path."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(".git/")}


def run(*arguments: str | Path) -> tuple[int, str]:
    """The exit status of a command, and what it says."""
    done = CliRunner().invoke(main, [str(one) for one in arguments])
    return done.exit_code, done.output


# What is in it


def test_it_holds_what_students_need_and_nothing_else(again: Again, course: Path, students: Path) -> None:
    (course / "assignments" / "data" / "__pycache__").mkdir(parents=True)
    (course / "assignments" / "data" / "__pycache__" / "x.pyc").write_bytes(b"x")
    (course / "assignments" / "data" / ".hidden").write_bytes(b"x")
    (course / "assignments" / "data" / "houses.csv").write_text("rooms\n3\n")
    (course / "assignments" / "data" / "all.tar.gz").write_bytes(b"x")
    (course / "assignments" / "ch5_multilayer_perceptrons" / "my_notes.py").write_text("x = 1\n")
    done = again()
    found = files(students)
    ours = {
        f"grader/{path.relative_to(ROOT / 'grader').as_posix()}" for path in (ROOT / "grader").rglob("*.py")
    }
    assert ours <= found.keys()
    assert {name for name in found if not name.startswith("grader/")} == {
        *(f"assignments/{chapter}/{kind}{module}.py" for chapter, module in (
            ("ch3_linear_regression", "weight_decay"),
            ("ch5_multilayer_perceptrons", "dropout"),
            ("ch9_recurrent_networks", "gradient_clipping"),
        ) for kind in ("", "test_")),
        "assignments/data/houses.csv",
        *(".gitattributes", ".github/workflows/check.yml", ".gitignore", ".gitlab-ci.yml", "LICENSE"),
        *("docs/students.md", *(f"docs/pictures/{name}.png" for name in ("notebook", "sigmoid", "training"))),
        *("README.md", "constraints.txt", "course.toml", "pyproject.toml", "release.json"),
    }  # fmt: skip
    assert {name.rpartition(".")[2] for name in found if name.startswith("grader/")} == {
        *("css", "html", "jinja", "js", "py", "typed"),
    }
    assert done.left_out == ("assignments/data/all.tar.gz",)


def test_pages_come_with_all_their_templates_and_styles(again: Again, students: Path) -> None:
    again()
    ours, theirs = (
        {path.relative_to(root).as_posix() for path in root.glob("grader/*/templates/*")}
        for root in (ROOT, students)
    )
    assert ours == theirs
    assert {"grader/reporting/templates/pieces.css", "grader/reporting/templates/notebook.html"} <= ours


def test_the_repository_has_one_commit_of_all_of_it(again: Again, students: Path) -> None:
    assert again().commit == "made"
    assert git(students, "rev-list", "--count", "--all").split() == [b"1"]
    assert set(git(students, "ls-files").decode().split()) == files(students).keys()
    assert git(students, "status", "--porcelain", "--ignored") == b""
    assert git(students, "remote") == b""


def test_it_is_made_where_git_is_used_by_somebody_else(
    again: Again, students: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As from a hook of another repository, in one that ignores everything, by somebody without a name."""
    outer = tmp_path / ".git"
    repository.initialize(tmp_path)
    (tmp_path / ".gitignore").write_text("*\n")
    monkeypatch.setenv("GIT_DIR", str(outer))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert again().commit == "made"
    monkeypatch.undo()
    assert git(tmp_path, "ls-files") == b""
    assert git(students, "log", "--format=%an").split() == [b"Gradbook"]


def test_the_seed_and_comments_stay_with_the_course(again: Again, course: Path, students: Path) -> None:
    path = course / "course.toml"
    path.write_text(
        path.read_text().replace('policy = "fresh"', 'policy = "fixed"\nvalue = 4711471147114711  # secret')
    )
    again()
    text = (students / "course.toml").read_text()
    assert "4711471147114711" not in "".join(
        content.decode(errors="replace") for content in files(students).values()
    )
    assert tomllib.loads(text) == {
        key: value for key, value in tomllib.loads(path.read_text()).items() if key != "seed"
    }


def test_the_students_guide_comes_along_and_leads_to_nothing_that_students_lack(
    again: Again, students: Path
) -> None:
    again()
    guide = ROOT / "docs" / "students" / "guide.md"
    page = (students / "docs" / "students.md").read_text(encoding="utf-8")
    titles = [line for line in guide.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert [line for line in page.splitlines() if line.startswith("#")] == titles
    links = re.findall(r"\]\(([^)]+)\)", page)
    assert links
    assert all((students / "docs" / link).exists() for link in links)
    assert "a result on another device is wrong.\n" in page
    assert "failures.md" not in page
    assert "](docs/students.md)" in (students / "README.md").read_text(encoding="utf-8")


def test_the_students_page_says_when_what_is_due(again: Again, students: Path) -> None:
    again()
    page = (students / "README.md").read_text()
    assert page.startswith("# Regularization\n")
    row = "| 5.6 Dropout, `ch5_multilayer_perceptrons/dropout.py` | 5 | 2026-12-08 23:59 UTC+01:00 |"
    assert row in page.splitlines()
    for word in (".venv\\Scripts\\activate", ". .venv/bin/activate", "grader submit", "-c constraints.txt"):
        assert word in page


def test_without_deadlines_the_page_has_no_column_for_them(
    again: Again, course: Path, students: Path
) -> None:
    path = course / "course.toml"
    path.write_text("\n".join(line for line in path.read_text().splitlines() if "deadline" not in line))
    again()
    assert "| section | points |\n|---|---|\n| 3.7 Weight decay" in (students / "README.md").read_text()


def test_what_students_install_is_what_this_project_installs(again: Again, students: Path) -> None:
    again()
    made, ours = (tomllib.loads((root / "pyproject.toml").read_text()) for root in (students, ROOT))
    for key in ("scripts", "entry-points", "requires-python", "dynamic", "name"):
        assert made["project"][key] == ours["project"][key]
    assert made["tool"]["setuptools"] == ours["tool"]["setuptools"]
    assert made["build-system"] == ours["build-system"]
    ini = made["tool"]["pytest"]["ini_options"]
    assert ini["filterwarnings"] == ours["tool"]["pytest"]["ini_options"]["filterwarnings"]
    assert ini["testpaths"] == ["assignments"]
    asked = {str(Requirement(text)) for text in made["project"]["dependencies"]}
    assert asked == {str(Requirement(text)) for text in requirements()}
    assert any(Requirement(text).name == "torch" and Requirement(text).specifier for text in asked)


def test_the_versions_are_those_of_this_environment_as_published() -> None:
    found = pins()
    assert not [version for version in found.values() if "+" in version]
    for text in requirements():
        wanted = Requirement(text)
        if wanted.marker is None or wanted.marker.evaluate():
            assert wanted.specifier.contains(found[wanted.name]), text
    assert {"torch", "numpy", "pluggy", "sympy"} <= found.keys()
    assert {"ruff", "mypy", "gradbook"}.isdisjoint(found)


# Whether it works


def test_students_can_work_with_it(again: Again, students: Path, tmp_path: Path) -> None:
    """The release's own grader runs, in a folder without any reference."""
    again()
    path = students / DROPOUT
    path.write_text(path.read_text().replace("raise NotImplementedError", "return mask * X / (1 - dropout)"))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    kept |= {"PYTHONPATH": str(students), "COLUMNS": "80", "TZ": "CET-1"}

    def as_a_student(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments], cwd=students, env=kept, capture_output=True, text=True,
            check=False, timeout=200,
        )  # fmt: skip

    done = as_a_student("-m", "pytest", "assignments", "-q")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "5.6 Dropout" in done.stdout
    assert "5 of 20 points, 1 of 3 exercises solved" in done.stdout
    for_authors = ["audit"], ["stubs"], ["calibrate"], ["release", str(tmp_path / "other")]
    commands = [["doctor"], ["notebooks", "mine"], *for_authors]
    done = as_a_student("-c", RUN_ALL, json.dumps(commands))
    assert done.returncode == 0, done.stderr
    place, (_status, doctor), (status, said), *refused = json.loads(done.stdout)
    assert place.startswith(str(students))
    assert "not needed on a student's machine" in doctor
    assert status == 0, said
    assert len(refused) == len(for_authors)
    for status, said in refused:
        assert status == 2, said
        assert "has no folder reference/ with the solutions" in said
        assert "Traceback" not in said


RUN_ALL = """\
import json, sys
import grader
from click.testing import CliRunner
from grader.cli.main import main

done = [CliRunner().invoke(main, arguments) for arguments in json.loads(sys.argv[1])]
print(json.dumps([grader.__file__, *((one.exit_code, one.output) for one in done)]))
"""
"""Runs commands one after the other, in a process that imports torch once."""


# Again


def test_the_same_again_changes_nothing(again: Again, students: Path) -> None:
    again()
    before = files(students)
    done = again()
    assert (done.changes.touched, done.changes.left, done.commit) == ([], [], "nothing")
    assert files(students) == before


def test_a_clone_has_the_same_bytes_so_that_nothing_in_it_looks_edited(
    again: Again, course: Path, students: Path, tmp_path: Path
) -> None:
    """Line ends too, on a system that would change them."""
    (course / "assignments" / "data").mkdir()
    (course / "assignments" / "data" / "houses.csv").write_bytes(b"rooms\r\n3\r\n")
    again()
    git(tmp_path, "-c", "core.autocrlf=true", "clone", "--quiet", str(students), "clone")
    assert files(tmp_path / "clone") == files(students)
    done = release(load(course), tmp_path / "clone")
    assert (done.changes.touched, done.changes.left, done.commit) == ([], [], "nothing")


def test_a_fixed_check_is_released_and_answers_are_kept(again: Again, course: Path, students: Path) -> None:
    again()
    answer = (students / DROPOUT).read_text().replace("raise NotImplementedError", "return X")
    (students / DROPOUT).write_text(answer)
    git(students, "add", "--all")
    git(students, *COMMIT)
    fixed = (course / CHECKS).read_text().replace("What becomes of", "What will become of")
    (course / CHECKS).write_text(fixed)
    done = again()
    assert (done.changes.replaced, done.changes.left, done.commit) == ([CHECKS], [DROPOUT], "made")
    assert (students / CHECKS).read_text() == fixed
    assert (students / DROPOUT).read_text() == answer
    assert git(students, "rev-list", "--count", "--all").split() == [b"3"]
    assert git(students, "show", "--name-only", "--format=").decode().split() == [CHECKS, "release.json"]
    assert again().changes.left == [DROPOUT]


def test_a_stub_that_nobody_edited_is_updated(again: Again, course: Path, students: Path) -> None:
    again()
    path = course / DROPOUT.replace("assignments", "reference")
    path.write_text(path.read_text().replace("hidden units, of shape", "hidden units of the shape"))
    assert again().changes.replaced == [DROPOUT]
    assert "hidden units of the shape" in (students / DROPOUT).read_text()


def test_an_edited_check_is_restored_and_listed(again: Again, course: Path, students: Path) -> None:
    again()
    (students / CHECKS).write_text('"""5.6 Dropout."""\n')
    (students / "pyproject.toml").unlink()
    (students / DROPOUT).unlink()
    code, said = run("release", students, "--course", course)
    assert code == 0
    assert "Restored, had been edited or deleted: 3" in said
    assert f"  {CHECKS}\n" in said
    assert f"Not committed, because {students} had uncommitted changes" in said
    assert f"git -C {students} add --all" in said
    assert (students / CHECKS).read_bytes() == (course / CHECKS).read_bytes()
    assert git(students, "rev-list", "--count", "--all").split() == [b"1"]


def test_what_is_no_longer_released_goes_unless_somebody_wrote_in_it(
    again: Again, course: Path, students: Path
) -> None:
    again()
    (students / DROPOUT).write_text("# mine\n")
    path = course / "course.toml"
    lines = path.read_text().replace("points = 20", "points = 3").splitlines()
    path.write_text("\n".join(lines[: lines.index('module = "dropout"') - 1]))
    done = again()
    assert done.changes.left == [DROPOUT]
    assert CHECKS in done.changes.removed
    assert not (students / CHECKS).exists()
    assert (students / DROPOUT).read_text() == "# mine\n"
    assert "dropout" not in (students / "README.md").read_text()


def test_an_interrupted_release_is_continued(
    again: Again, course: Path, students: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []

    def failing(path: Path, content: bytes) -> None:
        written.append(path)
        if len(written) > 20:
            raise OSError(28, "No space left on device", str(path))
        write_whole(path, content)

    monkeypatch.setattr("grader.release.manifest.write_whole", failing)
    code, said = run("release", students, "--course", course)
    assert (code, "No space left on device. Fix this" in said) == (1, True)
    monkeypatch.undo()
    assert again().changes.restored == []
    assert (students / "README.md").exists()


def test_without_git_it_is_a_folder(again: Again, students: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert again().commit == "no git"
    assert not (students / ".git").exists()
    monkeypatch.undo()
    assert again().commit == "no repository"


def test_a_repository_without_history_may_be_there_before(again: Again, students: Path) -> None:
    students.mkdir()
    repository.initialize(students)
    assert again().commit == "made"


# Where it can't be


def test_places_where_nothing_is_released(course: Path, students: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    (tmp_path / "old").mkdir()
    repository.initialize(tmp_path / "old")
    git(tmp_path / "old", "-c", "user.name=A", "-c", "user.email=a@b", "commit", "--allow-empty", "-m", "A")
    before = files(tmp_path)
    for folder, wanted in (
        (tmp_path / "file", "is a file. Choose a new folder"),
        (tmp_path / "file" / "in" / "it", "file is a file. Choose a new folder"),
        (tmp_path / "full", "is not empty, and has no release"),
        (tmp_path / "old", "is a repository with commits of its own"),
        (course, "is inside the course"),
        (course / "out" / "students", "is inside the course"),
        (tmp_path, "contains the course"),
    ):
        code, said = run("release", folder, "--course", course)
        assert (code, wanted in said) == (2, True), said
        assert files(tmp_path) == before
    assert not students.exists()


def test_students_do_not_get_a_version_that_the_course_does_not_declare(course: Path, students: Path) -> None:
    text = (course / "course.toml").read_text(encoding="utf-8")
    (course / "course.toml").write_text(f'packages = ["pandas<1"]\n{text}', encoding="utf-8")
    code, said = run("release", students, "--course", course)
    assert code == 2
    wanted = f"course.toml declares packages that are not installed here: pandas<1 ({version('pandas')} is)."
    assert wanted in " ".join(said.split())
    assert not students.exists()


def test_the_release_of_another_course_is_left_alone(again: Again, course: Path, students: Path) -> None:
    again()
    before = files(students)
    path = course / "course.toml"
    path.write_text(path.read_text().replace("Regularization", "Generalization"))
    code, said = run("release", students, "--course", course)
    assert code == 2
    assert "has a release of 'Regularization', and this course is 'Generalization'" in said
    assert files(students) == before


@pytest.mark.parametrize("name", ["../thesis.txt", "/etc/hosts", "assignments/../../thesis.txt"])
def test_a_manifest_that_leads_out_of_the_folder_is_refused(
    again: Again, course: Path, students: Path, tmp_path: Path, name: str
) -> None:
    again()
    (tmp_path / "thesis.txt").write_text("mine")
    listed = json.loads((students / "release.json").read_text())
    listed["files"][name] = "sha256:0"
    (students / "release.json").write_text(json.dumps(listed))
    code, said = run("release", students, "--course", course)
    assert (code, "is outside" in said) == (2, True)
    (students / "release.json").write_text("{")
    code, said = run("release", students, "--course", course)
    assert (code, "git checkout -- release.json" in said) == (2, True)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_a_link_out_of_the_folder_is_not_followed(again: Again, students: Path, tmp_path: Path) -> None:
    again()
    shutil.move(students / "assignments", tmp_path / "elsewhere")
    (students / "assignments").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ReleaseError, match="the folder contains a link"):
        again()


def test_a_course_without_a_file_goes_by_its_folder(course: Path, students: Path) -> None:
    (course / "course.toml").unlink()
    assert release(load(course), students).title == "course"
    assert not (students / "course.toml").exists()


def test_packages_and_times_that_a_course_declares_come_along(
    again: Again, course: Path, students: Path
) -> None:
    text = (course / "course.toml").read_text(encoding="utf-8")
    declared = 'packages = ["pytest-xdist"]\nseconds_per_submission = 90\n'
    (course / "course.toml").write_text(declared + text, encoding="utf-8")
    again()
    released = tomllib.loads((students / "course.toml").read_text(encoding="utf-8"))
    assert released["packages"] == ["pytest-xdist"]
    assert released["seconds_per_submission"] == 90
    project = tomllib.loads((students / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "pytest-xdist" in project["dependencies"]
    assert f"pytest-xdist=={version('pytest-xdist')}\n" in (students / "constraints.txt").read_text(
        encoding="utf-8"
    )
