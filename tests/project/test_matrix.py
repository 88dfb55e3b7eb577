"""The matrix has what it promises, and its smoke test notices wrong marks."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from grader.course.course import load
from tests.matrix import smoke
from tests.matrix.environments import CONDITIONS, ENVIRONMENTS
from tests.matrix.table import table

ROOT = Path(__file__).parents[2]
MARKS = tomllib.loads((ROOT / "tests" / "shipped" / "sample_class.toml").read_text(encoding="utf-8"))
EXERCISES = {number: smoke.declared(ROOT, path) for number, path in smoke.SECTIONS.items()}


def test_every_condition_is_used_and_exists() -> None:
    used = {condition for environment in ENVIRONMENTS.values() for condition in environment.conditions}
    assert used == set(CONDITIONS)


def test_the_oldest_torch_of_the_range_is_tried() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (torch,) = [text for text in project["dependencies"] if text.startswith("torch>")]
    oldest = torch.partition(">=")[2].partition(",")[0]
    assert ENVIRONMENTS["oldest"].packages[0] == f"torch=={oldest}.*"
    assert not ENVIRONMENTS["newest"].constrained
    assert not ENVIRONMENTS["newest"].packages


def test_the_card_sections_are_read_without_importing_them() -> None:
    """The smoke test has nothing but the standard library."""
    course = {section.number: [one.name for one in section.exercises] for section in load(ROOT).sections}
    assert {number: course[number] for number in EXERCISES} == EXERCISES


def report_of(expected: dict[str, tuple[str, float]]) -> dict[str, object]:
    """A report in which everything is as expected."""
    exercises = [
        {"name": name, "status": status, "points": 4.0 if status == "correct" else points, "max_points": 4.0}
        for names in EXERCISES.values()
        for name in names
        for status, points in [expected.get(name, ("missing", 0.0))]
    ]
    return {"exercises": exercises, "bonus": 0}


@pytest.fixture
def zoe(tmp_path: Path) -> Path:
    """The output of a run, with a report of the expected marks for one member of the class."""
    report = report_of(smoke.expected_marks(MARKS["zoe"], EXERCISES))
    path = tmp_path / "submissions" / "zoe" / "report.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(report), encoding="utf-8")
    return path


def differences(report: Path) -> list[str]:
    return smoke.differences(report.parents[2], "zoe", MARKS, EXERCISES)


def test_expected_marks_are_no_difference(zoe: Path) -> None:
    assert differences(zoe) == []


def test_half_a_point_is_a_difference(zoe: Path) -> None:
    zoe.write_text(zoe.read_text(encoding="utf-8").replace('"points": 4.5', '"points": 4.0', 1))
    assert differences(zoe) == ["zoe, softmax: partial with 4.0 points, expected partial with 4.5"]


def test_an_exercise_too_few_is_a_difference(zoe: Path) -> None:
    report = json.loads(zoe.read_text(encoding="utf-8"))
    del report["exercises"][-1]
    zoe.write_text(json.dumps(report), encoding="utf-8")
    assert differences(zoe) == ["zoe: 15 exercises in the report"]


def test_the_table_has_a_reason_for_each_cell_that_is_not_ok() -> None:
    shown = table([
        {
            "title": "one", "date": "2026-11-26", "versions": {"python": "3.11.2", "torch": "2.13.0"},
            "steps": {
                "doctor": {"status": "ok", "seconds": 1.2, "reason": ""},
                "grade": {"status": "failed", "seconds": 3.0, "reason": "the server can't start"},
            },
        },
        {"title": "two", "date": "2026-11-26", "not_run": "no python3.14 found"},
    ])  # fmt: skip
    rows = shown.splitlines()
    assert rows[2] == "| one | 2026-11-26 | 3.11.2 | 2.13.0 |  |  | ok, 1 s |  |  | **failed** [1] |  |"
    assert rows[3].count("not run [2]") == 4
    assert rows[-2:] == ["1. the server can't start", "2. no python3.14 found"]
