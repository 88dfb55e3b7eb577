"""How the end of a child is read, and that its limits hold."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.sandbox import Cause, ChannelClosed, DeadlinePassed, Exit, Limits, Server
from grader.sandbox.limits import OUT_OF_MEMORY_CODE
from tests.sandbox.conftest import OUTER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sandbox.conftest import Ask, StartServer

MIB = 1 << 20
LIMITS = Limits(memory=256 * MIB, cpu_seconds=1, processes=8, file_size=MIB, open_files=64, box=2 * MIB)


@pytest.fixture(scope="module")
def server(start: StartServer) -> Iterator[Server]:
    with start(OUTER, limits=LIMITS) as server:
        yield server


def end(
    number: int | None = None,
    *,
    code: int | None = None,
    peak: int = 0,
    cpu: float = 0.1,
    killed: bool = False,
) -> Exit:
    return Exit(signal=number, code=code, peak_memory=peak, cpu_seconds=cpu, killed=killed)


@pytest.mark.parametrize(
    ("exit_", "cause"),
    [
        (end(code=0), "exited"),
        (end(code=3), "exited"),
        (end(code=0, peak=256 * MIB), "exited"),
        (end(code=OUT_OF_MEMORY_CODE), "out_of_memory"),
        (end(signal.SIGSEGV), "crashed"),
        (end(signal.SIGKILL), "crashed"),
        (end(signal.SIGSEGV, peak=250 * MIB), "out_of_memory"),
        (end(signal.SIGSEGV, peak=200 * MIB), "crashed"),
        (end(signal.SIGKILL, killed=True), "timeout"),
        (end(signal.SIGKILL, peak=250 * MIB, killed=True), "out_of_memory"),
        (end(signal.SIGKILL, cpu=0.998), "timeout"),
        (end(signal.SIGKILL, cpu=0.6), "timeout"),
        (end(signal.SIGKILL, cpu=0.4), "crashed"),
        (end(signal.SIGXCPU, cpu=1.0), "timeout"),
        (end(signal.SIGSEGV, cpu=1.0), "crashed"),
    ],
)
def test_the_cause_of_an_end_follows_from_signal_time_and_peak(exit_: Exit, cause: Cause) -> None:
    assert exit_.cause(LIMITS) == cause


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("hoard = []\nwhile True: hoard.append(bytearray(2**20))", id="large objects"),
        pytest.param("hoard = {}\nwhile True: hoard[len(hoard)] = str(len(hoard))", id="small objects"),
        pytest.param("answer = bytearray(2**40)", id="one allocation"),
    ],
)
def test_a_child_that_eats_memory_is_out_of_memory(server: Server, source: str) -> None:
    with server.fork() as child:
        child.send(source.encode(), time.monotonic() + 5)
        with pytest.raises((ChannelClosed, DeadlinePassed)):
            child.receive(time.monotonic() + 5, 100)
        exit_ = child.close()
    assert exit_.cause(LIMITS) == "out_of_memory"
    assert exit_.peak_memory < 1.2 * LIMITS.memory


def test_memory_that_could_be_shared_is_limited_like_any_other(server: Server, ask: Ask) -> None:
    source = """
import mmap
answer = 0
try:
    mapped = []
    while True:
        mapped.append(mmap.mmap(-1, 2**24))
        answer += 2**24
except OSError:
    pass
"""
    with server.fork() as child:
        assert LIMITS.memory / 2 < ask(child, source) < 3 * LIMITS.memory


def test_what_a_child_uses_is_counted_from_what_every_child_has(server: Server, ask: Ask) -> None:
    with server.fork() as child:
        ask(child, "answer = 1")
        assert child.close().peak_memory < 5 * MIB
    with server.fork() as child:
        ask(child, "hoard = b'x' * (100 << 20); answer = 1")
        assert 95 * MIB < child.close().peak_memory < 110 * MIB


def test_a_child_that_computes_for_ever_runs_out_of_processor_time(server: Server) -> None:
    with server.fork() as child:
        child.send(b"while True: pass", time.monotonic() + 5)
        with pytest.raises(ChannelClosed):
            child.receive(time.monotonic() + 20, 100)
        exit_ = child.close()
    assert not exit_.killed
    assert exit_.cause(LIMITS) == "timeout"


NAME = f"bomb-{os.getpid()}"  # no other test's, even where several runs share a machine

FORK_BOMB = f"""
import ctypes, os, time
ctypes.CDLL(None).prctl(15, b"{NAME}")
def explode():
    while True:
        try:
            os.setsid()
        except OSError:
            pass
        try:
            os.fork()
        except OSError:
            time.sleep(0.01)
if os.fork() == 0:
    explode()
time.sleep(0.2)
answer = True
"""


def bombs() -> int:
    """How many processes of a fork bomb there are on this machine."""
    found = 0
    for process in Path("/proc").glob("[0-9]*/comm"):
        try:
            found += process.read_text() == f"{NAME}\n"
        except OSError:
            continue  # it ended while we looked
    return found


def test_a_fork_bomb_is_limited_and_gone_with_its_child(server: Server, ask: Ask) -> None:
    with server.fork() as child:
        assert ask(child, FORK_BOMB) is True
        assert 2 < bombs() <= LIMITS.processes
    assert bombs() == 0


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("open('large', 'wb').write(bytes(2 << 20))", "File too large"),
        (
            "for i in range(9): open(str(i), 'wb', 0).write(bytes(1 << 19))",
            "No space left on device",
        ),
        ("import os; [os.dup(0) for _ in range(64)]", "Too many open files"),
    ],
)
def test_files_are_limited_in_size_and_number(server: Server, ask: Ask, source: str, error: str) -> None:
    with server.fork() as child:
        answer = ask(child, f"answer = ''\ntry:\n    {source}\nexcept OSError as e:\n    answer = e.strerror")
    assert answer == error


def test_limits_cannot_be_raised_again(server: Server, ask: Ask) -> None:
    source = """
import resource
answer = []
for kind in "AS", "DATA", "CPU", "NPROC", "FSIZE", "NOFILE", "CORE":
    kind = getattr(resource, "RLIMIT_" + kind)
    soft, hard = resource.getrlimit(kind)
    try:
        resource.setrlimit(kind, (hard + 1, hard + 1))
        answer.append(kind)
    except (OSError, ValueError):
        pass
"""
    with server.fork() as child:
        assert ask(child, source) == []
