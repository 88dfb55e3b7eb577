"""`grader watch` as a student uses it: a real process, and files that are really saved."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from grader.cli.main import main
from grader.course.watch_targets import WatchTargets, next_stub
from tests.fixtures import waiting
from tests.fixtures.waiting import is_running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.fixtures.local_machine import LocalMachine

GENEROUS = 90.0
wait_for = partial(waiting.wait_for, seconds=GENEROUS)
READY = "Press Ctrl-C to stop."
WRONG = "def double(X):\n    return 3 * X\n"
RIGHT = "def double(X):\n    return 2 * X\n"
NOTED = "class Noted:\n    __import__('pathlib').Path('pid').write_text(str(__import__('os').getpid()))\n\n\n"

linux = pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="processes are looked at in /proc")


@dataclass
class Watching:
    """A running `grader watch`; what it prints goes to a file."""

    process: subprocess.Popen[bytes]
    file: Path
    read: int = field(default=0)

    def everything(self) -> str:
        return self.file.read_text(encoding="utf-8")

    def until_ready(self) -> str:
        """What was printed since the last call, up to where it waits for the next save."""
        wait_for(lambda: READY in self.everything()[self.read :], self.everything)
        text = self.everything()
        end = text.index(READY, self.read) + len(READY)
        new, self.read = text[self.read : end], end
        return new

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(GENEROUS)

    def children(self) -> set[int]:
        pid = self.process.pid
        return {int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


@pytest.fixture
def start(machine: LocalMachine, tmp_path: Path) -> Iterator[Callable[..., Watching]]:
    started: list[Watching] = []

    def begin(*arguments: str) -> Watching:
        file = tmp_path / "printed.txt"
        with file.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "grader.cli.main", "watch", *arguments],
                cwd=machine.pytester.path,
                env={**os.environ, "PYTHONIOENCODING": "utf-8"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        started.append(Watching(process, file))
        return started[-1]

    yield begin
    for one in started:
        one.process.kill()
        one.process.wait()


def has_torch(pid: int) -> bool:
    return "libtorch" in Path(f"/proc/{pid}/maps").read_text()


@linux
def test_each_save_is_checked_by_a_process_that_had_torch_before_it(
    machine: LocalMachine, start: Callable[..., Watching]
) -> None:
    watching = start("double")
    first = watching.until_ready()
    assert "double  0 of 4      to do" in first
    output = ""
    for answer, found in (
        (WRONG, "double: right_values"),
        ("def double(X):\n    __import__('os')._exit(0)\n", "The run was aborted (exit status 0)."),
        (RIGHT, "Everything that was checked is correct."),
    ):
        (process,) = watching.children()
        wait_for(partial(has_torch, process), watching.everything)
        machine.write(double=NOTED + answer)
        output = watching.until_ready()
        assert found in output
        assert re.search(r"\d\d:\d\d:\d\d  saved: .*adding.py", output)
        assert (machine.pytester.path / "pid").read_text() == str(process)
    assert "Next: write quadruple, in assignments/ch1_sums/adding.py" in output.replace("\\", "/")
    assert "\x1b" not in watching.everything()

    (process,) = watching.children()
    assert watching.interrupt() == 0
    wait_for(lambda: not is_running(process), lambda: "a process was left behind")


@linux
def test_a_save_ends_the_run_that_is_going_on_and_the_last_of_a_burst_counts(
    machine: LocalMachine, start: Callable[..., Watching]
) -> None:
    endless = "def double(X):\n    while True:\n        try:\n            time.sleep(9)\n"
    machine.write(double=f"{NOTED}{endless}        except BaseException:\n            pass\n")
    watching = start("double")
    pid = machine.pytester.path / "pid"
    wait_for(lambda: pid.exists() and pid.read_text(), watching.everything)
    for answer in (WRONG, "def double(X:\n", RIGHT):
        machine.write(double=answer)
        fresh = machine.adding.with_name("fresh")
        fresh.write_bytes(machine.adding.read_bytes())
        fresh.replace(machine.adding)
    wait_for(lambda: "checked is correct" in watching.everything(), watching.everything)
    assert not is_running(int(pid.read_text()))
    assert "The run ends early" not in watching.everything()
    assert watching.interrupt() == 0


@linux
def test_the_option_hints_shows_all_hints(machine: LocalMachine, start: Callable[..., Watching]) -> None:
    machine.write(double=WRONG)
    assert "Not X * X." in start("double", "--hints").until_ready()


def test_without_a_name_all_is_checked_once_and_then_the_section_that_was_saved(
    machine: LocalMachine, start: Callable[..., Watching]
) -> None:
    watching = start()
    assert "0 of 3 exercises solved" in watching.until_ready()
    machine.shifting.write_text("def shift(X):\n    return X + 1\n", encoding="utf-8")
    output = watching.until_ready()
    assert "1 of 1 exercises solved" in output
    assert "Next: write double" in output


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals in its library")
def test_on_a_terminal_the_screen_is_cleared_and_a_breakpoint_can_be_answered(machine: LocalMachine) -> None:
    import pty

    machine.write(double="def double(X):\n    breakpoint()\n    return 2 * X\n")
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(machine.pytester.path)
        os.environ.update(TERM="xterm", NO_COLOR="")
        os.execv(sys.executable, [sys.executable, "-m", "grader.cli.main", "watch", "double"])  # noqa: S606
    seen = b""

    def shows(text: bytes) -> bool:
        nonlocal seen
        seen += os.read(terminal, 4096)
        return text in seen

    wait_for(lambda: shows(b"(Pdb)"), lambda: f"no {seen!r}")
    assert b"\x1b[2J" in seen
    os.write(terminal, b"p 6 * 7\n")
    wait_for(lambda: shows(b"\n42"), lambda: f"no {seen!r}")
    os.write(terminal, b"q\n")
    wait_for(lambda: shows(READY.encode()), lambda: f"no {seen!r}")
    os.write(terminal, b"\x03")
    _pid, status = os.waitpid(pid, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 0


def test_an_unknown_exercise_is_refused_and_the_known_ones_are_listed(machine: LocalMachine) -> None:
    result = CliRunner().invoke(main, ["watch", "triple", "--course", str(machine.pytester.path)])
    assert result.exit_code == 2
    assert "there is no exercise triple" in result.output
    assert "There are: double, quadruple, shift." in result.output


def test_a_folder_without_a_course_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["watch", "--course", str(tmp_path)])
    assert result.exit_code == 2
    assert re.search(r"has no folder assignments .*--course", result.output.replace("\n", " "))


@pytest.mark.parametrize(
    "word", ["adding", "adding.py", "assignments/ch1_sums/adding.py", "double,quadruple"]
)
def test_a_section_its_file_and_a_list_name_exercises(machine: LocalMachine, word: str) -> None:
    assert WatchTargets.parse(machine.pytester.path, [word]).names == ("double", "quadruple")


def test_a_saved_file_touches_its_section_and_one_of_no_section_touches_all(machine: LocalMachine) -> None:
    watched = WatchTargets(machine.pytester.path)
    assert watched.affected_by([machine.adding]) == ("double", "quadruple")
    assert watched.affected_by([machine.shifting.with_name("test_shifting.py")]) == ("shift",)
    assert watched.affected_by([machine.adding.with_name("mine.py")]) == ("double", "quadruple", "shift")
    assert WatchTargets(machine.pytester.path, ("double",)).affected_by([machine.shifting]) == ()


def test_what_comes_next_is_the_next_stub_of_the_book(machine: LocalMachine) -> None:
    watched = WatchTargets(machine.pytester.path)
    machine.write(quadruple="def quadruple(X):\n    return X\n")
    assert next_stub(watched.folder, ["double"]) == ("shift", machine.shifting)
    assert next_stub(watched.folder, ["shift"]) == ("double", machine.adding)
    machine.solve()
    assert next_stub(watched.folder, ["double"]) is None
