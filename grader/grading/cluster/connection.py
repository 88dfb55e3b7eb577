"""The scheduler of a cluster: which workers it has, and calls of functions of `host` on one of them.

Dask's scheduler unpickles what it passes on. So that it needs no Gradbook, what it sees are functions of
Python's own library, texts, numbers and bytes: the worker looks up what is called.
"""

from __future__ import annotations

import contextlib
import logging
import operator
import pkgutil
import threading
import time
import uuid
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from distributed import Client, Future
from distributed.security import Security

from grader.grading.cluster import host
from grader.grading.cluster.settings import (
    DOCS,
    NO_TLS,
    NOT_ENCRYPTED,
    ClusterError,
    is_loopback,
)
from grader.grading.worker_handle import WorkerLost

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.grading.cluster.settings import Cluster

CONNECT_SECONDS: Final = 20.0
POLL_SECONDS: Final = 1.0
ENTRY: Final = f"{host.__name__}:call"
LOGGERS: Final = ("distributed", "distributed.client", "asyncio")
"""Dask gives each of its own a level. In a run, nothing else uses asyncio."""
NO_SCHEDULER: Final = "No scheduler of Dask can be reached at {}: {}"
NOT_INSTALLED: Final = (
    "Gradbook can't be imported there ({}): install this version of it for the Python of the worker"
)


class NotInstalled(Exception):
    """A worker has no Gradbook."""


class Member(NamedTuple):
    """A worker that the scheduler knows.

    Args:
        address: its address, by which the scheduler knows it.
        name: the name that it was started with; else the same.
        machine: the address of the machine that it is on.
        threads: how many functions Dask calls on it at a time.
    """

    address: str
    name: str
    machine: str
    threads: int

    def __str__(self) -> str:
        return self.address if self.name == self.address else f"{self.name} ({self.address})"


class Connection:
    """A client of a scheduler. `members` are its workers as `refresh` found them, by address.

    Raises `ClusterError` if the scheduler can't be reached.
    """

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.members: Mapping[str, Member] = {}
        self._entries: dict[str, Future[Any]] = {}
        self._lock = threading.Lock()
        for name in LOGGERS:  # what matters is said in our words
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            self._client = Client(
                cluster.address,
                security=security_of(cluster),
                timeout=CONNECT_SECONDS,
                set_as_default=False,
                name="gradbook",
            )
        except (OSError, ValueError) as error:
            reason = str(error).strip() or "it sent nothing"
            raise ClusterError(NO_SCHEDULER.format(cluster.address, reason)) from error

    def close(self) -> None:
        """Leave the scheduler, which then drops what it was still to do for this client."""
        with contextlib.suppress(TimeoutError, OSError):
            self._client.close(timeout=CONNECT_SECONDS)

    def refresh(self) -> None:
        """Ask the scheduler which workers it has. It has none while it can't be reached."""
        found: Mapping[str, Any] = {}
        with contextlib.suppress(OSError, TimeoutError):
            info = self._client.scheduler_info(n_workers=-1) if self._client.status == "running" else {}
            found = info.get("workers", {})
        self.members = {
            address: Member(address, str(one["name"]), str(one["host"]), int(one["nthreads"]))
            for address, one in found.items()
            if one["status"] == "running"
        }
        with self._lock:
            self._entries = {one: entry for one, entry in self._entries.items() if one in self.members}

    def call(self, address: str, name: str, *arguments: str | int | bytes, seconds: float) -> bytes:
        """Call a function of `host` on a worker, and return what it returns.

        Raises:
            WorkerLost: the worker left, raised an exception, or sent nothing for so many seconds.
            NotInstalled: it has no Gradbook.
        """
        called = self._client.submit(
            operator.call,
            self._entry(address),
            name,
            *arguments,
            key=f"gradbook-{uuid.uuid4().hex}",
            workers=[address],
            allow_other_workers=False,
            pure=False,
            retries=0,
        )
        try:
            return self._result(called, address, time.monotonic() + seconds)
        except ModuleNotFoundError as error:
            raise NotInstalled(NOT_INSTALLED.format(error)) from error
        except WorkerLost:
            raise
        except Exception as error:
            # Whatever the worker or Dask raised: a full disk, a scheduler that is gone, a killed worker.
            raise WorkerLost(f"{type(error).__name__}: {error}".partition("\n")[0]) from error
        finally:
            with contextlib.suppress(Exception):  # the scheduler may be gone
                called.cancel()

    def _result(self, called: Future[Any], address: str, deadline: float) -> bytes:
        """Return a result, unless the worker leaves. Raises `WorkerLost`, or whatever was raised there."""
        while True:
            with contextlib.suppress(TimeoutError):
                return bytes(called.result(timeout=POLL_SECONDS))
            if called.status == "error":
                raise WorkerLost("a function of the grader timed out there")
            if address not in self.members:
                raise WorkerLost("the worker left the cluster")
            if time.monotonic() > deadline:
                raise WorkerLost("the worker sent nothing in time")

    def tell(self, address: str, function: Callable[[str], object], run: str) -> None:
        """Call a quick function with a run's name on a worker. What it misses, its lease does."""
        with contextlib.suppress(Exception):
            self._client.run(function, run, workers=[address], on_error="ignore")

    def _entry(self, address: str) -> Future[Any]:
        """Return what calls functions of `host` on a worker."""
        with self._lock:
            if address not in self._entries:
                self._entries[address] = self._client.submit(
                    pkgutil.resolve_name,
                    ENTRY,
                    key=f"gradbook-{uuid.uuid4().hex}",
                    workers=[address],
                    allow_other_workers=False,
                    pure=False,
                )
            return self._entries[address]


def security_of(cluster: Cluster) -> Security | None:
    """Return how to encrypt; None for a scheduler on this machine.

    Raises `ClusterError` if it needs certificates and there are none.
    """
    if cluster.address.startswith("tcp:"):
        return None
    if cluster.tls is None:
        found = Security(require_encryption=True)
        files = found.get_tls_config_for_role("client")
        if not files["ca_file"] or not files["cert"]:
            raise ClusterError(NO_TLS.format(cluster.address, DOCS))
        return found
    return Security(
        require_encryption=True,
        tls_ca_file=cluster.tls.ca,
        tls_client_cert=cluster.tls.cert,
        tls_client_key=cluster.tls.key,
    )


def why_unsafe(member: Member) -> str:
    """Return why nothing is sent to a worker: the way to it is not encrypted. "", if it is."""
    scheme, _, place = member.address.partition("://")
    if scheme == "tls" or is_loopback(place.rpartition(":")[0].strip("[]")):
        return ""
    return NOT_ENCRYPTED.format(member.address, DOCS)
