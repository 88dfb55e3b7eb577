"""Messages about wrong answers, files that can't be run, and checks that fail by themselves."""

from __future__ import annotations

import ast
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.fixtures.local_machine import LocalMachine

WRONG = "def double(X):\n    return X * X\n"
GRADERS = ("grader/", "site-packages", "Traceback", "<check>")


def test_a_wrong_value_shows_law_input_result_expectation_hint_and_section(machine: LocalMachine) -> None:
    machine.solve(double=WRONG)
    lines = machine.run().failure("double: right_values").splitlines()
    assert lines[0] == "double(X) has the right values."
    assert lines[1].startswith("try:      double(torch.tensor([")
    assert lines[2].startswith("got:      torch.tensor([")
    assert "   expected: torch.tensor([" in lines[2]
    assert lines[3].split("^")[0].strip() == "", "the first element that differs is marked"
    assert "off by" in lines[4]
    assert lines[5:] == [
        "hint:     What is X + X? (more with --hints)",
        "points:   nothing_stays_nothing holds, and earns its points once right_values",
        "          passes",
        "book:     section 1.1, Adding",
    ]


def test_the_option_hints_shows_all_of_them(machine: LocalMachine) -> None:
    machine.solve(double=WRONG)
    lines = machine.run("--hints").failure("double: right_values").splitlines()
    assert lines[-5:] == [
        "hint:     What is X + X?",
        "hint:     Not X * X.",
        "points:   nothing_stays_nothing holds, and earns its points once right_values",
        "          passes",
        "book:     section 1.1, Adding",
    ]


def test_the_call_can_be_pasted(machine: LocalMachine) -> None:
    machine.solve(shift="def shift(X):\n    return X\n")
    lines = machine.run().failure("shift: right_values").splitlines()
    assert "try:      shift(torch.tensor([0.]))" in lines, "the smallest input on which X isn't X + 1"
    assert any(line.endswith("expected: torch.tensor([1.])") for line in lines)


def test_an_exception_shows_the_students_lines_alone(machine: LocalMachine) -> None:
    machine.solve(
        double="def double(X):\n    return inner(X)\n\n\ndef inner(X):\n    return X.reshape(7, -3)\n"
    )
    message = machine.run().failure("double: accepts_its_arguments")
    assert "adding.py, line 9, in double\n    return inner(X)\n" in message
    assert "adding.py, line 13, in inner\n    return X.reshape(7, -3)\nRuntimeError: " in message
    assert not any(word in message for word in GRADERS)


def test_a_half_written_answer_is_still_to_do(machine: LocalMachine) -> None:
    machine.solve(double="def double(X):\n    Y = X\n    raise NotImplementedError('later')\n")
    message = machine.run().failure("double: accepts_its_arguments")
    assert "still to do: NotImplementedError: later\nadding.py, line 10, in double" in message


def test_output_of_an_answer_is_shortened(machine: LocalMachine) -> None:
    """It is called dozens of times."""
    noise = "    for number in range(100):\n        print(number, 'x' * 1000)\n"
    machine.solve(double=f"def double(X):\n{noise}    return X\n")
    run = machine.run("assignments", "--only", "double")
    _before, _title, printed = run.failure("double: right_values").partition("printed:  0 xxx")
    lines = printed.partition("hint:")[0].splitlines()
    assert 10 < len(lines) < 20
    assert max(map(len, lines)) < 250
    assert "... and 88 more lines; pytest -s shows them all" in printed
    assert "Captured stdout" not in run.text


def test_only_what_is_printed_in_the_shown_call_is_shown(machine: LocalMachine) -> None:
    machine.solve(double="def double(X):\n    print('shape', tuple(X.shape))\n    return X + X.numel() * X\n")
    failure = machine.run("assignments", "--only", "double").failure("double: right_values")
    assert failure.count("shape (") == 1
    shape = tuple(ast.literal_eval(failure.partition("torch.tensor(")[2].partition(")")[0]))
    assert f"printed:  shape ({len(shape)},)\n" in failure


def test_where_no_call_is_shown_all_output_is(machine: LocalMachine) -> None:
    source = (
        "def make():\n    print('made')\n    return undefined\n\n\ndef double(X, n=make()):\n    return X\n"
    )
    machine.solve(double=source)
    assert "Captured stdout call" in machine.run("assignments", "--only", "double").text


@pytest.mark.parametrize(
    ("double", "message", "reason"),
    [
        (
            "def double(X)\n    return X\n",
            ["adding.py, line 8\n    def double(X)\nSyntaxError: expected ':'"],
            "SyntaxError, line 8",
        ),
        (
            "import no_such_package\n\n\ndef double(X, n=no_such_package.n):\n    return X\n",
            [
                "adding.py, line 11\n    def double(X, n=no_such_package.n):\n",
                "ModuleNotFoundError: no_such_package is not installed",
            ],
            "ModuleNotFoundError, line 11",
        ),
        (
            "def quit():\n    raise SystemExit\n\n\ndef double(X, n=quit()):\n    return X\n",
            ["adding.py, line 9, in quit\n    raise SystemExit\nSystemExit"],
            "SystemExit, line 9",
        ),
    ],
    ids=["syntax", "import", "exit"],
)
def test_a_definition_that_fails_costs_only_its_own_exercise(
    machine: LocalMachine, double: str, message: list[str], reason: str
) -> None:
    machine.solve(double=double, quadruple="def quadruple(X):\n    return 4 * X\n")
    run = machine.run()
    failure = run.failure("double: is_defined")
    assert all(part in failure for part in message), failure
    assert "Fix this first: double can't be checked until it is defined." in failure
    assert not any(word in failure for word in GRADERS)
    assert run.totals == "1 failed, 16 passed, 8 blocked, 1 bonus open"
    assert f"  ✗ double     0 of 4      {reason}" in run.overview
    assert "Next: fix double, in assignments/ch1_sums/adding.py" in run.overview


def test_a_file_that_is_no_python_is_explained_once(machine: LocalMachine) -> None:
    machine.solve()
    machine.adding.write_text("Here comes my homework:\n", encoding="utf-8")
    run = machine.run()
    failure = run.failure("double: is_defined")
    assert "adding.py, line 1\n    Here comes my homework:\nSyntaxError: invalid syntax" in failure
    assert "Fix this first: nothing in adding.py can be checked until the file runs." in failure
    assert not any(word in failure for word in GRADERS)
    assert run.totals == "1 failed, 8 passed, 16 blocked, 1 bonus open"
    assert "  ✗ quadruple  0 of 2      the file can't be run" in run.overview
    assert "Next: fix assignments/ch1_sums/adding.py" in run.overview
    assert "Then: pytest assignments/ch1_sums/test_adding.py" in run.overview


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "adding.py is missing. Copy it again from the course material."),
        (b"x = 1\ny = 2\n# h\xe4lfte\n", "adding.py, line 3, is not valid UTF-8. Save the file as UTF-8."),
        ("def double(X): ...\n".encode("utf-16"), "adding.py has an encoding that Python does not know."),
        (b"# coding: klingon\n", "adding.py has an encoding that Python does not know."),
        (b"def double(X):\n    return 2\0\n", "null bytes"),
    ],
    ids=["missing", "latin-1", "utf-16", "unknown encoding", "null bytes"],
)
def test_a_file_that_cannot_be_read_says_why(
    machine: LocalMachine, content: bytes | None, message: str
) -> None:
    machine.solve()
    machine.adding.unlink()
    if content is not None:
        machine.adding.write_bytes(content)
    run = machine.run()
    assert message in run.failure("double: is_defined").replace("\n", " ")
    assert run.totals == "1 failed, 8 passed, 16 blocked, 1 bonus open"


def test_an_answer_under_another_name_is_not_just_to_do(machine: LocalMachine) -> None:
    machine.solve(
        double="def Double(X):\n    return 2 * X\n", quadruple="def quadruple(X):\n    return 4 * X\n"
    )
    run = machine.run()
    assert "double is not defined" in run.failure("double: is_defined")
    assert "Next: fix double, in assignments/ch1_sums/adding.py" in run.overview


def test_without_the_reference_a_wrong_answer_that_is_called_is_named(machine: LocalMachine) -> None:
    machine.solve(double=WRONG)
    message = machine.run().failure("quadruple: right_values")
    assert "perhaps:  this may be caused by double, which failed: fix double first." in message


def test_an_answer_that_is_still_to_do_is_no_suspect(machine: LocalMachine) -> None:
    machine.write(quadruple="def quadruple(X):\n    return X\n")
    assert "perhaps" not in machine.run().failure("quadruple: right_values")


def test_with_the_reference_a_wrong_answer_that_is_called_costs_nothing(machine: LocalMachine) -> None:
    machine.solve()
    reference = machine.pytester.path / "reference" / "ch1_sums"
    reference.mkdir(parents=True)
    shutil.copy(machine.adding, reference)
    machine.solve(double=WRONG)
    run = machine.run()
    assert "  ✓ quadruple  2 of 2" in run.overview
    assert "perhaps" not in run.text


def test_a_check_that_fails_by_itself_is_not_the_students_fault(machine: LocalMachine) -> None:
    machine.solve()
    checks = machine.adding.with_name("test_adding.py")
    text = checks.read_text(encoding="utf-8")
    checks.write_text(
        text.replace("    assert_close(result", "    1 / 0\n    assert_close(result"), encoding="utf-8"
    )
    run = machine.run()
    assert run.status == 1
    (message,) = [
        part
        for part in run.text.split("\n____")
        if "The check itself failed, which is not your fault." in part
    ]
    assert "ZeroDivisionError" in message
    assert "pluggy" not in message
    assert any("✗ double" in line and "not your fault: see above" in line for line in run.overview)
    assert not any(line.startswith("Next") for line in run.overview)


@pytest.mark.parametrize(
    ("double", "sentence"),
    [
        (
            "def double(X):\n    return 2 * X\n\n\ndef double(X):\n    return X\n",
            "double of line 8 is right, but the last definition counts here. When you hand in, the best",
        ),
        (
            "FACTOR = 2\n\n\ndef double(X):\n    return FACTOR * X\n\n\nFACTOR = 3\n",
            "double was right until line 15 changed what it needs. When you hand in, the best attempt",
        ),
    ],
    ids=["definition", "constant"],
)
def test_an_earlier_definition_that_is_right_is_named(
    machine: LocalMachine, double: str, sentence: str
) -> None:
    machine.solve(double=double)
    message = machine.run("assignments", "--only", "double").failure("double: right_values")
    assert sentence in " ".join(message.split())


def test_an_earlier_definition_that_is_wrong_is_not(machine: LocalMachine) -> None:
    machine.solve(double="def double(X):\n    return 3 * X\n\n\ndef double(X):\n    return X\n")
    message = machine.run("assignments", "--only", "double").failure("double: right_values")
    assert "before:" not in message
