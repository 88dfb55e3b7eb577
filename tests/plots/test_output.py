"""The plots of a run: where they are, when they are drawn, and what can go wrong."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import torch

from grader.checks.plot_specs import beside, curve
from grader.plots.render import draw

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.local_machine import LocalMachine

PLOT = """

import torch

from grader.laws import beside, curve


@shift.picture(asks="shift(X)", on={"X": torch.arange(4.0)})
def shifted(X, result):
    return beside(curve("shift", X, result, X + 1))
"""
WRONG = "def shift(X):\n    return X + 2\n"
RIGHT = "def shift(X):\n    return X + 1\n"


@pytest.fixture(autouse=True)
def matplotlib() -> None:
    """Import all that drawing needs: pytester forgets what a run imports first, which breaks Matplotlib."""
    draw(beside(curve("f", torch.arange(2.0), torch.arange(2.0), torch.arange(2.0))), io.BytesIO())


@pytest.fixture
def plotting(machine: LocalMachine) -> LocalMachine:
    """The machine, on which shift has a plot."""
    checks = machine.shifting.with_name("test_shifting.py")
    checks.write_text(checks.read_text(encoding="utf-8") + PLOT, encoding="utf-8")
    return machine


def files(machine: LocalMachine) -> list[Path]:
    return sorted(machine.pytester.path.glob(".gradbook/*"))


def test_a_plot_is_written_and_named_in_the_failure_and_the_summary(plotting: LocalMachine) -> None:
    plotting.write(shift=WRONG)
    run = plotting.run("assignments", "--only", "shift")
    assert "picture:  .gradbook/shift.png\nbook: " in run.failure("shift: right_values")
    assert "Pictures: .gradbook/shift.png" in run.overview
    ignored, image = files(plotting)
    assert ignored.name == ".gitignore"
    assert "*" in ignored.read_text(encoding="utf-8").splitlines()
    assert image.read_bytes().startswith(b"\x89PNG")


def test_an_unchanged_plot_is_not_drawn_again(plotting: LocalMachine) -> None:
    plotting.write(shift=RIGHT)
    plotting.run("assignments", "--only", "shift")
    drawn = files(plotting)[-1].stat().st_mtime_ns
    assert "Pictures: .gradbook/shift.png" in plotting.run("assignments", "--only", "shift").overview
    assert files(plotting)[-1].stat().st_mtime_ns == drawn
    plotting.write(shift=WRONG)
    plotting.run("assignments", "--only", "shift")
    assert files(plotting)[-1].stat().st_mtime_ns > drawn


@pytest.mark.parametrize(
    "answer", ["def shift(X):\n    raise NotImplementedError\n", "def shift(X):\n    1 / 0\n"]
)
def test_without_values_there_is_no_plot(plotting: LocalMachine, answer: str) -> None:
    plotting.write(shift=answer)
    run = plotting.run("assignments", "--only", "shift")
    assert "picture:" not in run.text
    assert "Pictures:" not in run.text
    assert files(plotting) == []


def test_three_plots_are_named_by_their_folder(machine: LocalMachine) -> None:
    for checks, names in ((machine.adding, ["double", "quadruple"]), (machine.shifting, ["shift"])):
        path = checks.with_name(f"test_{checks.name}")
        more = "".join(PLOT.replace("shift", name) for name in names)
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    machine.solve()
    assert "Pictures: double, quadruple, shift, in .gradbook" in machine.run().overview


def test_a_worker_of_xdist_draws_its_own(plotting: LocalMachine) -> None:
    plotting.write(shift=RIGHT)
    run = plotting.run_in_subprocess("assignments", "--only", "shift", "-n", "1")
    assert "Pictures: .gradbook/shift.png" in run.overview
    assert [path.name for path in files(plotting)] == [".gitignore", "shift.png"]


def test_verdicts_do_not_depend_on_writing_plots(plotting: LocalMachine) -> None:
    (plotting.pytester.path / ".gradbook").write_text("a file", encoding="utf-8")
    plotting.write(shift=RIGHT)
    run = plotting.run("assignments", "--only", "shift")
    assert run.status == 0
    assert "were drawn: FileExistsError" in run.complaints
    assert "Everything that was checked is correct." in run.overview


def test_an_error_in_a_plot_is_reported_and_fails_nothing(plotting: LocalMachine) -> None:
    checks = plotting.shifting.with_name("test_shifting.py")
    checks.write_text(
        checks.read_text(encoding="utf-8").replace('curve("shift", X, result, X + 1)', "1 / 0"),
        encoding="utf-8",
    )
    plotting.write(shift=RIGHT)
    run = plotting.run("assignments", "--only", "shift")
    assert run.status == 0
    assert run.complaints.count("shift can't be plotted, which is not your fault: ZeroDivisionError") == 1
    assert files(plotting) == []
