"""The overview after a run: what is solved, what is wrong, what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.fixtures.local_machine import LocalMachine

WRONG = "def double(X):\n    return X * X\n"
BEYOND = "def double(X):\n    return X + X\n"


def test_a_file_of_stubs_is_not_even_run(machine: LocalMachine) -> None:
    """What the section imports may take seconds."""
    machine.shifting.with_name("slow.py").write_text("class Slow:\n    open('ran', 'w').close()\n", "utf-8")
    ran = machine.pytester.path / "ran"
    machine.write()
    for answer, totals in (({}, "8 to do"), ({"shift": "def shift(X):\n    return X + 1\n"}, "8 passed")):
        machine.write(**answer)
        source = machine.shifting.read_text(encoding="utf-8")
        machine.shifting.write_text("import slow\n" + source, encoding="utf-8")
        assert not ran.exists()
        assert machine.run("assignments", "--only", "shift").totals == totals
    assert ran.exists()


def test_stubs_are_to_do_and_not_failures(machine: LocalMachine) -> None:
    run = machine.run()
    assert run.status == 1
    assert run.totals == "26 to do"
    assert "FAILURES" not in run.text
    assert "Error" not in run.text
    assert run.overview == [
        "1.1 Adding                                                                0 of 6",
        "  ○ double 4, quadruple 2",
        "1.2 Shifting, by 1 (x² ≥ 0)                                               0 of 5",
        "  ○ shift 5",
        "░░░░░░░░░░░░░░░░░░░░░░░░  0 of 11 points, 0 of 3 exercises solved",
        "Next: write double, in assignments/ch1_sums/adding.py",
        "Then: pytest assignments --only double",
    ]


def test_on_a_short_terminal_a_section_of_one_state_takes_one_line(
    machine: LocalMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINES", "10")
    assert machine.run().overview[:3] == [
        "1.1 Adding                                                                0 of 6",
        "  ○ double 4, quadruple 2",
        "1.2 Shifting, by 1 (x² ≥ 0), 1 to do                                      0 of 5",
    ]
    machine.write(shift="def shift(X):\n    return X + 1\n", double=WRONG)
    assert machine.run().overview[:4] == [
        "1.1 Adding                                                                0 of 6",
        "  ✗ double     0 of 4      [1.] for [2.]",
        "  ○ quadruple  0 of 2      to do",
        "1.2 Shifting, by 1 (x² ≥ 0), 1 right                                      5 of 5",
    ]
    monkeypatch.setenv("LINES", "9")
    machine.write(double="def double(X):\n    raise NotImplementedError\n")
    assert machine.run().overview[0] == (
        "1.1 Adding, 2 to do                                                       0 of 6"
    )


def test_an_exercise_that_is_to_do_has_one_mark_of_progress(machine: LocalMachine) -> None:
    assert "test_adding.py --  " in machine.run().text


def test_each_exercise_has_its_points_its_state_and_what_is_wrong(machine: LocalMachine) -> None:
    machine.write(double=WRONG, shift="def shift(X):\n    return X + 1\n")
    run = machine.run()
    assert run.status == 1
    assert run.overview == [
        "1.1 Adding                                                                0 of 6",
        "  ✗ double     0 of 4      [1.] for [2.]",
        "  ○ quadruple  0 of 2      to do",
        "1.2 Shifting, by 1 (x² ≥ 0)                                               5 of 5",
        "  ✓ shift 5",
        "██████████░░░░░░░░░░░░░░  5 of 11 points, 1 of 3 exercises solved",
        "Letters above: - to do, o bonus open (beyond the book)",
        "Next: fix double, in assignments/ch1_sums/adding.py",
        "Then: pytest assignments --only double",
    ]


def test_what_is_wrong_comes_before_what_is_to_do(machine: LocalMachine) -> None:
    machine.write(shift="def shift(X):\n    return X\n")
    assert "Next: fix shift, in assignments/ch2_more/shifting.py" in machine.run().overview


def test_everything_solved_is_exit_status_0(machine: LocalMachine) -> None:
    machine.solve(double=BEYOND)
    run = machine.run()
    assert run.status == 0
    assert run.totals == "26 passed"
    assert run.overview == [
        "1.1 Adding                                                             6 of 6 +1",
        "  ✓ double 4 +1, quadruple 2",
        "1.2 Shifting, by 1 (x² ≥ 0)                                               5 of 5",
        "  ✓ shift 5",
        "████████████████████████  11 of 11 +1 points, 3 of 3 exercises solved",
        "Everything that was checked is correct.",
    ]


def test_after_a_part_of_the_course_the_next_stub_of_the_book_is_named(machine: LocalMachine) -> None:
    machine.write(double=BEYOND)
    run = machine.run("assignments", "--only", "double")
    assert run.overview[-3:] == [
        "Everything that was checked is correct.",
        "Next: write quadruple, in assignments/ch1_sums/adding.py",
        "Then: pytest assignments --only quadruple",
    ]


@pytest.mark.parametrize(
    "beyond", ["'no'", "1 / 0", "exec('while True: pass')"], ids=["wrong", "raises", "never ends"]
)
def test_an_open_bonus_is_not_a_failure(machine: LocalMachine, beyond: str) -> None:
    machine.solve(double=f"def double(X):\n    return {beyond} if isinstance(X, str) else 2 * X\n")
    run = machine.run()
    assert run.status == 0
    assert run.totals == "25 passed, 1 bonus open"
    assert "FAILURES" not in run.text
    assert run.overview[-1:] == [
        "Optional, beyond the book: texts_are_doubled_too (double). Details: pytest -rs",
    ]


def test_the_option_rs_explains_an_open_bonus(machine: LocalMachine) -> None:
    machine.solve(double="def double(X):\n    return 'no' if isinstance(X, str) else 2 * X\n")
    run = machine.run("assignments", "-rs")
    assert "beyond the book: double: texts_are_doubled_too" in run.text
    assert 'double("ab") is "abab".' in run.text
    assert "got:      'no'" in run.text


def test_an_exercise_of_which_only_some_checks_ran_is_not_called_solved(machine: LocalMachine) -> None:
    machine.solve()
    run = machine.run("assignments", "-k", "right_values and double")
    assert run.status == 0
    assert run.overview == [
        "1.1 Adding                                                                3 of 4",
        "  ✓ double  3 of 4      1 of 9 checks ran",
        "██████████████████░░░░░░  3 of 4 points, 0 of 1 exercises solved",
        "All checks that ran passed, but not all checks ran.",
    ]


def test_an_overview_fits_on_a_narrow_terminal(
    machine: LocalMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    machine.solve(double=WRONG)
    run = machine.run()
    assert max(map(len, run.overview)) <= 60
    assert max(map(len, run.failure("double: right_values").splitlines())) <= 60


def test_a_wide_terminal_gets_no_wider_overview(
    machine: LocalMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert max(map(len, machine.run().overview)) == 80


def test_a_terminal_without_unicode_gets_ascii(
    machine: LocalMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without help pytest writes a text that holds one such character as a single line full of escapes."""
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    machine.write(shift="def shift(X):\n    print('½')\n    return X\n")
    run = machine.run_in_subprocess()
    assert run.text.isascii()
    assert run.overview[:4] == [
        "1.1 Adding                                                                0 of 6",
        "  - double 4, quadruple 2",
        "1.2 Shifting, by 1 (x^2 >= 0)                                             0 of 5",
        "  x shift      0 of 5      [0.] for [1.]",
    ]
    failure = run.failure("shift: right_values").splitlines()
    assert failure[0] == "shift(X) has the right values."
    assert failure[-1] == "book:     section 1.2, Shifting, by 1 (x^2 >= 0)"


@pytest.mark.parametrize("how", ["--color=no", "NO_COLOR"])
def test_colours_can_be_switched_off(
    machine: LocalMachine, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("PY_COLORS")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in machine.pytester.runpytest_inprocess("assignments").stdout.str()
    if how == "NO_COLOR":
        monkeypatch.setenv("NO_COLOR", "1")
        assert "\x1b[" not in machine.pytester.runpytest_inprocess("assignments").stdout.str()
    else:
        assert "\x1b[" not in machine.pytester.runpytest_inprocess("assignments", how).stdout.str()


def test_the_option_qq_hides_the_overview(machine: LocalMachine) -> None:
    assert "exercises solved" in machine.run("assignments", "-q").text
    assert "exercises solved" not in machine.run("assignments", "-qq").text


def test_changes_since_the_last_run_are_shown(machine: LocalMachine) -> None:
    machine.write(double=WRONG)
    assert not [line for line in machine.run().overview if line.startswith("Since")]
    machine.write(double=BEYOND)
    assert "Since the last run: double +5 (right)" in machine.run().overview
    assert not [line for line in machine.run().overview if line.startswith("Since")]
    machine.write(double=WRONG, shift="def shift(X):\n    return X + 1\n")
    assert "Since the last run: double -5, shift +5 (right)" in machine.run().overview


def test_part_of_an_exercise_is_no_change(machine: LocalMachine) -> None:
    machine.write(double=BEYOND)
    machine.run()
    one = "assignments/ch1_sums/test_adding.py::double::right_values"
    assert not [line for line in machine.run(one).overview if line.startswith("Since")]
    machine.write(double=WRONG)
    assert "Since the last run: double -5" in machine.run("assignments", "--only", "double").overview


def test_without_pytests_cache_no_changes_are_shown(machine: LocalMachine) -> None:
    machine.write(double=WRONG)
    machine.run()
    machine.write(double=BEYOND)
    run = machine.run("assignments", "-p", "no:cacheprovider")
    assert not [line for line in run.overview if line.startswith("Since")]
