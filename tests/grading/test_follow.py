"""What arrives is graded: once, when it is complete, the newest first; a start goes on where one ended."""

from __future__ import annotations

import csv
import os
import threading
import time
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from click.testing import CliRunner

from grader.cli.main import main
from grader.grading import follow as following
from grader.grading.follow import Arrivals, follow
from grader.grading.run import Request, RunObserver, setting_of
from grader.records.worker_protocol import Config, Fault
from grader.reporting.output_dir import UsageError, exclusive_lock
from tests.fixtures.downloads import code, put
from tests.grading.test_whole_class import StandIn, fast

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["fast"]  # a fixture for all tests here: no worker is a process


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def request_(tmp_path: Path, course: Path) -> Request:
    """A request for an empty folder."""
    (tmp_path / "uploads").mkdir()
    return Request(
        paths=(tmp_path / "uploads",), out=tmp_path / "out", config=Config(course=str(course)), layout="plain"
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def arrivals(request_: Request, clock: Clock) -> Arrivals:
    return Arrivals(request_, setting_of(request_), settle=2.0, clock=clock)


def names(arrivals: Arrivals) -> list[str]:
    return [entry.name for entry in arrivals.look().changed]


def uploads(request: Request) -> Path:
    return request.paths[0]


def rows(request: Request) -> dict[str, str]:
    with (request.out / "gradebook.csv").open(newline="", encoding="utf-8") as file:
        return {row["submission"]: row["points"] for row in csv.DictReader(file)}


def test_an_empty_folder_is_waited_for(arrivals: Arrivals) -> None:
    found = arrivals.look()
    assert (found.changed, found.is_settling) == ((), False)


def test_a_file_that_is_still_being_written_is_left_until_it_is_complete(
    arrivals: Arrivals, request_: Request, clock: Clock
) -> None:
    put(uploads(request_) / "ada.py", code(1))
    assert names(arrivals) == []
    assert arrivals.look().is_settling
    clock.now = 1.5
    put(uploads(request_) / "ada.py", code(2) + "# more\n")
    assert names(arrivals) == []
    clock.now = 3.0
    assert names(arrivals) == [], "it has not been still for two seconds"
    clock.now = 3.6
    assert names(arrivals) == ["ada"]
    assert not arrivals.look().is_settling


def end_when(request: Request, observer: mock.Mock, count: int) -> threading.Event:
    """An event that is set after so many reports."""
    end = threading.Event()
    seen: list[str] = []

    def finished(one: object) -> None:
        seen.append(one.submission)  # type: ignore[attr-defined]
        if len(seen) == count:
            end.set()

    observer.finished.side_effect = finished
    observer.seen = seen
    return end


def test_the_newest_is_graded_first_and_each_state_once(request_: Request) -> None:
    for number, name in enumerate(("cem", "ada", "bob")):
        path = uploads(request_) / f"{name}.py"
        put(path, code(number + 1))
        os.utime(path, (1e9 + 100 * number, 1e9 + 100 * number))
    observer = mock.Mock(spec=RunObserver)
    assert follow(request_, observer, end=end_when(request_, observer, 3), settle=0.05) == 3
    assert observer.seen == ["bob", "ada", "cem"]
    assert rows(request_) == {"ada": "2.0", "bob": "3.0", "cem": "1.0"}


def test_what_arrives_while_others_wait_goes_before_them(
    request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Back-pressure: only a few are taken at a time, so that nobody waits behind a whole class."""
    for number in range(12):
        path = uploads(request_) / f"s{number:02}.py"
        put(path, code(1))
        os.utime(path, (1e9 - number, 1e9 - number))
    observer = mock.Mock(spec=RunObserver)
    end = end_when(request_, observer, 13)
    grade, calls = StandIn.grade, []

    def then_eve_arrives(self: StandIn, *arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == 2:
            put(uploads(request_) / "eve.py", code(2))
        return grade(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(StandIn, "grade", then_eve_arrives)
    monkeypatch.setattr(following, "LOOK_SECONDS", 0.2)
    assert follow(request_, observer, end=end, settle=0.0) == 13
    assert observer.seen[:4] == ["s00", "s01", "s02", "s03"]
    assert observer.seen[4] == "eve"


def test_a_second_attempt_is_graded_when_it_arrives_and_the_first_is_kept(
    request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "LOOK_SECONDS", 0.2)
    put(uploads(request_) / "ada.py", code(1))
    observer = mock.Mock(spec=RunObserver)
    end = end_when(request_, observer, 2)
    thread = threading.Thread(target=follow, args=(request_, observer), kwargs={"end": end, "settle": 0.05})
    thread.start()
    while not observer.seen:
        time.sleep(0.01)
    put(uploads(request_) / "ada.py", code(3) + "# again\n")
    thread.join(30)
    assert not thread.is_alive()
    assert rows(request_) == {"ada": "3.0"}
    assert (request_.out / "submissions/ada/attempts/1/report.json").is_file()


def test_another_start_grades_nothing_twice(request_: Request) -> None:
    for name in ("ada", "bob"):
        put(uploads(request_) / f"{name}.py", code(2))
    observer = mock.Mock(spec=RunObserver)
    assert follow(request_, observer, end=end_when(request_, observer, 2), settle=0.0) == 2
    put(uploads(request_) / "cem.py", code(1))
    observer = mock.Mock(spec=RunObserver)
    assert follow(request_, observer, end=end_when(request_, observer, 1), settle=0.0) == 1
    assert observer.seen == ["cem"]
    assert rows(request_) == {"ada": "2.0", "bob": "2.0", "cem": "1.0"}


def test_a_fault_of_the_grader_is_tried_again_later_and_is_no_zero(
    arrivals: Arrivals, request_: Request, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(uploads(request_) / "ada.py", code(2))
    monkeypatch.setattr(StandIn, "grade", lambda *_: Fault("The disk was full."))
    observer = mock.Mock(spec=RunObserver)
    monkeypatch.setattr(following, "Arrivals", lambda *_: arrivals)
    end = end_when(request_, observer, 1)
    clock.now = 10.0
    arrivals.settle = 0.0
    assert follow(request_, observer, end=end) == 1
    assert rows(request_) == {"ada": ""}
    assert names(arrivals) == []
    clock.now = 10.0 + following.RETRY_SECONDS
    assert names(arrivals) == ["ada"]


def test_what_fails_while_it_runs_is_said_once_and_tried_again(
    request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another command writes to the folder for a while."""
    monkeypatch.setattr(following, "LOOK_SECONDS", 0.1)
    put(uploads(request_) / "ada.py", code(2))
    observer = mock.Mock(spec=RunObserver)
    end = end_when(request_, observer, 2)
    said: list[str] = []
    observer.print_line.side_effect = said.append
    thread = threading.Thread(target=follow, args=(request_, observer), kwargs={"end": end, "settle": 0.0})
    thread.start()
    while not (request_.out / "gradebook.csv").exists():
        time.sleep(0.01)
    time.sleep(0.1)
    with exclusive_lock(request_.out):
        put(uploads(request_) / "bob.py", code(1))
        while not any("Another run is writing" in one for one in said):
            time.sleep(0.01)
        time.sleep(0.3)
    thread.join(30)
    assert not thread.is_alive()
    told = [one for one in said if "Another run is writing" in one]
    assert len(told) == 1
    assert told[0].endswith("It is tried again.")
    assert rows(request_) == {"ada": "2.0", "bob": "1.0"}


def test_a_request_that_can_not_be_fulfilled_is_refused_at_once(request_: Request, tmp_path: Path) -> None:
    wrong = Request(paths=(tmp_path / "nowhere",), out=request_.out, config=request_.config)
    with pytest.raises(UsageError, match="nowhere"):
        follow(wrong, mock.Mock(spec=RunObserver))


def test_ctrl_c_ends_it_with_what_was_graded(request_: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    put(uploads(request_) / "ada.py", code(2))
    put(uploads(request_) / "bob.py", code(2))
    observer = mock.Mock(spec=RunObserver)
    observer.finished.side_effect = [KeyboardInterrupt]
    assert follow(request_, observer, settle=0.0) == 1
    (graded,) = [name for name, points in rows(request_).items() if points]
    assert graded in {"ada", "bob"}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--single"], "--follow and --single contradict each other."),
        (["--format", "junit"], "--follow and --format contradict each other."),
    ],
)
def test_what_contradicts_it_is_refused(
    request_: Request, course: Path, options: list[str], sentence: str
) -> None:
    arguments = ["grade", str(uploads(request_)), "--follow", "--out", str(request_.out), *options]
    done = CliRunner().invoke(main, [*arguments, "--course", str(course)])
    assert done.exit_code == 2
    assert sentence in done.output


def test_a_file_can_not_be_followed(request_: Request, course: Path) -> None:
    put(uploads(request_) / "ada.py", code(2))
    arguments = ["grade", str(uploads(request_) / "ada.py"), "--follow", "--out", str(request_.out)]
    done = CliRunner().invoke(main, [*arguments, "--course", str(course)])
    assert done.exit_code == 2
    assert "is not one" in done.output
