"""Reports on attempts lie beside each other; whatever ends a move, none is lost."""

from __future__ import annotations

import functools
import shutil
from typing import TYPE_CHECKING

import msgspec
import pytest

from grader.reporting import attempt_folders, report
from grader.reporting.attempt_folders import let_count, reports, write
from grader.reporting.pages import student
from tests.fixtures.reports import CONTEXT, result
from tests.fixtures.reports import report as made_up

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def attempt(exam: int) -> report.Report:
    return msgspec.structs.replace(made_up("ada", result("relu", float(exam))), exam=exam)


def exams(folder: Path) -> tuple[int, list[str]]:
    """The exam of the attempt that counts, and the folders of the others."""
    counts = report.read(folder)
    assert counts is not None
    own = folder / attempt_folders.ATTEMPTS
    return counts.exam, sorted(path.name for path in own.iterdir()) if own.is_dir() else []


def test_a_first_attempt_counts_and_others_lie_beside_it(tmp_path: Path) -> None:
    for exam in (1, 2, 3):
        write(tmp_path, attempt(exam))
    assert exams(tmp_path) == (1, ["2", "3"])
    assert reports(tmp_path) == {exam: attempt(exam) for exam in (1, 2, 3)}


def test_another_one_takes_its_place_and_each_keeps_its_page(tmp_path: Path) -> None:
    for exam in (1, 2):
        write(tmp_path, attempt(exam))
    let_count(tmp_path, attempt(2))
    assert exams(tmp_path) == (2, ["1"])
    assert (tmp_path / "attempts" / "1" / "feedback.html").is_file()
    let_count(tmp_path, attempt(1))
    assert exams(tmp_path) == (1, ["2"])
    let_count(tmp_path, attempt(1))
    assert exams(tmp_path) == (1, ["2"])


def test_an_attempt_that_is_graded_again_stays_where_it_is(tmp_path: Path) -> None:
    for exam in (1, 2):
        write(tmp_path, attempt(exam))
    again = msgspec.structs.replace(attempt(2), seconds=9.0)
    write(tmp_path, again)
    assert reports(tmp_path) == {1: attempt(1), 2: again}
    assert exams(tmp_path) == (1, ["2"])


class Killed(BaseException):
    """Stands for the end of the process."""


def dying(number: int, real: Callable[..., None]) -> Callable[..., None]:
    """A function that works so many times, and then ends the process before it does anything."""
    left = [number]

    def works(*arguments: object, **named: object) -> None:
        if not left[0]:
            raise Killed
        left[0] -= 1
        real(*arguments, **named)

    return works


@pytest.mark.parametrize("steps", range(6))
def test_at_each_instant_the_report_that_counts_is_whole_and_none_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    for exam in (1, 2):
        write(tmp_path, attempt(exam))
    with monkeypatch.context() as patched:
        step = dying(steps, lambda function, *arguments, **named: function(*arguments, **named))
        for place, name in ((report, "write_whole"), (student, "write_whole")):
            real = getattr(place, name)
            patched.setattr(place, name, functools.partial(step, real))
        remove = shutil.rmtree
        patched.setattr(shutil, "rmtree", lambda path: step(remove, path))
        try:
            let_count(tmp_path, attempt(2))
        except Killed:
            assert steps < 5
        else:
            assert steps == 5
    counts, others = exams(tmp_path)
    assert counts in {1, 2}
    assert set(reports(tmp_path)) == {1, 2}
    let_count(tmp_path, attempt(2))
    assert exams(tmp_path) == (2, ["1"])
    assert others


def failed(content: str) -> report.Report:
    return msgspec.structs.replace(report.not_graded("ada", CONTEXT, "The disk was full."), content=content)


@pytest.mark.parametrize("others", [0, 1])
def test_what_could_not_be_graded_gives_way_to_the_report_on_it(tmp_path: Path, others: int) -> None:
    for exam in range(1, others + 1):
        write(tmp_path, attempt(exam))
    write(tmp_path, failed("sha256:2"))
    assert 0 in reports(tmp_path)
    again = msgspec.structs.replace(attempt(2), content="sha256:2")
    write(tmp_path, again)
    assert set(reports(tmp_path)) == {*range(1, others + 1), 2}
    assert reports(tmp_path)[2] == again


def test_what_could_not_be_graded_does_not_give_way_to_something_else(tmp_path: Path) -> None:
    write(tmp_path, failed("sha256:1"))
    write(tmp_path, msgspec.structs.replace(attempt(2), content="sha256:2"))
    assert set(reports(tmp_path)) == {0, 2}
