"""A student's first and last run on the course that ships."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from grader.course.course import SHIPPED, load

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.local_machine import LocalMachine


@pytest.fixture
def stubs(machine: LocalMachine) -> Path:
    """The folder with the course's stubs and checks, as a student gets it (images aside)."""
    folder = machine.pytester.path / "assignments"
    shutil.rmtree(folder)
    shutil.copytree(SHIPPED / "assignments", folder, ignore=shutil.ignore_patterns("data", "__pycache__"))
    return folder


@pytest.mark.usefixtures("stubs")
def test_the_first_run_says_on_one_screen_what_there_is_to_do(machine: LocalMachine) -> None:
    course = load()
    run = machine.run_in_subprocess()
    assert run.status == 1
    assert re.fullmatch(r"\d+ to do", run.totals)
    assert not re.search("Error|Traceback|FAILED", run.text)
    first, *others = course.sections
    for exercise in first.exercises:
        assert f"{exercise.name} {exercise.max_points:g}" in run.text
    for section in others:
        assert f"\n{section.number} {section.title}, {len(section.exercises)} to do" in run.text
    screen = ["=== Gradbook ===", *run.overview, f"=== {run.totals} ==="]
    assert len(screen) <= 23, "a line of the 24 is the prompt's"
    assert max(map(len, run.overview)) <= 80
    assert f"Next: write {first.exercises[0].name}, in assignments/{first.chapter}" in run.text


def test_solutions_of_each_section_are_right(machine: LocalMachine, stubs: Path) -> None:
    """Of what trains no model: `make audit` and tests/shipped/test_course.py have the rest."""
    course = load()
    for section in course.sections:
        shutil.copy(course.solution(section), stubs / section.chapter)
    names = "to_tensors,SGD,softmax,relu,tanh"
    run = machine.run_in_subprocess("assignments", "--only", names)
    assert run.status == 0, run.text
    assert "5 of 5 exercises solved" in run.text
