"""The archive for Classroom 50, unpacked and run as its runner does, and what the runner would make of the
result."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from grader.release.classroom50_package import classroom50
from tests.fixtures import small_class
from tests.fixtures.small_class import ANSWERS, stand_in_program

course = small_class.course
"""The small course of one exercise, instead of the one of this folder's conftest."""
URL = "https://github.com/org/cs-hw1-ada"
RUNNER = {
    "CLASSROOM": "cs", "ASSIGNMENT": "hw1", "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "OWNER": "ada", "USERNAME": "ada", "ASSIGNMENT_TYPE": "individual", "COMMIT_URL": f"{URL}/commit/a1b2c3d",
    "RELEASE_URL": f"{URL}/releases/tag/x", "REVIEW_URL": f"{URL}/compare/0...a1b2c3d",
}  # fmt: skip
INSTANT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$"}
TEXT = {"type": "string", "minLength": 1}
POINTS = {"type": "integer", "minimum": 0}
RESULT = {
    "type": "object",
    "required": [
        "schema", "classroom", "assignment", "assignment_type", "owner", "submission", "commit", "release",
        "review", "datetime", "score", "max-score", "tests",
    ],
    "additionalProperties": False,
    "properties": {
        "schema": {"const": "classroom50/result/v1"},
        "classroom": {"const": "cs"}, "assignment": {"const": "hw1"},
        "assignment_type": {"enum": ["individual", "group"]}, "owner": {"const": "ada"},
        "submission": {"type": "string", "pattern": "^submit/"},
        "commit": TEXT, "release": TEXT, "review": TEXT, "datetime": INSTANT, "graded_at": INSTANT,
        "score": POINTS, "max-score": POINTS,
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["test-name", "passed", "score", "max-score"],
                "properties": {
                    "test-name": TEXT, "passed": {"type": "boolean"}, "score": POINTS, "max-score": POINTS,
                },
            },
        },
    },
}  # fmt: skip
"""What `result-v1.schema.json` of Classroom 50 says."""


def validate(result: dict[str, Any]) -> None:
    """Raise if Classroom 50 would not take a result: by the schema, and by what its code adds."""
    jsonschema.validate(result, RESULT)
    assert result["score"] <= result["max-score"]
    for test in result["tests"]:
        assert test["score"] <= test["max-score"]
    assert type(result["score"]) is int


@pytest.fixture(scope="module")
def bundle(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the autograder, as the runner unpacks it."""
    root = tmp_path_factory.mktemp("classroom50")
    with zipfile.ZipFile(classroom50(course, root / "autograder.zip")) as archive:
        archive.extractall(root / "bundle")
    return root / "bundle"


def run(bundle: Path, checkout: Path, answer: str, **more: str) -> tuple[int, dict[str, Any] | None]:
    """Hand in an answer; return the exit status, and the result."""
    checkout.mkdir(exist_ok=True)
    (checkout / "doubling.py").write_text(answer)
    environment = {**os.environ, **RUNNER, "GRADBOOK_BIN": str(Path(sys.executable).parent), **more}
    done = subprocess.run(
        [sys.executable, bundle / "autograder.py"], cwd=checkout, env=environment, check=False,
        capture_output=True, timeout=240,
    )  # fmt: skip
    file = checkout / "result.json"
    return done.returncode, json.loads(file.read_text()) if file.exists() else None


def test_a_submission_gets_whole_points_and_a_page(bundle: Path, tmp_path: Path) -> None:
    status, result = run(bundle, tmp_path / "checkout", ANSWERS["bob.py"])
    assert status == 0
    assert result is not None
    validate(result)
    assert result["max-score"] == 400
    assert result["datetime"] == "2026-06-01T14:32:05Z"
    assert "multiplied by 100" in (tmp_path / "checkout" / "release-body.md").read_text()
    assert (tmp_path / "checkout" / "feedback.html").read_text().startswith("<!")


def test_a_fault_of_the_grader_and_a_result_that_was_handed_in_are_no_results(
    bundle: Path, tmp_path: Path
) -> None:
    """The fault is a stand-in's: a check could not be judged."""
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    (checkout / "result.json").write_text('{"score": 400}')
    programs = {"GRADBOOK_BIN": str(stand_in_program(tmp_path / "bin"))}
    assert run(bundle, tmp_path / "another", "x = 1\n", **programs)[0] == 0
    status, result = run(bundle, checkout, "# not judged\n", **programs)
    assert status != 0
    assert result is None
    assert run(bundle, checkout, "x = 1\n", **programs, COMMIT_URL="") == (1, None)


def test_there_is_nothing_in_it_that_students_do_not_have(bundle: Path, course: Path, tmp_path: Path) -> None:
    names = [path.relative_to(bundle).as_posix() for path in bundle.rglob("*")]
    assert [name for name in names if name.startswith("course/reference")] == []
    assert "course/assignments/ch1/test_doubling.py" in names
    one, other = (classroom50(course, tmp_path / name).read_bytes() for name in ("a.zip", "b.zip"))
    assert one == other
    assert len(one) < 10 * 2**20, "Classroom 50 fetches no larger bundle"
