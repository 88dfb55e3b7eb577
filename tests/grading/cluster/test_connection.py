"""The scheduler, and what a call of a function on a worker can come to."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import msgspec
import pytest

from grader.grading.cluster import connection as module
from grader.grading.cluster.connection import Connection, Member, NotInstalled, why_unsafe
from grader.grading.cluster.settings import Cluster, ClusterError
from grader.grading.worker_handle import WorkerLost
from grader.records.cluster_protocol import Answer, Software
from grader.records.worker_protocol import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fixtures.dask_cluster import DaskCluster

WAIT = 60.0


@pytest.fixture
def connection(cluster: DaskCluster) -> Iterator[Connection]:
    """Leads to the scheduler."""
    made = Connection(Cluster(cluster.address))
    yield made
    made.close()


def only_member(connection: Connection) -> Member:
    """The only worker of a scheduler, as soon as it is there."""
    until = time.monotonic() + WAIT
    while not connection.members:
        assert time.monotonic() < until
        time.sleep(0.05)
        connection.refresh()
    (member,) = connection.members.values()
    return member


def test_a_function_of_the_host_is_called_by_its_name(cluster: DaskCluster, connection: Connection) -> None:
    cluster.add(name="lab", threads=3)
    member = only_member(connection)
    assert (member.name, member.threads) == ("lab", 3)
    answer = msgspec.msgpack.decode(connection.call(member.address, "software", seconds=WAIT), type=Answer)
    assert isinstance(answer, Software)
    answer = msgspec.msgpack.decode(connection.call(member.address, "no_such", seconds=WAIT), type=Answer)
    assert answer == Fault("KeyError: 'no_such'", retry=True)


def test_neither_the_scheduler_nor_a_worker_needs_gradbook_to_be_refused(
    cluster: DaskCluster, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ENTRY", "no_gradbook_here:call")
    cluster.add()
    with pytest.raises(NotInstalled, match=r"Gradbook can't be imported there \(No module named"):
        connection.call(only_member(connection).address, "software", seconds=WAIT)


def test_a_worker_that_leaves_is_noticed(cluster: DaskCluster, connection: Connection) -> None:
    worker = cluster.add()
    member = only_member(connection)
    os.kill(worker.pid, signal.SIGSTOP)
    with pytest.raises(WorkerLost, match="sent nothing in time"):
        connection.call(member.address, "software", seconds=1.0)
    cluster.kill(worker)
    connection.refresh()
    with pytest.raises(WorkerLost):
        connection.call(member.address, "software", seconds=WAIT)


def test_a_scheduler_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CONNECT_SECONDS", 0.5)
    with pytest.raises(ClusterError, match=r"No scheduler of Dask can be reached at tcp://127\.0\.0\.1:1:"):
        Connection(Cluster("tcp://127.0.0.1:1"))


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("tcp://127.0.0.1:1", True), ("tcp://[::1]:1", True), ("tls://192.0.2.1:1", True),
        ("tcp://192.0.2.1:1", False), ("tcp://[2001:db8::1]:1", False), ("ucx://192.0.2.1:1", False),
    ],
)  # fmt: skip
def test_an_open_way_is_safe_on_this_machine_alone(address: str, is_safe: bool) -> None:
    assert (why_unsafe(Member(address, address, "", 1)) == "") == is_safe
