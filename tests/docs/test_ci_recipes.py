"""The example workflow keeps the token and the students' code on different machines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def jobs() -> dict[str, Any]:
    text = (ROOT / "examples" / "ci" / "grade-class.yml").read_text(encoding="utf-8")
    return yaml.safe_load(text)["jobs"]  # type: ignore[no-any-return]


def test_the_token_is_where_no_students_code_runs(jobs: dict[str, Any]) -> None:
    assert "CLASS_TOKEN" in str(jobs["collect"])
    assert not {"grader", "pip", "python"} & set(str(jobs["collect"]).split())
    assert "secrets" not in str(jobs["grade"])


def test_the_grading_job_keeps_no_credentials_of_its_own(jobs: dict[str, Any]) -> None:
    (checkout,) = [step for step in jobs["grade"]["steps"] if "checkout" in step.get("uses", "")]
    assert checkout["with"]["persist-credentials"] is False


def test_reports_are_kept_even_if_something_could_not_be_graded(jobs: dict[str, Any]) -> None:
    last = jobs["grade"]["steps"][-1]
    assert "upload-artifact" in last["uses"]
    assert last["if"] == "always()"
