"""A course made for an earlier version gets one sentence that says what to write instead of what is gone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from click.testing import CliRunner

from grader import drive, laws
from grader.cli.main import main
from grader.course.course import CourseError, load
from grader.course.upgrading import DRIVE, LAWS, MOVED, moved_imports, upgrade_advice
from tests.fixtures.small_class import CHECKS, RIGHT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fixtures.local_machine import LocalMachine

USED_IN_0_1 = {
    LAWS: {"grader.assets": ("training_images", "validation_labels"), "grader.specs": ("PlainSpec",)},
    DRIVE: {
        "grader.assets": ("minibatches", "training_images"),
        "grader.devices": ("moved",),
        "grader.idx": ("idx_bytes",),
        "grader.vision": ("import_torchvision",),
    },
}
"""The names that the shipped course of version 0.1 imported, in checks and in drive files."""
COMMANDS: dict[str, Callable[[Path], list[str]]] = {
    "pytest": lambda root: [str(root / "assignments")],
    "grade": lambda root: [
        "grade",
        "--course",
        str(root),
        str(root / "alice.py"),
        "--out",
        str(root / "out"),
    ],
    "audit": lambda root: ["audit", "--course", str(root)],
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course with one exercise, its solution, and a submission."""
    for folder in ("assignments", "reference"):
        (tmp_path / folder / "ch1").mkdir(parents=True)
    (tmp_path / "assignments/ch1/test_doubling.py").write_text(CHECKS)
    (tmp_path / "assignments/ch1/doubling.py").write_text("def double(n):\n    raise NotImplementedError\n")
    (tmp_path / "reference/ch1/doubling.py").write_text(RIGHT)
    (tmp_path / "alice.py").write_text(RIGHT)
    return tmp_path


class Run(Protocol):
    """What the fixture `run` is."""

    def __call__(self, command: str) -> tuple[int, str]: ...


@pytest.fixture
def run(root: Path, worker_threads: None, machine: LocalMachine) -> Run:
    """Runs a command on the course in this process; returns its status, and its output in one line."""

    def ran(command: str) -> tuple[int, str]:
        arguments = COMMANDS[command](root)
        if command == "pytest":
            done = machine.run(*arguments)
            return done.status, " ".join(f"{done.text} {done.complaints}".split())
        result = CliRunner().invoke(main, arguments)
        return result.exit_code, " ".join(result.output.split())

    return ran


@pytest.mark.parametrize("command", COMMANDS)
def test_checks_with_a_moved_import_get_a_sentence(root: Path, run: Run, command: str) -> None:
    checks = root / "assignments/ch1/test_doubling.py"
    moved = "from grader.specs import PlainSpec, boolean\nimport grader.assets\n"
    checks.write_text(CHECKS.replace("from grader.laws", f"{moved}from grader.laws"))
    status, said = run(command)
    assert status == 2, said
    assert (
        f"{checks} imports grader.specs and grader.assets, which moved in Gradbook 0.2: "
        "write `from grader.laws import PlainSpec, boolean` instead."
    ) in said
    assert "Traceback" not in said


@pytest.mark.parametrize("command", COMMANDS)
def test_a_drive_file_with_a_moved_import_gets_a_sentence(root: Path, run: Run, command: str) -> None:
    path = root / "assignments/ch1/drive_doubling.py"
    path.write_text("from grader.devices import moved\nfrom grader.assets import minibatches as batches\n")
    status, said = run(command)
    assert status == 2, said
    assert (
        f"{path} imports grader.devices and grader.assets, which moved in Gradbook 0.2: "
        "write `from grader.drive import minibatches as batches, moved` instead."
    ) in said
    assert "Traceback" not in said


@pytest.mark.parametrize("kind", USED_IN_0_1)
def test_what_the_sentence_says_works(kind: str, tmp_path: Path) -> None:
    public = {LAWS: laws, DRIVE: drive}[kind]
    path = tmp_path / ("test_a.py" if kind == LAWS else "drive_a.py")
    for module, names in USED_IN_0_1[kind].items():
        path.write_text(f"from {module} import {', '.join(names)}\n")
        assert f"write `from {kind} import {', '.join(names)}` instead." in moved_imports(path)
        assert set(names) <= set(public.__all__)


@pytest.mark.parametrize("module", MOVED)
def test_a_moved_module_is_gone(module: str) -> None:
    """If there is a module of this name again, it must leave the table."""
    package, _, name = module.partition(".")
    folder = Path(sys.modules[package].__file__ or "").parent
    assert not (folder / f"{name}.py").exists()
    assert not (folder / name).exists()


def test_a_file_without_moved_imports_gets_no_sentence(tmp_path: Path) -> None:
    path = tmp_path / "test_a.py"
    path.write_text(
        '"""Not grader.assets."""\nfrom grader.laws import exercise\nfrom grader.datasets import x\n'
    )
    assert moved_imports(path) == ""
    assert moved_imports(tmp_path / "missing.py") == ""


NO_IMAGES = (
    "drive_doubling.py imports validation_images from grader.drive, which is gone: return the trained "
    "model's weights, and have the checks file compute with them on `grader.laws.validation_images`."
)
NO_USES = (
    "test_doubling.py, line 19: exercise no longer takes uses; leave it out: which other answers an answer "
    "calls is seen when it is asked."
)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("from grader.drive import minibatches, validation_images\n", NO_IMAGES),
        (CHECKS.replace("    seconds=1,\n", '    seconds=1,\n    uses=["treble"],\n'), NO_USES),
    ],
)
def test_what_is_gone_gets_a_sentence(root: Path, text: str, advice: str) -> None:
    folder = root / "assignments" / "ch1"
    (folder / advice.partition(".py")[0]).with_suffix(".py").write_text(text)
    with pytest.raises(CourseError) as caught:
        load(root)
    assert str(caught.value) == f"{folder}/{advice}"


def test_other_uses_of_these_names_get_no_sentence(tmp_path: Path) -> None:
    path = tmp_path / "test_a.py"
    path.write_text("from mine import validation_images\nvalidation_images(uses=1)\nexercise(used=1)\n")
    assert upgrade_advice(path) == ""
