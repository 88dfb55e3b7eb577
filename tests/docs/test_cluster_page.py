"""The page on clusters: its commands make certificates that work, and its example file is read."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.grading import worker_handle
from grader.grading.cluster.connection import Connection
from grader.grading.cluster.settings import Cluster, ClusterError, ClusterLimits, cluster_at
from grader.grading.cluster.work_queue import MAX_FAULTS, MAX_LOSSES, STRAGGLER_FACTOR, STRAGGLER_SECONDS
from tests.fixtures import stand_in_worker
from tests.fixtures.cluster_runs import Listener, recorded, run, write_class
from tests.fixtures.dask_cluster import DaskCluster

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (Path(__file__).parents[2] / "docs" / "instructors" / "cluster.md").read_text(encoding="utf-8")


def block(language: str, containing: str) -> str:
    """The only block of a language with some text in it."""
    (found,) = (one for one in re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL) if containing in one)
    return str(found)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the commands of the page were run."""
    shell = shutil.which("sh")
    if shell is None or shutil.which("openssl") is None:
        pytest.skip("needs the program openssl")
    folder = tmp_path_factory.mktemp("certificates")
    subprocess.run([shell, "-ec", block("sh", "openssl")], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def encrypted(certificates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A scheduler that is started as the page says."""
    names = {"--tls-ca-file": "ca.pem", "--tls-cert": "cert.pem", "--tls-key": "key.pem"}
    options = [part for option, name in names.items() for part in (option, str(certificates / name))]
    assert all(f"{option} {name}" in PAGE for option, name in names.items())
    with DaskCluster(tmp_path_factory.mktemp("dask"), options, "tls") as cluster:
        yield cluster


@pytest.mark.timeout(300)
def test_a_class_is_graded_with_the_files_of_the_page(
    certificates: Path, encrypted: DaskCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_handle, "COMMAND", stand_in_worker.COMMAND)
    file = certificates / "cluster.toml"
    text = block("toml", "[tls]")
    file.write_text(text.replace("tls://scheduler.example.edu:8786", encrypted.address))
    found = cluster_at(str(file))
    assert found.limits == ClusterLimits(50, 4, 300)
    encrypted.add()
    course = tmp_path / "course"
    (course / "assignments" / "ch1").mkdir(parents=True)
    (course / "assignments" / "ch1" / "test_doubling.py").write_text('"""1.1 Doubling."""\n')
    listener = Listener()
    run(course, write_class(tmp_path / "class", 2), tmp_path / "out", cluster=found, observer=listener)
    assert {one.status for one in listener.reports} == {"graded"}
    assert len(recorded(tmp_path / "out")) == 2


def test_nobody_joins_without_certificates(encrypted: DaskCluster) -> None:
    with pytest.raises(ClusterError, match="needs certificates, and none are configured"):
        Connection(Cluster(encrypted.address))
    with pytest.raises(ClusterError, match="No scheduler of Dask can be reached"):
        Connection(Cluster(encrypted.address.replace("tls:", "tcp:")))


def test_the_numbers_are_those_of_the_code() -> None:
    words = {3: "three", 5: "five"}
    assert (
        f"more than {words[int(STRAGGLER_FACTOR)]} times the median, and at least {STRAGGLER_SECONDS:g} s"
        in PAGE
    )
    assert f"{words[MAX_FAULTS]} times at most" in PAGE
    assert f"ends {words[MAX_LOSSES]} workers in a row" in PAGE
