"""The pictures that a run leaves: where they are, when they are drawn, and what can go wrong."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import torch

from grader.checks.plot_specs import beside, curve
from grader.plots.render import draw

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.local_machine import Workplace

PICTURE = """

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
def pictured(workplace: Workplace) -> Workplace:
    """The workplace, in which shift has a picture."""
    checks = workplace.shifting.with_name("test_shifting.py")
    checks.write_text(checks.read_text(encoding="utf-8") + PICTURE, encoding="utf-8")
    return workplace


def files(workplace: Workplace) -> list[Path]:
    return sorted(workplace.pytester.path.glob(".gradbook/*"))


def test_a_picture_is_left_and_named_with_the_failure_and_in_the_overview(pictured: Workplace) -> None:
    pictured.write(shift=WRONG)
    run = pictured.run("assignments", "--only", "shift")
    assert "picture:  .gradbook/shift.png\nbook: " in run.failure("shift: right_values")
    assert "To see: .gradbook/shift.png" in run.overview
    ignored, picture = files(pictured)
    assert ignored.name == ".gitignore"
    assert "*" in ignored.read_text(encoding="utf-8").splitlines()
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_what_shows_the_same_is_not_drawn_again(pictured: Workplace) -> None:
    pictured.write(shift=RIGHT)
    pictured.run("assignments", "--only", "shift")
    drawn = files(pictured)[-1].stat().st_mtime_ns
    assert "To see: .gradbook/shift.png" in pictured.run("assignments", "--only", "shift").overview
    assert files(pictured)[-1].stat().st_mtime_ns == drawn
    pictured.write(shift=WRONG)
    pictured.run("assignments", "--only", "shift")
    assert files(pictured)[-1].stat().st_mtime_ns > drawn


@pytest.mark.parametrize(
    "answer", ["def shift(X):\n    raise NotImplementedError\n", "def shift(X):\n    1 / 0\n"]
)
def test_without_values_there_is_no_picture(pictured: Workplace, answer: str) -> None:
    pictured.write(shift=answer)
    run = pictured.run("assignments", "--only", "shift")
    assert "picture:" not in run.text
    assert "To see:" not in run.text
    assert files(pictured) == []


def test_three_pictures_are_named_by_their_folder(workplace: Workplace) -> None:
    for checks, names in ((workplace.adding, ["double", "quadruple"]), (workplace.shifting, ["shift"])):
        path = checks.with_name(f"test_{checks.name}")
        more = "".join(PICTURE.replace("shift", name) for name in names)
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    workplace.solve()
    assert "To see: double, quadruple, shift, in .gradbook" in workplace.run().overview


def test_a_worker_of_xdist_draws_its_own(pictured: Workplace) -> None:
    pictured.write(shift=RIGHT)
    run = pictured.run_elsewhere("assignments", "--only", "shift", "-n", "1")
    assert "To see: .gradbook/shift.png" in run.overview
    assert [path.name for path in files(pictured)] == [".gitignore", "shift.png"]


def test_where_nothing_can_be_written_the_verdicts_stand(pictured: Workplace) -> None:
    (pictured.pytester.path / ".gradbook").write_text("a file", encoding="utf-8")
    pictured.write(shift=RIGHT)
    run = pictured.run("assignments", "--only", "shift")
    assert run.status == 0
    assert "are not all drawn: FileExistsError" in run.complaints
    assert run.overview[-1] == "Everything that was checked is right."


def test_a_picture_that_stumbles_is_told_of_and_fails_nothing(pictured: Workplace) -> None:
    checks = pictured.shifting.with_name("test_shifting.py")
    checks.write_text(
        checks.read_text(encoding="utf-8").replace('curve("shift", X, result, X + 1)', "1 / 0"),
        encoding="utf-8",
    )
    pictured.write(shift=RIGHT)
    run = pictured.run("assignments", "--only", "shift")
    assert run.status == 0
    assert run.complaints.count("shift can't be pictured, which is no fault of yours: ZeroDivisionError") == 1
    assert files(pictured) == []
