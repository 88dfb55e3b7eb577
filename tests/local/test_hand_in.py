"""The files in which a section's exercises are looked for on a student's machine."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from grader.local.hand_in import LocalFiles, source_file

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.local_machine import LocalMachine


@pytest.fixture
def assignments(tmp_path: Path) -> Path:
    """A course's folder, with a section and what may lie beside it."""
    folder = tmp_path / "assignments"
    for name, source in {
        "ch5/mlp.py": "x = 1\n",
        "ch5/test_mlp.py": "class relu: pass\n",
        "ch4/softmax.py": "y = 2\n",
        "ch4/test_softmax.py": "class softmax: pass\n",
        "ch4/drive_softmax.py": "def relu(): pass\n",
        "ch5/utils.py": "z = 3\n",
        "notes/mine.ipynb": "not a notebook",
        "conftest.py": "def relu(): pass\n",
        "venv/lib/python3/site-packages/relu.py": "def relu(): pass\n",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return folder


def section(assignments: Path) -> Any:  # noqa: ANN401 - as much of a section as is needed
    return SimpleNamespace(stub=assignments / "ch5" / "mlp.py", module="mlp")


def test_a_section_has_its_own_file_and_then_all_others_that_a_submission_would_hold(
    assignments: Path,
) -> None:
    files = LocalFiles().program(section(assignments))
    assert [(file.path, file.module) for file in files] == [
        (str(assignments / "ch5" / "mlp.py"), "mlp"),
        (str(assignments / "ch4" / "softmax.py"), "softmax"),
        (str(assignments / "ch5" / "utils.py"), None),
    ]


def test_a_folder_is_read_once_and_a_sections_own_file_each_time(assignments: Path) -> None:
    local = LocalFiles()
    before = local.program(section(assignments))
    (assignments / "ch5" / "mlp.py").write_text("x = 2\n", encoding="utf-8")
    after = local.program(section(assignments))
    assert (before[0].cells[0].source, after[0].cells[0].source) == ("x = 1\n", "x = 2\n")
    assert before[1] is after[1]


def test_a_missing_file_says_so(assignments: Path) -> None:
    own = assignments / "ch5" / "mlp.py"
    own.unlink()
    assert source_file(own, "mlp").problem == "mlp.py is missing. Copy it again from the course material."
    assert len(LocalFiles().program(section(assignments))) == 3


def test_answers_are_found_in_other_files_of_the_assignments(machine: LocalMachine) -> None:
    machine.write(double="def quadruple(X):\n    return double(double(X))\n\n\nfrom helpers import double\n")
    machine.adding.with_name("helpers.py").write_text("def double(X):\n    return 2 * X\n", encoding="utf-8")
    assert machine.run("assignments", "--only", "double").totals == "10 passed"


@pytest.mark.parametrize("only", ["shift", "shift,double"])
def test_a_section_imports_another_whatever_else_ran(machine: LocalMachine, only: str) -> None:
    machine.solve(shift="from adding import double\n\n\ndef shift(X):\n    return double(X) - X + 1\n")
    run = machine.run("assignments", "--only", only)
    assert run.status == 0
