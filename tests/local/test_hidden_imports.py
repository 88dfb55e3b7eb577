"""Imports that work on a student's machine and won't when it counts are told, once, below the overview."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from grader.local.hidden_imports import hidden_imports, other_versions, warning

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.local_machine import LocalMachine

USES = "import ruff\nimport torch.nn.functional as F\nfrom xdist import plugin\n\n\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A student's file in a course."""
    path = tmp_path / "assignments" / "ch1" / "mlp.py"
    path.parent.mkdir(parents=True)
    return path


def test_packages_that_lie_around_are_named(file: Path) -> None:
    file.write_text(USES)
    assert hidden_imports(file) == ["ruff", "xdist"]
    assert (
        warning([file])
        == "mlp.py imports ruff and xdist, which are not installed where submissions are graded."
    )


@pytest.mark.parametrize(
    "source",
    [
        "import torch, numpy, pandas as pd\nfrom d2l import torch as d2l\nimport sympy\n",
        "import no_such_package\n",
        "from . import ruff\nfrom .xdist import plugin\n",
        "import ruff +",
        "import ruff\nx = " + "-" * 100_000 + "1",
        "",
    ],
)
def test_all_else_is_nothing_to_warn_of(file: Path, source: str) -> None:
    file.write_text(source)
    assert hidden_imports(file) == []
    assert warning([file]) == ""


def test_what_the_course_declares_is_no_problem(file: Path) -> None:
    file.write_text(USES)
    (file.parents[2] / "course.toml").write_text(
        'title = "One"\npoints = 1\npackages = ["pytest-xdist"]\n[[sections]]\nmodule = "mlp"\n'
    )
    assert hidden_imports(file) == ["ruff"]


def test_a_file_that_is_not_there_has_none(file: Path) -> None:
    assert hidden_imports(file) == []


def test_the_overview_warns(machine: LocalMachine) -> None:
    machine.solve(shift="def shift(X):\n    import xdist\n    return X + 1\n")
    run = machine.run()
    told = " ".join(run.text.split())
    assert "shifting.py imports xdist, which is not installed where submissions are graded." in told
    machine.solve()
    assert "not installed" not in machine.run().text


def test_the_overview_names_packages_of_other_versions(machine: LocalMachine) -> None:
    (machine.pytester.path / "course.toml").write_text(
        'title = "Sums"\npoints = 5\npackages = ["pandas<1", "msgspec", "nowhere-to-be-had"]\n'
        '[[sections]]\nmodule = "shifting"\n'
    )
    told = " ".join(machine.run().text.split())
    assert f"Submissions are graded with pandas<1, and {version('pandas')} is installed here." in told
    assert told.count("is installed here") == 1


@pytest.mark.parametrize("text", ["", 'title = "One"\npoints = 1\n[[sections]]\nmodule = "mlp"\n'])
def test_without_declared_packages_no_version_is_named(file: Path, text: str) -> None:
    root = file.parents[2]
    assert other_versions(root) == ""
    (root / "course.toml").write_text(text)
    assert other_versions(root) == ""
