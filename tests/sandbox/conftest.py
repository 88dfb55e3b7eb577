"""Toy servers for the tests of the sandbox, and ways to run code in their children."""

from __future__ import annotations

import ast
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from grader.sandbox import LAYER_NAMES, Child, Limits, Server

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from grader.sandbox import LayerName, Role

TOY = Path(__file__).with_name("toy.py")

OUTER: tuple[LayerName, ...] = ("bubblewrap", "namespaces", "limits")
INNER: tuple[LayerName, ...] = ("namespaces", "limits")
"""Layers that allow code to start processes, with bubblewrap and without."""


class StartServer(Protocol):
    """What the fixture `start` is."""

    def __call__(
        self,
        layers: Collection[LayerName] = ...,
        *,
        warm: str = ...,
        entry: str = ...,
        limits: Limits | None = None,
        hidden: Collection[str] = (),
        views: Mapping[str, Path] | None = None,
        later: Mapping[str, str] | None = None,
        roles: Mapping[str, Role] | None = None,
    ) -> Server: ...


@pytest.fixture(scope="session")
def start() -> StartServer:
    """Makes a toy server, to be used as a context manager."""

    def make(
        layers: Collection[LayerName] = LAYER_NAMES,
        *,
        warm: str = "toy:warm",
        entry: str = "toy:run",
        limits: Limits | None = None,
        hidden: Collection[str] = (),
        views: Mapping[str, Path] | None = None,
        later: Mapping[str, str] | None = None,
        roles: Mapping[str, Role] | None = None,
    ) -> Server:
        shown = {"toy.py": TOY, **(views or {})}
        return Server(
            warm=warm,
            entry=entry,
            later=later,
            views=shown,
            layers=layers,
            limits=limits,
            hidden=hidden,
            roles=roles,
        )

    return make


@pytest.fixture(scope="module")
def server(start: StartServer) -> Iterator[Server]:
    """One under bubblewrap whose children run the source that is sent to them."""
    with start() as server:
        yield server


class Ask(Protocol):
    """What the fixture `ask` is."""

    def __call__(self, child: Child, source: str, seconds: float = 10.0) -> Any: ...  # noqa: ANN401


@pytest.fixture(scope="session")
def ask() -> Ask:
    """Has a child run `source`, and returns what that leaves in `answer`."""

    def send_and_receive(child: Child, source: str, seconds: float = 10.0) -> object:
        deadline = time.monotonic() + seconds
        child.send(source.encode(), deadline)
        return ast.literal_eval(child.receive(deadline, 2**20).decode())

    return send_and_receive


@pytest.fixture(scope="session")
def pid_of() -> Any:  # noqa: ANN401
    """Finds the process id of a server from outside: the innermost of those that were started for it."""

    def innermost(server: Server) -> int:
        assert server._running is not None
        pid = server._running._process.pid
        while children := Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            pid = int(children[0])
        return pid

    return innermost
