"""In GitHub Actions: annotations on the student's lines, points in the job's summary and in JUnit's XML."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.local.ci_plugin import definition_line, summary
from grader.local.terminal_summary import Row
from grader.reporting.annotations import Failure
from grader.reporting.github import annotation, is_active, without_commands

if TYPE_CHECKING:
    from tests.fixtures.local_machine import LocalMachine, Run

WRONG = "def double(X):\n    return X * X\n"
ALONE = "def quadruple(X):\n    return 4 * X\n"


@pytest.fixture
def job(machine: LocalMachine, monkeypatch: pytest.MonkeyPatch) -> LocalMachine:
    """A machine that runs a job of GitHub Actions."""
    root = machine.pytester.path
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(root))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(root / "summary.md"))
    return machine


def summary_of(job: LocalMachine) -> str:
    return (job.pytester.path / "summary.md").read_text(encoding="utf-8")


def annotations_of(run: Run) -> list[str]:
    return [line for line in run.text.splitlines() if line.startswith("::")]


def test_only_the_variable_that_github_sets_counts() -> None:
    assert is_active({"GITHUB_ACTIONS": "true"})
    assert not is_active({"GITHUB_ACTIONS": "false"})
    assert not is_active({"CI": "true"})


def test_a_wrong_answer_gets_an_annotation_at_its_definition(job: LocalMachine) -> None:
    job.solve(double=WRONG, quadruple=ALONE)
    (printed,) = annotations_of(job.run())
    line = job.adding.read_text(encoding="utf-8").splitlines().index("def double(X):") + 1
    assert printed.startswith(
        f"::error file=assignments/ch1_sums/adding.py,line={line},title=double%3A right_values::double(X) has"
    )
    assert "%0Atry:      double(" in printed


def test_an_exception_gets_an_annotation_at_the_line_that_raised_it(job: LocalMachine) -> None:
    job.solve(double="def double(X):\n    return inner(X)\n\n\ndef inner(X):\n    return X.nothing\n")
    lines = job.adding.read_text(encoding="utf-8").splitlines()
    assert f",line={lines.index('    return X.nothing') + 1}," in annotations_of(job.run())[0]


def test_a_file_that_cannot_be_run_gets_one_annotation(job: LocalMachine) -> None:
    job.solve()
    job.adding.write_text("Here comes my homework:\n", encoding="utf-8")
    (printed,) = annotations_of(job.run())
    assert "SyntaxError" in printed


def test_the_summary_has_points_and_what_is_wrong(job: LocalMachine) -> None:
    job.solve(double=WRONG, quadruple=ALONE)
    job.run()
    text = summary_of(job)
    assert re.match(r"## [\d.]+ of 11 points, 2 of 3 exercises solved\n", text)
    assert "| ✗ double | 0 of 4 | \\[1.\\] for \\[2.\\] |" in text
    assert "| ✓ shift | 5 of 5 |  |" in text
    assert "Next: fix double, in adding.py" in text
    assert (
        "<details><summary>double: right_values</summary>\n\n```text\ndouble(X) has the right values.\n"
        in text
    )


def test_a_second_step_of_the_job_adds_to_the_summary(job: LocalMachine) -> None:
    job.solve()
    job.run("assignments", "--only", "shift")
    job.run("assignments", "--only", "double")
    assert summary_of(job).count("## ") == 2


def test_exercises_that_are_to_do_share_a_line_and_get_no_annotation(job: LocalMachine) -> None:
    job.write()
    assert annotations_of(job.run()) == []
    assert "| ○ double, quadruple | | to do |" in summary_of(job)


def test_outside_github_there_are_no_annotations(machine: LocalMachine) -> None:
    machine.solve(double=WRONG)
    assert annotations_of(machine.run()) == []


def test_a_summary_that_cannot_be_written_changes_no_result(
    job: LocalMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(job.pytester.path / "nowhere" / "summary.md"))
    job.solve()
    run = job.run()
    assert run.status == 0
    assert "can't be written: No such file or directory." in run.text


def test_junit_has_points_as_properties(machine: LocalMachine) -> None:
    machine.solve(double=WRONG)
    machine.run("assignments", "--only", "double", "--junitxml=results.xml")
    found = {}
    for case in ET.parse(machine.pytester.path / "results.xml").iter("testcase"):  # noqa: S314 - our own
        properties = {one.attrib["name"]: one.attrib["value"] for one in case.iter("property")}
        found[case.attrib["name"]] = (properties["points"], properties["max_points"], properties["exercise"])
    assert found["right_values"] == ("0.0", "3", "double")
    assert found["nothing_stays_nothing"] == ("0.0", "1", "double")


def test_commands_are_disabled_while_untrusted_text_is_printed() -> None:
    printed: list[str] = []
    with without_commands(printed.append, {"GITHUB_ACTIONS": "true"}):
        printed.append("::error::forged")
    stop, _forged, resume = printed
    token = stop.removeprefix("::stop-commands::")
    assert re.fullmatch(r"[0-9a-f]{32}", token), "nobody can guess it"
    assert resume == f"::{token}::"
    with without_commands(printed.append, {}):
        pass
    assert len(printed) == 3, "outside GitHub nothing is printed"


def failure(message: str, file: Path, exercise: str = "relu", line: int = 1) -> Failure:
    return Failure(exercise, "right_values", file, message, line)


def test_text_of_a_student_is_never_a_command(tmp_path: Path) -> None:
    printed = annotation(failure("100%\n::error::forged\r::set-output", tmp_path / "a:b,c.py"), tmp_path)
    assert printed == (
        "::error file=a%3Ab%2Cc.py,line=1,title=relu%3A right_values::100%25%0A::error::forged?::set-output"
    )


def test_a_line_of_a_traceback_is_better_than_that_of_the_definition() -> None:
    file = Path("nowhere", "mlp.py")
    assert failure("", file, line=5).line == 5
    assert failure("other.py, line 7, in f\nmlp.py, line 2, in relu\n", file, line=5).line == 2
    assert failure(f"mlp.py, line {'9' * 5000}, in relu", file, line=5).line == 5, "that is no line"


def test_at_a_desk_the_last_definition_of_a_file_counts(tmp_path: Path) -> None:
    file = tmp_path / "mlp.py"
    file.write_text("def relu(X):\n    pass\n\n\ndef relu(X):\n    return X\n", encoding="utf-8")
    assert definition_line(file, "relu") == 5
    assert definition_line(file, "softmax") == 1
    assert definition_line(tmp_path / "gone.py", "relu") == 1
    for hostile in ("-" * 100_000 + "1", "(" * 100_000, "def relu(", "x = '\0'"):
        file.write_text(hostile, encoding="utf-8")
        assert definition_line(file, "relu") == 1


def test_text_of_a_student_is_never_markup(tmp_path: Path) -> None:
    row = Row("4.4 Soft|max", "<b>`x`", tmp_path / "x.py", 1, 4.0, 2)
    text = summary([row], [failure("```\n</details>\n````\n# hi", tmp_path / "x.py")])
    assert "| **4.4 Soft\\|max** |" in text
    assert "\\<b\\>\\`x\\`" in text
    assert "\n`````text\n```\n</details>\n````\n# hi\n`````\n" in text
    large = [failure("x" * 400_000, tmp_path / "x.py", f"f{number}") for number in range(5)]
    assert len(summary([row], large)) < 2**20
