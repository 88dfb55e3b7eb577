"""The example of another course: it is audited, and a submission to it is graded."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.authoring.stubs import stale
from grader.cli.main import main
from grader.course.course import load
from grader.course.implementations import implementations
from tests.fixtures.thorough import case

COURSE = Path(__file__).parents[2] / "examples" / "regularization"
SUBMISSION = '''\
"""All three exercises, of which one is wrong."""

import torch


def l2_penalty(w):
    return w.pow(2).sum() / 2


def dropout_layer(X, mask, dropout):
    return torch.where(mask, X, 0.0) / (1 - dropout)


def clip_gradients(gradients, max_norm):
    return [gradient.clamp(-max_norm, max_norm) for gradient in gradients]
'''


def test_its_points_and_deadlines_are_those_of_its_file() -> None:
    course = load(COURSE)
    assert {exercise.name: exercise.max_points for _section, exercise in course.exercises()} == {
        "l2_penalty": 3,
        "dropout_layer": 5,
        "clip_gradients": 12,
    }
    assert [section.deadline.day for section in course.sections if section.deadline] == [1, 8, 15]
    assert stale(course) == []


def test_it_has_wheat_and_chaff_for_each_exercise() -> None:
    found = list(implementations(load(COURSE)))
    for name in ("l2_penalty", "dropout_layer", "clip_gradients"):
        kinds = [one.kind for one in found if one.exercise.name == name]
        assert (kinds.count("wheat") >= 2, kinds.count("chaff") >= 3) == (True, True), name


@pytest.mark.skipif(sys.platform != "linux", reason="mutants need Linux")
@pytest.mark.parametrize(
    ("most", "more_than"), [case(20, 59, thorough=False), case(1000, 200, thorough=True)]
)
def test_its_audit_finds_nothing_wrong_and_no_mutant_survives(most: int, more_than: int) -> None:
    """Locally only; the sandbox is tested with the shipped course."""
    limited = ["--mutants", "--max-mutants", str(most)]
    done = CliRunner().invoke(
        main, ["audit", "--course", str(COURSE), "--no-sandbox", *limited, "--jobs", "2"]
    )
    assert done.exit_code == 0, done.output
    assert done.output.rstrip().endswith("1 seed: 0 problems.")
    (total,) = [line.split() for line in done.output.splitlines() if line.startswith("total")]
    _implementations, wrong, mutants, _pairs, killed, equivalent, alive = map(int, total[1:])
    assert (wrong, alive) == (0, 0)
    assert killed + equivalent == mutants > more_than
    assert equivalent < mutants / 10


@pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")
def test_a_submission_to_it_is_graded(tmp_path: Path) -> None:
    (tmp_path / "ada.py").write_text(SUBMISSION, encoding="utf-8")
    out = tmp_path / "out"
    arguments = ["grade", str(tmp_path / "ada.py"), "--course", str(COURSE), "--out", str(out), "--seed", "1"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    report = json.loads((out / "submissions" / "ada" / "report.json").read_text(encoding="utf-8"))
    assert (report["points"], report["max_points"]) == (8, 20)
    clipping = report["exercises"][-1]
    assert (clipping["name"], clipping["status"], clipping["max_points"]) == (
        "clip_gradients",
        "incorrect",
        12,
    )
    assert clipping["misconception"]["id"] == "element-by-element"
