"""Selecting checks, as in any pytest project, and by the name of an exercise."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
import torch

if TYPE_CHECKING:
    from tests.fixtures.local_machine import LocalMachine

WRONG = "def double(X):\n    return X * X\n"
ADDING = "assignments/ch1_sums/test_adding.py"


def test_only_takes_a_list_of_exercises(machine: LocalMachine) -> None:
    machine.solve()
    run = machine.run("assignments", "--only", "shift, quadruple")
    assert run.totals == "16 passed"
    assert "  ✓ quadruple  2 of 2" not in run.overview
    assert "2 of 2 exercises solved" in run.text


def test_only_refuses_an_unknown_name_and_lists_the_known_ones(machine: LocalMachine) -> None:
    run = machine.run("assignments", "--only", "double,treble")
    assert run.status == pytest.ExitCode.USAGE_ERROR
    assert "--only: there is no exercise treble in the selected files." in run.complaints
    assert "There are: double, quadruple, shift." in run.complaints


def test_only_refuses_an_exercise_that_is_not_in_the_file(machine: LocalMachine) -> None:
    """Not an empty run, which would look as if all were well."""
    run = machine.run(ADDING, "--only", "shift")
    assert run.status == pytest.ExitCode.USAGE_ERROR
    assert "There are: double, quadruple." in run.complaints


def test_a_missing_device_is_a_usage_error(machine: LocalMachine) -> None:
    if torch.cuda.is_available():
        pytest.skip("this machine has a GPU")
    run = machine.run("assignments", "--device", "cuda")
    assert run.status == pytest.ExitCode.USAGE_ERROR
    assert "there is no CUDA device here" in run.complaints


def test_an_unknown_device_is_a_usage_error(machine: LocalMachine) -> None:
    assert machine.run("assignments", "--device", "abacus").status == pytest.ExitCode.USAGE_ERROR


def test_the_cpu_can_be_selected(machine: LocalMachine) -> None:
    machine.solve()
    assert machine.run("assignments", "--device", "cpu").status == 0


@pytest.mark.parametrize(
    ("arguments", "passed"),
    [
        (["assignments/ch1_sums"], 17),
        ([ADDING], 17),
        (["assignments/ch1_sums/adding.py"], 17),
        (["assignments/ch1_sums/adding.py::quadruple"], 8),
        ([f"{ADDING}::double"], 9),
        ([f"{ADDING}::double::right_values"], 1),
        (["assignments", "-k", "double"], 9),
        (["assignments", "-k", "adding"], 17),
        (["assignments", "-k", "right_values"], 3),
        (["assignments", "--deselect", ADDING], 8),
        ([], 25),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_files_folders_nodes_and_keywords_select(
    machine: LocalMachine, arguments: list[str], passed: int
) -> None:
    machine.solve(double="def double(X):\n    return X + 0 * X if isinstance(X, str) else X + X\n")
    run = machine.run(*arguments)
    assert run.status == 0
    assert run.totals.startswith(f"{passed} passed")


def test_a_stub_selects_its_checks(machine: LocalMachine) -> None:
    """It is the file that the student has open."""
    machine.solve()
    run = machine.run(str(machine.shifting))
    assert run.totals == "8 passed"


def test_a_blocked_check_that_is_selected_alone_shows_why(machine: LocalMachine) -> None:
    machine.solve(double="def double(X):\n    return X.tolist()\n")
    run = machine.run(f"{ADDING}::double::right_values")
    assert run.status == 1
    assert run.totals == "1 failed"
    said = run.failure("double: right_values")
    assert said.startswith("right_values is blocked by right_type:\n")
    assert "a list" in said


def test_x_stops_at_the_first_exercise_that_is_not_solved(machine: LocalMachine) -> None:
    machine.solve(quadruple="def quadruple(X):\n    return X\n")
    run = machine.run("assignments", "-x")
    assert "stopping after 1 failures" in run.text
    assert "✗ quadruple" in run.text
    assert "shift" not in "".join(run.overview)


def test_lf_runs_again_what_was_not_solved(machine: LocalMachine) -> None:
    machine.solve(shift="def shift(X):\n    return X\n")
    machine.run()
    machine.solve()
    run = machine.run("assignments", "--lf")
    assert run.totals.startswith("1 passed")
    assert "  ✓ shift  5 of 5      1 of 8 checks ran" in run.overview


def test_verbose_names_each_state(machine: LocalMachine) -> None:
    machine.write(double="def double(X):\n    return X.tolist()\n")
    text = machine.run("assignments", "-v").text
    for state in ("is_defined PASSED", "right_type FAILED", "right_values BLOCKED", "is_defined TO DO"):
        assert state in text
    assert "texts_are_doubled_too BONUS OPEN" in text


def test_a_report_of_all_outcomes_holds_no_trace(machine: LocalMachine) -> None:
    machine.write(double=WRONG)
    run = machine.run("assignments", "-rA")
    assert "FAILED assignments/ch1_sums/test_adding.py::double::right_values" in run.text
    assert "Traceback" not in run.text


def test_collecting_alone_runs_nothing(machine: LocalMachine) -> None:
    machine.adding.write_text("raise SystemExit('must not run')\n", encoding="utf-8")
    run = machine.run("assignments", "--collect-only", "-q")
    assert run.status == 0
    assert "assignments/ch1_sums/test_adding.py::double::right_values" in run.text
    assert "exercises solved" not in run.text


def test_s_shows_what_an_answer_prints(machine: LocalMachine) -> None:
    machine.solve(shift="def shift(X):\n    print('hello')\n    return X + 1\n")
    assert "hello" in machine.run("assignments", "-s").text
    assert "hello" not in machine.run("assignments").text


def test_junit_files_hold_the_verdicts(machine: LocalMachine) -> None:
    machine.write(double=WRONG)
    machine.run("assignments", "--junitxml=found.xml")
    cases = ET.parse(machine.pytester.path / "found.xml").getroot().iter("testcase")  # noqa: S314 - our own
    said = {f"{case.get('classname')}.{case.get('name')}": case.findtext("failure") for case in cases}
    assert said["assignments.ch1_sums.test_adding.double.is_defined"] is None
    right_values = said["assignments.ch1_sums.test_adding.double.right_values"]
    assert right_values is not None
    assert right_values.startswith("double(X) has the right values.")
    todo = said["assignments.ch2_more.test_shifting.shift.right_values"]
    assert todo == "shift is still to do\nWrite it in shifting.py."


def test_other_tests_are_left_alone(machine: LocalMachine) -> None:
    machine.solve()
    machine.pytester.makepyfile(
        test_mine="def test_right(record_property):\n    record_property('check', [1])\n\n"
        "def test_wrong():\n    print('x\\n' * 50)\n    assert 1 == 2\n"
    )
    machine.adding.with_name("test_own.py").write_text("def test_own(): pass\n", encoding="utf-8")
    run = machine.run(".")
    assert run.status == 1
    assert "assert 1 == 2" in run.failure("test_wrong")
    assert run.text.splitlines().count("x") == 50, "their output isn't cut"
    assert "3 of 3 exercises solved" in run.text
    assert run.totals == "1 failed, 28 passed"


def test_it_works_from_another_folder(machine: LocalMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = machine.pytester.mkdir("some where")
    monkeypatch.chdir(folder)
    run = machine.run("../assignments", "--rootdir=..")
    assert run.overview[-2:] == [
        "Next: write double, in ../assignments/ch1_sums/adding.py",
        "Then: pytest ../assignments --only double",
    ]


def test_a_folder_with_a_space_is_quoted(machine: LocalMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = machine.pytester.mkdir("my course")
    (machine.pytester.path / "assignments").rename(folder / "assignments")
    run = machine.run("my course/assignments")
    assert run.overview[-1] == 'Then: pytest "my course/assignments" --only double'


def test_a_checks_file_that_cannot_be_loaded_is_named(machine: LocalMachine) -> None:
    checks = machine.adding.with_name("test_adding.py")
    checks.write_text("import nothing_of_this_name\n" + checks.read_text(encoding="utf-8"), encoding="utf-8")
    run = machine.run()
    assert run.status == pytest.ExitCode.INTERRUPTED
    assert "test_adding.py can't be loaded: ModuleNotFoundError" in run.text


def test_workers_come_to_the_same_verdicts(machine: LocalMachine) -> None:
    machine.solve(double=WRONG)
    alone, shared = machine.run(), machine.run_in_subprocess("assignments", "-n", "2")
    assert shared.status == 1
    assert shared.overview == alone.overview
    assert shared.totals == alone.totals
