"""`grader doctor`: for each thing that it checks, a state that it rejects, and its message."""

from __future__ import annotations

import importlib
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from grader.cli.doctor import course as course_module
from grader.cli.doctor import machine, software
from grader.cli.main import main
from grader.datasets.errors import DataMissing
from grader.sandbox import LAYER_NAMES
from tests.fixtures.course_part import copy_part
from tests.fixtures.small_class import course_that_starts_a_thread, without_bubblewrap

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from grader.cli.doctor import Finding

ROOT = Path(__file__).parents[2]
TORCH = "torch>=2.6,<2.14"


def versions(**known: str) -> Callable[[str], str]:
    def version_of(name: str) -> str:
        if name not in known:
            raise PackageNotFoundError(name)
        return known[name]

    return version_of


def broken_import() -> ModuleType:
    raise OSError("libcudart.so.12: cannot open shared object file\nand more")


def no_full_images() -> Path:
    raise DataMissing("GRADBOOK_DATA is /nowhere, which doesn't hold it. Put the files there.")


def test_a_machine_with_everything_is_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy_part(tmp_path, "mlp"))
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 0, result.output
    assert f"✓ sandbox             {', '.join(LAYER_NAMES)}" in result.output
    assert "✓ grading             can start; the solutions of . are correct in the sandbox" in result.output
    assert "Students can work with this installation." in result.output
    assert "✗" not in result.output


def test_a_missing_layer_is_a_warning_with_the_reason_and_the_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", without_bubblewrap(tmp_path))
    monkeypatch.setitem(sys.modules, "pyseccomp", None)
    monkeypatch.setattr(machine, "start_problem", lambda *_: "")  # rehearsed by the test above
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 0
    assert "No permissions to create new namespace" in result.output
    assert "apt install bubblewrap" in result.output
    assert "apt install libseccomp2" in result.output
    assert "--sandbox weak" in result.output
    assert "Without bubblewrap, a hole in landlock would let" in " ".join(result.output.split())
    assert machine.layers()[0] == ("namespaces", "landlock", "limits")


def test_where_there_is_no_course_it_does_not_say_that_students_can_work(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(machine, "start_problem", lambda *_: "")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 0
    assert "has no assignments with exercises in it" in result.output
    assert result.output.splitlines()[-1] == (
        "The installation works, but this folder has no course: see the line that begins with folder."
    )


def test_if_torch_cannot_be_imported_the_rest_is_checked_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = importlib.import_module

    def refusing(name: str, package: str | None = None) -> ModuleType:
        return broken_import() if name == "torch" else real(name, package)

    monkeypatch.setattr(importlib, "import_module", refusing)
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1
    assert "✗ import torch        fails: OSError: libcudart.so.12: cannot open" in result.output
    assert "--force-reinstall --no-cache-dir torch torchvision" in result.output
    assert "machine  " in result.output
    assert "There are problems to fix" in result.output


ERRORS: dict[str, tuple[Finding, str, str]] = {
    "an old Python": (software.python((3, 10, 4), "darwin"), "3.10.4; 3.11 or newer", "brew install python"),
    "a torch too new": (
        software.package(TORCH, versions(torch="2.14.1+cu128")),
        "2.14.1+cu128; <2.14,>=2.6 is required",
        'pip install "torch<2.14,>=2.6"',
    ),
    "no torch": (software.package(TORCH, versions()), "not installed", 'pip install "torch<2.14,>=2.6"'),
    "no Gradbook": (software.packages([], versions())[0], "isn't installed", "pip install -e ."),
    "a library that is missing": (
        software.imports("torchvision", broken_import),
        "fails: OSError: libcudart.so.12: cannot open shared object file",
        "--force-reinstall --no-cache-dir torch torchvision",
    ),
    "no plugin": (software.plugin([], "pytest"), "doesn't find Gradbook's plugin", "pip install -e ."),
}

WARNINGS: dict[str, tuple[Finding, str, str]] = {
    "no environment": (
        software.environment("/usr", "/usr", "linux"),
        "none is active",
        ". .venv/bin/activate",
    ),
    "another pytest": (
        software.plugin(["grader.pytest_plugin"], "/elsewhere/bin/pytest"),
        "/elsewhere/bin/pytest, not the one of this Python",
        "-m pytest assignments",
    ),
    "a CPU build beside a GPU": (
        machine.cuda(None, works=False, card=True),
        "torch is a CPU build",
        "pytorch.org",
    ),
    "an old driver": (machine.cuda("12.8", works=False, card=True), "CUDA 12.8, but can't", "nvidia-smi"),
    "ASCII": (
        machine.terminal("ascii", 80, colours=True, platform="linux"),
        "ascii, 80 columns, colours",
        "export LC_ALL=C.UTF-8",
    ),
    "a Windows code page": (
        machine.terminal("cp1252", 80, colours=True, platform="win32"),
        "cp1252",
        "chcp 65001",
    ),
    "a narrow terminal": (
        machine.terminal("utf-8", 60, colours=False, platform="linux"),
        "60 columns, no colours",
        "80 columns",
    ),
    "little memory": (machine.resources(1, 2**30), "1 core, 1.0 GiB", "close other programs"),
    "wrong data": (
        course_module.full_images(no_full_images),
        "GRADBOOK_DATA is /nowhere",
        "Put the files there.",
    ),
}


@pytest.mark.parametrize("fault", ERRORS)
def test_an_error_keeps_students_from_working(fault: str) -> None:
    finding, detail, fix = ERRORS[fault]
    assert finding.state == "error"
    assert detail in finding.detail
    assert fix in finding.fix


@pytest.mark.parametrize("fault", WARNINGS)
def test_a_warning_does_not_keep_students_from_working(fault: str) -> None:
    finding, detail, fix = WARNINGS[fault]
    assert finding.state == "warning"
    assert detail in finding.detail
    assert fix in finding.fix


@pytest.mark.parametrize(
    "finding",
    [
        software.python((3, 13, 0), "win32"),
        software.environment("/home/me/.venv", "/usr", "linux"),
        software.package(TORCH, versions(torch="2.13.0+cpu")),
        software.imports("sys", lambda: sys),
        software.plugin(["grader.pytest_plugin"], str(Path(sys.executable).with_name("pytest"))),
        machine.cuda("12.8", works=True, card=True),
        machine.cuda(None, works=False, card=False),
        machine.terminal("UTF-8", 100, colours=True, platform="darwin"),
        machine.resources(8, 16 * 2**30),
        machine.resources(8, None),
        machine.sandbox((), {}, "darwin")[0],
        course_module.folder(ROOT),
    ],
    ids=lambda finding: f"{finding.name}: {finding.detail}"[:40],
)
def test_what_is_ok_needs_no_fix(finding: Finding) -> None:
    assert finding.state == "ok"
    assert not finding.fix


def test_of_the_other_packages_only_the_faulty_ones_are_named() -> None:
    needs = [
        TORCH,
        "numpy>=1.26",
        "rich>=13",
        "mypy>=1; extra == 'dev'",
        "landlockpy; sys_platform == 'beos'",
    ]
    found = software.packages(needs, versions(torch="2.13.0", numpy="1.20", rich="14"))
    assert [(one.name, one.state) for one in found] == [
        ("torch", "ok"),
        ("numpy", "error"),
        ("packages", "ok"),
    ]
    assert found[-1].detail == "1 more, as required"


def test_a_folder_without_exercises_is_a_warning_and_a_missing_file_an_error(tmp_path: Path) -> None:
    assert course_module.folder(tmp_path).state == "warning"
    assert course_module.images(tmp_path) is None
    shutil.copytree(ROOT / "assignments/ch5_multilayer_perceptrons", tmp_path / "assignments/ch5")
    (tmp_path / "assignments/ch5/mlp.py").unlink()
    finding = course_module.folder(tmp_path)
    assert finding.state == "error"
    assert finding.detail == "assignments/ch5/mlp.py missing"
    assert finding.fix == "git checkout -- assignments/ch5/mlp.py"


def test_a_course_without_images_needs_none(tmp_path: Path) -> None:
    chapter = "assignments/ch5_multilayer_perceptrons"
    shutil.copytree(ROOT / chapter, tmp_path / chapter)
    for half in ("drive", "test"):
        assert course_module.images(tmp_path) is not None
        (tmp_path / chapter / f"{half}_mlp_implementation.py").unlink()
    assert course_module.images(tmp_path) is None
    assert course_module.images(ROOT / "examples" / "regularization") is None


def test_missing_and_damaged_images_are_errors(tmp_path: Path) -> None:
    chapter = "assignments/ch4_linear_classification"
    shutil.copytree(ROOT / chapter, tmp_path / chapter)
    missing = course_module.images(tmp_path)
    shutil.copytree(ROOT / "assignments/data", tmp_path / "assignments/data")
    whole = course_module.images(tmp_path)
    next((tmp_path / "assignments/data").rglob("train-images*")).write_bytes(b"not images")
    damaged = course_module.images(tmp_path)
    assert missing is not None
    assert damaged is not None
    assert whole is not None
    assert (missing.state, whole.state, damaged.state) == ("error", "ok", "error")
    assert missing.fix == damaged.fix == "git checkout -- assignments/data"


def test_grading_that_can_not_start_is_told_as_grading_would_tell_it(course: Path, tmp_path: Path) -> None:
    problem = machine.start_problem(course_that_starts_a_thread(course, tmp_path), LAYER_NAMES)
    assert problem.startswith("drive_doubling started the thread 'python")
    finding = machine.grading(problem, "loud")
    assert (finding.state, finding.detail) == ("warning", f"grader grade can't start: {problem}")


def test_grading_that_can_start_is_no_problem(course: Path) -> None:
    assert machine.start_problem(course, LAYER_NAMES) == ""
    assert machine.grading("", "course").state == "ok"


def test_declared_packages_that_are_not_installed_are_named(course: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(course, tmp_path / "declaring")
    toml = 'title = "Doubling"\npoints = 4\npackages = {}\n[[sections]]\nmodule = "doubling"\n'
    (copy / "course.toml").write_text(toml.format('["nowhere-to-be-had", "pandas<1", "msgspec"]'))
    told = (
        "course.toml declares packages that are not installed here: nowhere-to-be-had, "
        f"pandas<1 ({version('pandas')} is)"
    )
    fix = "-m pip install nowhere-to-be-had 'pandas<1'"
    problem = machine.start_problem(copy, LAYER_NAMES)
    assert problem.startswith(f"{told}. ")
    assert fix in problem
    finding = course_module.packages(copy)
    assert finding is not None
    assert (finding.state, finding.detail) == ("warning", told)
    assert finding.fix.endswith(fix)
    (copy / "course.toml").write_text(toml.format('["msgspec>=0.1"]'))
    finding = course_module.packages(copy)
    assert finding is not None
    assert (finding.state, finding.detail) == ("ok", "msgspec>=0.1, as course.toml declares")
    (copy / "course.toml").write_text(toml.format("[]"))
    assert course_module.packages(copy) is None


def test_the_course_at_hand_is_rehearsed_or_else_the_one_that_ships(course: Path, tmp_path: Path) -> None:
    shutil.copytree(course / "assignments", tmp_path / "here" / "assignments")
    assert course_module.to_rehearse(tmp_path) == ROOT
    assert course_module.to_rehearse(tmp_path / "here") == ROOT
    (tmp_path / "here" / "reference").mkdir()
    assert course_module.to_rehearse(tmp_path / "here") == tmp_path / "here"
