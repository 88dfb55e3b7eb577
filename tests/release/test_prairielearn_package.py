"""The archive for PrairieLearn, unpacked and run in the layout of its external grading, below a scratch
root."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from click.testing import CliRunner

from grader.cli.main import main
from grader.release.prairielearn_package import prairielearn
from tests.fixtures import small_class
from tests.fixtures.small_class import ANSWERS, stand_in_program

if TYPE_CHECKING:
    from collections.abc import Sequence

course = small_class.course
"""The small course of one exercise, instead of the one of this folder's conftest."""
QUESTION = {
    "type": "object",
    "required": ["uuid", "type", "title", "topic"],
    "additionalProperties": False,
    "properties": {
        "uuid": {
            "type": "string",
            "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        },
        "type": {"const": "v3"},
        "title": {"type": "string"},
        "topic": {"type": "string"},
        "gradingMethod": {"enum": ["Internal", "External", "Manual"]},
        "singleVariant": {"type": "boolean"},
        "showCorrectAnswer": {"type": "boolean"},
        "partialCredit": {"type": "boolean"},
        "externalGradingOptions": {
            "type": "object",
            "required": ["image", "entrypoint"],
            "additionalProperties": False,
            "properties": {
                "enabled": {"type": "boolean"},
                "image": {"type": "string"},
                "serverFilesCourse": {"type": "array", "items": {"type": "string"}},
                "entrypoint": {"type": "array", "items": {"type": "string"}},
                "timeout": {"type": "integer", "maximum": 600},
                "enableNetworking": {"type": "boolean"},
            },
        },
    },
}
"""What `infoQuestion.json` of PrairieLearn says of these fields."""


@pytest.fixture(scope="module")
def unpacked(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """PrairieLearn's course, with the archive unpacked."""
    root = tmp_path_factory.mktemp("prairielearn")
    packed = prairielearn(course, root / "questions.zip", "me/image")
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(root / "course")
    return root


def run(
    root: Path, answer: str | None, programs: Path = Path(sys.executable).parent
) -> tuple[int, dict[str, Any] | None]:
    """Hand in an answer; return the entrypoint's exit status, and what PrairieLearn finds."""
    grade = root / "grade"
    shutil.rmtree(grade, ignore_errors=True)
    shutil.copytree(root / "course" / "serverFilesCourse", grade / "serverFilesCourse")
    (grade / "student").mkdir()
    (grade / "data").mkdir()
    if answer is not None:
        (grade / "student" / "doubling.py").write_text(answer)
    info = json.loads((root / "course/questions/gradbook_doubling/info.json").read_text())
    entrypoint, *arguments = info["externalGradingOptions"]["entrypoint"]
    program = Path(str(grade) + entrypoint.removeprefix("/grade"))
    program.chmod(0o755)  # as the grading process does
    done = subprocess.run(
        [program, *arguments], cwd="/", check=False, capture_output=True, timeout=240,
        env={**os.environ, "GRADE_ROOT": str(grade), "GRADBOOK_BIN": str(programs)},
    )  # fmt: skip
    file = grade / "results" / "results.json"
    return done.returncode, json.loads(file.read_text()) if file.exists() else None


def test_a_submission_gets_its_share_of_the_points(unpacked: Path) -> None:
    status, results = run(unpacked, ANSWERS["bob.py"])
    assert status == 0
    assert results is not None
    assert results["gradable"] is True
    assert 0 <= results["score"] < 1
    assert {test["name"] for test in results["tests"]} >= {"double: right_values", "double: it_is_even"}


def test_what_is_no_code_costs_no_attempt(unpacked: Path, tmp_path: Path) -> None:
    status, results = run(unpacked, None, stand_in_program(tmp_path))
    assert status == 0
    assert results is not None
    assert results["gradable"] is False
    assert results["format_errors"][0]
    assert "score" not in results


def test_a_fault_of_the_grader_leaves_no_results_and_a_status(unpacked: Path, tmp_path: Path) -> None:
    """A stand-in has it: a check could not be judged."""
    programs = stand_in_program(tmp_path)
    assert run(unpacked, "x = 1\n", programs)[0] == 0
    assert run(unpacked, "# not judged\n", programs) == (1, None)


def test_the_questions_are_as_prairielearn_wants_them(unpacked: Path, course: Path, tmp_path: Path) -> None:
    folder = unpacked / "course" / "questions" / "gradbook_doubling"
    info = json.loads((folder / "info.json").read_text())
    jsonschema.validate(info, QUESTION)
    assert info["externalGradingOptions"]["image"] == "me/image"
    assert 'optional-file-names="doubling.py,doubling.ipynb"' in (folder / "question.html").read_text()
    one, other = (
        prairielearn(course, tmp_path / name, "me/image").read_bytes() for name in ("a.zip", "b.zip")
    )
    assert one == other


def test_solutions_are_only_where_students_cannot_read(unpacked: Path) -> None:
    """PrairieLearn shows `questions/*/` in part, and copies `serverFilesCourse/` into the grading job
    only."""
    names = [path.relative_to(unpacked / "course").as_posix() for path in (unpacked / "course").rglob("*")]
    assert [name for name in names if name.startswith("questions/") and "reference" in name] == []
    assert [name for name in names if name.startswith("environments/") and "/reference/" in name] == []


def test_the_entrypoint_is_sound(unpacked: Path) -> None:
    script = unpacked / "course" / "serverFilesCourse" / "gradbook" / "run.sh"
    checked = subprocess.run(
        [Path(sys.executable).with_name("shellcheck"), script], check=False, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout
    with zipfile.ZipFile(unpacked / "questions.zip") as archive:
        assert archive.getinfo("serverFilesCourse/gradbook/run.sh").external_attr >> 16 & 0o111


def refused(arguments: Sequence[str]) -> str:
    done = CliRunner().invoke(main, ["package", "prairielearn", *arguments])
    assert done.exit_code == 2
    return " ".join(done.output.split())


def test_what_cannot_be_packed_is_named(course: Path, tmp_path: Path) -> None:
    assert "must end in .zip" in refused([str(tmp_path / "a.tar"), "--image", "x", "--course", str(course)])
    assert "has no folder assignments/" in refused(
        [str(tmp_path / "a.zip"), "--image", "x", "--course", str(tmp_path)]
    )
    assert "Missing option '--image'" in refused([str(tmp_path / "a.zip"), "--course", str(course)])
