"""In GitLab CI: a Code Quality report, which shows failures beside the student's lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from grader.reporting.annotations import Failure
from grader.reporting.gitlab import FILE, is_active, report

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.local_machine import LocalMachine

WRONG = "def double(X):\n    return X * X\n"
ALONE = "def quadruple(X):\n    return 4 * X\n"


@pytest.fixture
def job(machine: LocalMachine, monkeypatch: pytest.MonkeyPatch) -> LocalMachine:
    """A machine that runs a job of GitLab CI."""
    monkeypatch.setenv("GITLAB_CI", "true")
    monkeypatch.setenv("CI_PROJECT_DIR", str(machine.pytester.path))
    return machine


def issues(job: LocalMachine) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((job.pytester.path / FILE).read_text(encoding="utf-8"))
    return found


def test_only_the_variable_that_gitlab_sets_counts() -> None:
    assert is_active({"GITLAB_CI": "true"})
    assert not is_active({"GITLAB_CI": ""})
    assert not is_active({"CI": "true"})


def test_a_wrong_answer_is_an_issue_at_its_definition_until_it_is_fixed(job: LocalMachine) -> None:
    job.solve(double=WRONG, quadruple=ALONE)
    run = job.run()
    (issue,) = issues(job)
    line = job.adding.read_text(encoding="utf-8").splitlines().index("def double(X):") + 1
    assert issue["location"] == {"path": "assignments/ch1_sums/adding.py", "lines": {"begin": line}}
    assert (issue["check_name"], issue["severity"]) == ("right_values", "major")
    assert issue["description"].startswith("double: right_values\ndouble(X) has the right values.\ntry: ")
    assert "::error" not in run.text
    job.solve()
    assert job.run().status == 0
    assert issues(job) == []


def test_a_failure_is_the_same_issue_where_its_line_has_moved(tmp_path: Path) -> None:
    file = tmp_path / "mlp.py"
    found = []
    for line in (1, 4):
        checks = ("right_values", "right_shape")
        failures = [Failure("relu", check, file, "wrong", line) for check in checks]
        found.append(json.loads(report(failures, tmp_path)))
    assert [issue["location"]["lines"]["begin"] for issue in found[0] + found[1]] == [1, 1, 4, 4]
    prints = [[issue["fingerprint"] for issue in each] for each in found]
    assert prints[0] == prints[1]
    assert len(set(prints[0])) == 2, "of two checks there are two issues"


def test_a_report_that_cannot_be_written_changes_no_result(
    job: LocalMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI_PROJECT_DIR", str(job.pytester.path / "nowhere"))
    job.solve()
    run = job.run()
    assert run.status == 0
    assert "can't be written: No such file or directory." in run.text


def test_outside_gitlab_there_is_no_report(machine: LocalMachine) -> None:
    machine.solve(double=WRONG)
    machine.run()
    assert not (machine.pytester.path / FILE).exists()
