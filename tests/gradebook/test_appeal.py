"""What the page for an appeal takes from the submission and from the checks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from grader.gradebook.appeal import code_of, tolerance_of
from grader.records.verdict import Location
from tests.fixtures.reports import result

if TYPE_CHECKING:
    from pathlib import Path

CODE = """import torch


def relu(
    X,
):
    if X is None:
        return X

    return X.clamp(0)


def other():
    pass
"""
RELU = CODE[CODE.index("def relu") : CODE.index("def other")].rstrip()


def test_the_code_is_the_definition_and_no_more(tmp_path: Path) -> None:
    (tmp_path / "alice.py").write_text(CODE)
    assert code_of(tmp_path / "alice.py", Location("alice.py", None, 4)).rstrip() == RELU
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mlp.py").write_text(CODE)
    assert code_of(tmp_path / "folder", Location("mlp.py", None, 4)).rstrip() == RELU


def test_the_code_of_a_notebook_is_in_its_cell(tmp_path: Path) -> None:
    for source in (CODE, CODE.splitlines(keepends=True)):
        cells = [{"cell_type": "markdown", "source": "#"}, {"cell_type": "code", "source": source}]
        (tmp_path / "alice.ipynb").write_text(json.dumps({"cells": cells}))
        assert code_of(tmp_path / "alice.ipynb", Location("alice.ipynb", 2, 4)).rstrip() == RELU


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"{", b'{"cells": [{"source": 3}]}', b"[" * 100_000])
def test_what_can_not_be_read_is_left_out(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "alice.ipynb").write_bytes(content)
    assert code_of(tmp_path / "alice.ipynb", Location("alice.ipynb", 1, 1)) == ""


def test_nothing_outside_the_submission_is_shown(tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_text(CODE)
    (tmp_path / "alice").mkdir()
    (tmp_path / "alice" / "mlp.py").symlink_to(tmp_path / "secret.py")
    assert code_of(tmp_path / "alice", Location("mlp.py", None, 4)) == ""
    assert code_of(tmp_path / "alice", Location("../secret.py", None, 4)) == ""
    assert code_of(tmp_path / "alice", Location("missing.py", None, 4)) == ""
    assert code_of(tmp_path / "alice", None) == ""


CHECKS = '''"""5.1 Perceptrons."""

from grader.laws import exercise, ulps

# A product and a sum of at most 30.
ONE_SUM = ulps(2, scale=30.0)

relu = exercise(
    "relu",
    tolerance=ONE_SUM,
    gradient_tolerance=ulps(1),  # it is 0 or 1
    points={"right_values": 3},
)
'''


def test_the_derivation_of_a_tolerance_is_what_the_checks_say(tmp_path: Path) -> None:
    folder = tmp_path / "assignments" / "ch5"
    folder.mkdir(parents=True)
    (folder / "test_mlp.py").write_text(CHECKS)
    assert tolerance_of(tmp_path, result("relu", 1.0)).splitlines() == [
        "# A product and a sum of at most 30.",
        "ONE_SUM = ulps(2, scale=30.0)",
        "tolerance=ONE_SUM,",
        "gradient_tolerance=ulps(1),  # it is 0 or 1",
    ]
    assert tolerance_of(tmp_path, result("tanh", 1.0)) == ""
    (folder / "test_mlp.py").write_text("def broken(")
    assert tolerance_of(tmp_path, result("relu", 1.0)) == ""
