"""Run every command in the README."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from grader.authoring import stubs
from grader.cli.main import main
from grader.course.course import load
from tests.fixtures.course_part import keep_sections
from tests.fixtures.local_machine import machine
from tests.fixtures.local_workers import in_this_process
from tests.fixtures.thorough import case

if TYPE_CHECKING:
    from tests.fixtures.local_machine import LocalMachine

__all__ = ["machine"]

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```bash\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
COMMANDS = [line.partition("#")[0].strip() for block in BLOCKS for line in block.splitlines() if line.strip()]
SETUP = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
GIT, BASH = shutil.which("git") or "git", shutil.which("bash") or "bash"
CLASS = "reference/sample_class"
GRADED = ("alice.ipynb", "bora", "chen.zip", "ines.py", "viktor.py")
SECTIONS = ("softmax_regression_scratch", "mlp")
EXERCISES = ("softmax", "cross_entropy", "relu")
"""A class of some, on some exercises: `test_sample_class.py` grades all submissions on all of them."""
UNSOLVED = 1  # pytest's exit status: this checkout's stubs are not filled in


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout like that of a reader, with the virtual environment that runs this test."""
    made = tmp_path_factory.mktemp("checkout") / "gradbook"
    listed = subprocess.run(
        [GIT, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    others = {path.name for path in (ROOT / CLASS).iterdir()} - {*GRADED}
    for name in listed:
        if (ROOT / name).is_file() and not name.startswith(tuple(f"{CLASS}/{other}" for other in others)):
            (made / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, made / name)
    keep_sections(made, *SECTIONS, exercises=EXERCISES)
    stubs.write(load(made))
    (made / ".venv").symlink_to(sys.prefix)
    return made


@pytest.fixture(scope="module")
def repository(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A student's repository: stubs and checks, and no answers of the course."""
    made = tmp_path_factory.mktemp("student") / "repository"
    shutil.copytree(checkout / "assignments", made / "assignments")
    return made


def run(command: str, checkout: Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command as a reader's shell would, with the checkout installed in .venv and .venv activated.

    It runs in the checkout, or in another folder.
    """
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))
    }
    return subprocess.run(
        [BASH, "-c", command], cwd=folder or checkout,
        env={**environment, "PATH": path, "PYTHONPATH": str(checkout)},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def test_there_are_commands_for_all_three_readers() -> None:
    assert [command.split()[0] for command in COMMANDS].count("pytest") >= 4
    assert any(command.startswith("grader grade --single") for command in COMMANDS)
    assert {"make demo", "make test"} <= set(COMMANDS)


PYTEST = [one for one in COMMANDS if one.startswith("pytest")]
GRADER = [one for one in COMMANDS if one.startswith("grader")]


def check_overview(status: int, printed: str) -> None:
    """Unmodified stubs cause no error: the overview says what is next."""
    assert status == UNSOLVED, printed
    assert "Next: write" in printed
    assert "Traceback" not in printed


def test_what_students_run_first(checkout: Path) -> None:
    done = run(PYTEST[0], checkout)
    check_overview(done.returncode, done.stdout + done.stderr)


@pytest.mark.parametrize("command", PYTEST[1:])
def test_what_students_and_their_ci_run(
    command: str, checkout: Path, machine: LocalMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this process: a shell's would only start more slowly."""
    monkeypatch.chdir(checkout)
    done = machine.run(*shlex.split(command)[1:])
    check_overview(done.status, done.text + done.complaints)


@pytest.mark.parametrize("command", [case(one, thorough="audit" in one) for one in GRADER])
def test_what_instructors_run(
    command: str, checkout: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this process, workers included: `make demo` has real ones."""
    monkeypatch.chdir(repository if "--single" in command else checkout)
    _program, *arguments = shlex.split(command)
    with in_this_process():
        done = CliRunner().invoke(main, [*arguments, "--course", str(checkout)])
    assert done.exit_code == 0, done.output


def test_the_demo_says_where_the_report_is(checkout: Path) -> None:
    """Run the demo without its set-up, which exists already."""
    done = run("make demo --old-file .venv/installed", checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "out/demo/gradebook.csv" in done.stdout
    rows = (checkout / "out" / "demo" / "gradebook.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [row.partition(",")[0] for row in rows] == [Path(name).stem for name in GRADED]


def test_make_test_is_what_ci_runs() -> None:
    """It is not run: it would run this test again."""
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    done = run("make --dry-run test", ROOT)
    assert done.returncode == 0, done.stderr
    assert "pytest" in done.stdout


def test_the_set_up_installs_this_project() -> None:
    """Checked without the network: the commands are like those of the Makefile's set-up."""
    assert SETUP == ["python3 -m venv .venv\n. .venv/bin/activate\npip install -e .\n"]
    done = run(f"{sys.executable} -m pip install --editable . --no-deps --dry-run --no-build-isolation", ROOT)
    assert "gradbook" in done.stdout, done.stderr
