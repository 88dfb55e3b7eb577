"""`course.toml` on a student's machine: exercises, points and deadlines of the course."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from tests.fixtures.local_machine import LocalMachine

ALL = """\
title = "Sums"
points = {points}
[[sections]]
module = "adding"
{adding}[[sections]]
module = "shifting"
"""


def write(machine: LocalMachine, text: str) -> None:
    (machine.pytester.path / "course.toml").write_text(text, encoding="utf-8")


def test_points_and_exercises_are_those_of_the_course(machine: LocalMachine) -> None:
    write(machine, ALL.format(points=13, adding='exercises = ["double"]\npoints.double = 8\n'))
    machine.write(double="def double(X):\n    return X * X\n")
    assert machine.run().overview[:4] == [
        "1.1 Adding                                                                0 of 8",
        "  ✗ double  0 of 8      [1.] for [2.]",
        "1.2 Shifting, by 1 (x² ≥ 0)                                               0 of 5",
        "  ○ shift 5",
    ]


def test_a_section_that_is_not_named_is_not_checked(machine: LocalMachine) -> None:
    write(machine, 'title = "Sums"\npoints = 5\n[[sections]]\nmodule = "shifting"\n')
    assert machine.run().overview[0].startswith("1.2 Shifting")
    assert "1.1" not in machine.run().text
    run = machine.run("assignments/ch1_sums/adding.py")
    assert (run.status, "course.toml doesn't name adding, so it is no part" in run.complaints) == (4, True)
    run = machine.run("assignments", "--only", "double")
    assert (
        run.status,
        "no exercise double in the selected files. There are: shift" in run.complaints,
    ) == (
        4,
        True,
    )


def test_deadlines_stand_beside_the_titles(machine: LocalMachine, monkeypatch: pytest.MonkeyPatch) -> None:
    past, future = "deadline = 2019-12-01T23:59:00Z\n", "deadline = 2199-01-09T08:05:00+13:45\n"
    write(machine, ALL.format(points=11, adding=past) + future)
    overview = machine.run().overview
    assert overview[0].split("  ")[0].removesuffix(" UTC") == "1.1 Adding, was due 1 Dec 2019 23:59"
    assert "1.2 Shifting, by 1 (x² ≥ 0), due 9 Jan 2199 08:05 UTC+13:45               0 of 5" in overview
    monkeypatch.setenv("LINES", "5")
    folded = "1.2 Shifting, by 1..., 1 to do, due 9 Jan 2199 08:05 UTC+13:45            0 of 5"
    assert folded in machine.run().overview


def test_what_is_wrong_with_it_is_a_usage_error_and_no_stack(machine: LocalMachine) -> None:
    write(machine, ALL.format(points=11, adding="dedline = 3\n"))
    run = machine.run()
    assert run.status == 4
    assert "course.toml:5: there is no setting dedline. Did you mean deadline?" in run.complaints
    assert "Traceback" not in run.complaints + run.text
    write(machine, ALL.format(points=11, adding='exercises = ["duoble"]\n'))
    assert "course.toml:5: adding has no exercise duoble. Did you mean double?" in machine.run().complaints


def test_somebody_elses_file_of_this_name_is_not_read(machine: LocalMachine) -> None:
    """Where no file declares an exercise, there is no course of ours."""
    write(machine, "this is not even TOML")
    for checks in (machine.adding, machine.shifting):
        checks.with_name(f"test_{checks.name}").write_text("def test_it():\n    assert True\n")
    assert machine.run().status == 0
