"""Workflows and the like follow their schemas, end by themselves, and may do no more than they must."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader.course.course import load
from grader.release.contents import contents

ROOT = Path(__file__).parents[2]
CI = ROOT / ".github" / "workflows" / "ci.yml"
ACTIONLINT = shutil.which("actionlint")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Everything that a service reads, by what it is: the project's own, and what is handed out."""
    folder = tmp_path_factory.mktemp("released")
    released = contents(load()).files
    for name in (".github/workflows/check.yml", ".gitlab-ci.yml"):
        path = folder / name.rpartition("/")[2]
        path.write_bytes(released[name])
    return {
        "ci": CI,
        "class": ROOT / "examples" / "ci" / "grade-class.yml",
        "released": folder / "check.yml",
        "gitlab": folder / ".gitlab-ci.yml",
        "dependabot": ROOT / ".github" / "dependabot.yml",
    }


WORKFLOWS = ("ci", "class", "released")


def check(schema: str, path: Path) -> subprocess.CompletedProcess[str]:
    """Check a file against one of the schemas that come with check-jsonschema."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        *((name, "vendor.github-workflows") for name in WORKFLOWS),
        *((name, "custom.github-workflows-require-timeout") for name in WORKFLOWS),
        ("gitlab", "vendor.gitlab-ci"),
        ("dependabot", "vendor.dependabot"),
    ],
)
def test_it_follows_its_schema(name: str, schema: str, files: dict[str, Path]) -> None:
    done = check(schema, files[name])
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_misspelled_key_is_found(tmp_path: Path) -> None:
    (tmp_path / "ci.yml").write_text(CI.read_text(encoding="utf-8").replace("runs-on:", "run-on:"))
    assert check("vendor.github-workflows", tmp_path / "ci.yml").returncode == 1


@pytest.mark.skipif(
    ACTIONLINT is None, reason="actionlint is not on PATH: github.com/rhysd/actionlint has it"
)
@pytest.mark.parametrize("name", WORKFLOWS)
def test_actionlint_finds_nothing(name: str, files: dict[str, Path]) -> None:
    assert ACTIONLINT is not None
    done = subprocess.run([ACTIONLINT, files[name]], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(params=WORKFLOWS)
def workflow(request: pytest.FixtureRequest, files: dict[str, Path]) -> dict[Any, Any]:
    return yaml.safe_load(files[request.param].read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def steps(workflow: dict[Any, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_it_may_only_read(workflow: dict[Any, Any]) -> None:
    assert workflow["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in workflow["jobs"].values())


def test_actions_have_a_version(workflow: dict[Any, Any]) -> None:
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert used
    assert [
        name for name in used if not re.search(r"(@v\d+(\.\d+)*|@[0-9a-f]{40}|:\d+(\.\d+)+)$", name)
    ] == []


def test_no_expression_is_put_into_a_shell_script(workflow: dict[Any, Any]) -> None:
    """What others may choose, the name of a branch say, would be run as a command."""
    assert [step["run"] for step in steps(workflow) if "${{" in step.get("run", "")] == []


def test_ci_runs_all_tests_on_linux_and_the_students_side_everywhere() -> None:
    jobs = yaml.safe_load(CI.read_text(encoding="utf-8"))["jobs"]
    assert ".ci/run" in [step.get("run") for step in jobs["test"]["steps"]]
    matrix = jobs["students"]["strategy"]["matrix"]
    assert [name.partition("-")[0] for name in matrix["os"]] == ["ubuntu", "macos", "windows"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={matrix['python'][0]}"
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]


def test_the_tests_that_ci_names_are_there() -> None:
    jobs = yaml.safe_load(CI.read_text(encoding="utf-8"))["jobs"]
    (named,) = [step["run"] for step in jobs["students"]["steps"] if "pytest" in step.get("run", "")]
    folders = re.findall(r"tests/\S+", named)
    assert folders
    assert [folder for folder in folders if not (ROOT / folder).exists()] == []
