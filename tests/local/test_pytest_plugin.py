"""A good guest in pytest: unnoticed in other projects, and its options get along with anybody's."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.fixtures.local_machine import SOLUTIONS

if TYPE_CHECKING:
    from tests.fixtures.local_machine import LocalMachine

SHORT = ("--only", "--hints", "--device", "--data")
CONFTEST = f"""
def pytest_addoption(parser):
    for name in {SHORT}:
        parser.addoption(name, default="theirs", help="not Gradbook's")
"""
PLUGIN = """
def pytest_addoption(parser):
    group = parser.getgroup("playwright")
    group.addoption("--device", default=None, action="store", help="Device to be emulated.")
"""
WRONG = {"shift": "def shift(X):\n    return X\n"}


@pytest.fixture
def stranger(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project that has nothing to do with courses."""
    pytester.makepyfile(
        test_it="def test_it(pytestconfig):\n    assert not hasattr(pytestconfig.option, 'gradbook_only')\n"
    )
    return pytester


def test_another_project_has_no_option_of_ours(stranger: pytest.Pytester) -> None:
    told = stranger.runpytest_subprocess("--help").stdout.str()
    assert "gradbook" not in told.lower().partition("plugins: ")[0]
    assert not any(f"  {name}" in told for name in SHORT)


def test_another_project_sees_nothing_of_us(stranger: pytest.Pytester) -> None:
    result = stranger.runpytest_subprocess("-q")
    result.assert_outcomes(passed=1)
    assert "Gradbook" not in result.stdout.str()


def test_another_project_imports_next_to_nothing_of_us(stranger: pytest.Pytester) -> None:
    stranger.makepyfile(
        test_it="import sys\n\n\ndef test_it():\n"
        "    ours = {name for name in sys.modules if name.partition('.')[0] == 'grader'}\n"
        "    assert ours <= {'grader', 'grader.pytest_plugin'}, ours\n"
        "    assert 'torch' not in sys.modules\n"
    )
    stranger.runpytest_subprocess("-q").assert_outcomes(passed=1)


def test_another_project_may_have_options_of_these_names(stranger: pytest.Pytester) -> None:
    stranger.makeconftest(CONFTEST)
    stranger.makepyfile(
        test_it="def test_it(pytestconfig):\n    assert pytestconfig.getoption('--device') == 'mine'\n"
    )
    stranger.runpytest_subprocess("--device", "mine", "--data=x").assert_outcomes(passed=1)


def test_another_project_may_have_a_folder_called_assignments(stranger: pytest.Pytester) -> None:
    stranger.makeconftest(CONFTEST)
    folder = stranger.mkdir("assignments") / "week1"
    folder.mkdir()
    (folder / "test_homework.py").write_text("def test_it():\n    pass\n")
    result = stranger.runpytest_subprocess("assignments")
    result.assert_outcomes(passed=1)
    assert "Gradbook" not in result.stdout.str()


def test_a_conftest_file_with_all_four_keeps_its_own(machine: LocalMachine) -> None:
    machine.write(**{**SOLUTIONS, **WRONG})
    machine.pytester.makeconftest(CONFTEST)
    run = machine.run("assignments", "--only", "theirs", "--gradbook-only", "double")
    assert run.status == 0, run.text
    assert "double" in run.text
    assert "shift" not in run.text


def test_hints_name_the_option_that_is_free(machine: LocalMachine) -> None:
    machine.write(double="def double(X):\n    return X\n")
    assert "(more with --hints)" in machine.run("assignments", "--only", "double").text
    machine.pytester.makeconftest(CONFTEST)
    text = machine.run("assignments", "--gradbook-only=double").text
    assert "(more with --gradbook-hints)" in " ".join(text.split())
    assert "more with" not in machine.run("assignments", "--gradbook-hints").text


@pytest.mark.parametrize("arguments", [("assignments",), ()])
def test_a_plugin_with_an_option_of_ours_keeps_it(machine: LocalMachine, arguments: tuple[str, ...]) -> None:
    """As pytest-playwright does."""
    machine.solve()
    machine.pytester.makepyfile(like_playwright=PLUGIN)
    machine.pytester.syspathinsert()
    loaded = ("-p", "like_playwright", *arguments)
    told = machine.run(*loaded, "--help").text
    assert "Device to be emulated" in told
    assert "--gradbook-device" in told
    assert (
        "--gradbook-data=" in told.replace(" ", "").replace("--data={", "--gradbook-data=")
        or "--data" in told
    )
    assert machine.run(*loaded, "--device", "Pixel 9", "--gradbook-device", "cpu").status == 0


def test_both_names_mean_the_same_where_both_are_free(machine: LocalMachine) -> None:
    machine.solve()
    for name in ("--only", "--gradbook-only"):
        run = machine.run("assignments", name, "double", "-v")
        assert run.status == 0
        assert "double" in run.text
        assert "shift" not in run.text


def test_options_before_paths_are_no_paths(machine: LocalMachine) -> None:
    machine.solve()
    assert machine.run("--device", "cpu", "--only", "double").status == 0


def test_a_list_of_names_may_be_longer_than_that_of_any_file(machine: LocalMachine) -> None:
    run = machine.run_in_subprocess("assignments", "--only", ",".join(["double"] * 60))
    assert "double" in run.text
    assert "Traceback" not in run.text


def test_a_course_below_the_folder_is_found(machine: LocalMachine) -> None:
    machine.solve()
    (machine.pytester.path / "hand-outs").mkdir()
    (machine.pytester.path / "assignments").rename(machine.pytester.path / "hand-outs" / "assignments")
    assert machine.run("--only", "double").totals.startswith("10 passed")


def test_a_course_that_lies_deeper_is_checked_without_options(machine: LocalMachine) -> None:
    machine.solve()
    deep = machine.pytester.path / "a" / "b" / "c" / "d"
    deep.mkdir(parents=True)
    (machine.pytester.path / "assignments").rename(deep / "assignments")
    run = machine.run(".")
    assert run.status == 0, run.text
    assert " Gradbook " in run.text


def test_a_worker_of_xdist_reads_the_same_options(machine: LocalMachine) -> None:
    machine.write(**{**SOLUTIONS, **WRONG})
    machine.pytester.makeconftest(CONFTEST)
    run = machine.run_in_subprocess("assignments", "--gradbook-only", "double", "-n", "1")
    assert run.status == 0, run.text


def test_the_plugin_can_be_switched_off(machine: LocalMachine) -> None:
    result = machine.pytester.run(sys.executable, "-m", "pytest", "-p", "no:gradbook", "assignments")
    assert "Gradbook" not in result.stdout.str()
