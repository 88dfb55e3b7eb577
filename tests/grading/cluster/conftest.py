"""A scheduler of Dask, and a class that a stand-in grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.grading import worker_handle
from tests.fixtures import small_class, stand_in_worker
from tests.fixtures.dask_cluster import DaskCluster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REAL = worker_handle.COMMAND
small_course = small_class.course
"""A course of one exercise that real workers grade with."""
CHECKS = '"""1.1 Doubling."""\n'


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A scheduler that runs, without workers."""
    with DaskCluster(tmp_path_factory.mktemp("dask")) as cluster:
        yield cluster


@pytest.fixture
def cluster(scheduler: DaskCluster) -> Iterator[DaskCluster]:
    """The same. What workers a test starts are gone after it."""
    before = list(scheduler.processes)
    yield scheduler
    for process in scheduler.processes[len(before) :]:
        scheduler.kill(process)
    scheduler.processes[:] = before


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers of this machine are stand-ins, too."""
    monkeypatch.setattr(worker_handle, "COMMAND", stand_in_worker.COMMAND)


@pytest.fixture
def real_worker(stand_in: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers of this machine are real, after all."""
    monkeypatch.setattr(worker_handle, "COMMAND", REAL)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course that a stand-in grades with: it only compares files."""
    folder = tmp_path / "course"
    (folder / "assignments" / "ch1").mkdir(parents=True)
    (folder / "reference").mkdir()
    (folder / "assignments" / "ch1" / "test_doubling.py").write_text(CHECKS)
    (folder / "assignments" / "data").mkdir()
    (folder / "assignments" / "data" / "images").write_bytes(bytes(1_000_000))
    return folder
