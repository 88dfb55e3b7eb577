"""Children yield to trusted processes, on their share of the cores."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from grader.sandbox import LAYER_NAMES, LayerName, Server
from grader.sandbox.priority import NICENESS, share_of_cores
from tests.sandbox.conftest import INNER, TOY, Ask

SEEN = "import os; answer = (os.getpriority(os.PRIO_PROCESS, 0), sorted(os.sched_getaffinity(0)))"
CORES = sorted(os.sched_getaffinity(0))


@pytest.mark.parametrize("layers", [LAYER_NAMES, INNER, ("limits",)], ids=["full", "inner", "limits"])
def test_a_child_runs_on_its_cores_at_a_lower_priority(ask: Ask, layers: tuple[LayerName, ...]) -> None:
    with Server(
        warm="toy:warm", entry="toy:run", views={"toy.py": TOY}, layers=layers, cores=CORES[-1:]
    ) as server:
        with server.fork() as child:
            niceness, cores = ask(child, SEEN)
        assert server._running is not None
        pid = server._running._process.pid
        assert os.getpriority(os.PRIO_PROCESS, pid) == os.getpriority(os.PRIO_PROCESS, 0)
        assert sorted(os.sched_getaffinity(pid)) == CORES
    assert niceness == min(19, os.getpriority(os.PRIO_PROCESS, 0) + NICENESS)
    assert cores == CORES[-1:]


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="this kernel has no autogroups")
def test_the_session_of_a_child_has_a_lower_priority_too(ask: Ask) -> None:
    """Linux refuses more than ten such requests a second of all processes, so several children are tried."""
    with Server(warm="toy:warm", entry="toy:run", views={"toy.py": TOY}, layers=["limits"]) as server:
        source = "answer = open('/proc/self/autogroup').read()"
        seen, deadline = set[str](), time.monotonic() + 20
        while f"nice {NICENESS}\n" not in seen and time.monotonic() < deadline:
            with server.fork() as child:
                seen.add(ask(child, source).partition(" ")[2])
            time.sleep(0.2)
    assert f"nice {NICENESS}\n" in seen


def test_without_cores_of_its_own_a_child_runs_on_all(server: Server, ask: Ask) -> None:
    with server.fork() as child:
        assert ask(child, SEEN)[1] == CORES


def test_cores_that_are_gone_are_no_error(ask: Ask) -> None:
    with (
        Server(
            warm="toy:warm", entry="toy:run", views={"toy.py": TOY}, layers=["limits"], cores=[1000]
        ) as server,
        server.fork() as child,
    ):
        assert ask(child, SEEN)[1] == CORES


@pytest.mark.parametrize(
    ("workers", "shares"),
    [
        (1, [(2, 3, 5, 7, 8)]),
        (2, [(2, 5, 8), (3, 7)]),
        (5, [(2,), (3,), (5,), (7,), (8,)]),
        (7, [(2,), (3,), (5,), (7,), (8,), (2,), (3,)]),
    ],
)
def test_workers_share_the_cores(
    monkeypatch: pytest.MonkeyPatch, workers: int, shares: list[tuple[int, ...]]
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _pid: {8, 2, 5, 3, 7})
    assert [share_of_cores(number, workers) for number in range(workers)] == shares
