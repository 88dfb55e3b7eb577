"""Whole runs on a cluster of several processes: what is graded, what is refused, and what is left behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from grader.cli.main import main
from grader.grading.cluster import work_queue
from grader.grading.cluster.settings import Cluster, ClusterLimits
from grader.grading.follow import follow
from grader.grading.run import Request
from grader.records.worker_protocol import Config
from grader.reporting.output_dir import UsageError
from tests.fixtures import small_class
from tests.fixtures.cluster_runs import Listener, recorded, run, verdicts, write_class
from tests.fixtures.dask_cluster import ROOT, DaskCluster, Killer, graders
from tests.fixtures.local_workers import in_threads
from tests.fixtures.thorough import case
from tests.fixtures.waiting import wait_for
from tests.grading.test_resuming import parent

if TYPE_CHECKING:
    from pathlib import Path

    from grader.reporting.report import Report

pytestmark = [pytest.mark.usefixtures("stand_in"), pytest.mark.timeout(300)]


def test_a_cluster_gives_the_reports_of_one_machine_and_regrades_them(
    tmp_path: Path, course: Path, cluster: DaskCluster
) -> None:
    """Two workers, one of them with two threads; and each submission is in the gradebook once."""
    cluster.add(name="one", threads=2)
    cluster.add(name="two")
    paths = write_class(tmp_path / "class", 12)
    run(course, paths, tmp_path / "here")
    done = run(course, paths, tmp_path / "there", address=cluster.address)
    assert not done.interrupted
    assert verdicts(tmp_path / "there") == verdicts(tmp_path / "here")
    assert set(recorded(tmp_path / "there").values()) == {1}
    assert len(recorded(tmp_path / "there")) == 12
    (course / "assignments" / "ch1" / "test_doubling.py").write_text('"""1.1 Doubling, by other checks."""\n')
    arguments = ["regrade", "--out", str(tmp_path / "there"), "--cluster", cluster.address]
    regraded = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert regraded.exit_code == 0, regraded.output
    assert "12 graded anew" in regraded.output


def test_nothing_is_left_on_a_worker_after_a_run_that_is_interrupted_and_one_that_is_not(
    tmp_path: Path, course: Path, cluster: DaskCluster
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    worker = cluster.add(variables={"TMPDIR": str(temporary)})
    paths, out = write_class(tmp_path / "class", 3, seconds=0.5), tmp_path / "out"

    class Interrupts(Listener):
        def finished(self, report: Report) -> None:
            super().finished(report)
            raise KeyboardInterrupt

    assert run(course, paths, out, address=cluster.address, observer=Interrupts()).interrupted
    assert len(recorded(out)) == 1
    wait_for(lambda: not graders(worker.pid) and not list(temporary.glob("gradbook-*")))
    assert not run(course, paths, out, address=cluster.address).interrupted
    wait_for(lambda: not graders(worker.pid) and not list(temporary.glob("gradbook-*")))
    assert worker.poll() is None


def test_a_worker_that_comes_later_is_used(tmp_path: Path, course: Path, cluster: DaskCluster) -> None:
    """The first is there before the run; the second comes when the first has graded one submission.

    The others take until the second has started.
    """
    started, out = tmp_path / "started", tmp_path / "out"
    paths = write_class(tmp_path / "class", 5, until=started)
    cluster.add()
    later: list[subprocess.Popen[bytes]] = []

    def notice() -> None:
        wait_for(lambda: graders(later[0].pid))
        started.touch()

    class AddsOne(Listener):
        def finished(self, report: Report) -> None:
            super().finished(report)
            if not later:
                later.append(cluster.add())
                threading.Thread(target=notice, daemon=True).start()
            most.append(len(graders(later[0].pid)))

    most: list[int] = []
    run(course, paths, out, address=cluster.address, observer=AddsOne())
    assert max(most) == 1
    assert set(recorded(out).values()) == {1}
    assert len(recorded(out)) == 5


def test_what_arrives_in_a_folder_is_graded_on_the_cluster(
    tmp_path: Path, course: Path, cluster: DaskCluster
) -> None:
    """One more submission arrives when the first two are graded; another start grades nothing twice."""
    cluster.add()
    paths, end = write_class(tmp_path / "uploads", 2), threading.Event()

    class HandsInOneMore(Listener):
        def finished(self, report: Report) -> None:
            super().finished(report)
            if len(self.reports) == 2:
                (paths / "late.py").write_text("# takes 0\nx = 9\n")
            elif len(self.reports) == 3:
                end.set()

    request = Request(
        paths=(paths,),
        out=tmp_path / "out",
        config=Config(course=str(course), seed=7),
        jobs=100,
        cluster=Cluster(cluster.address, limits=ClusterLimits(wait_seconds=60)),
    )
    observer = HandsInOneMore()
    assert follow(request, observer, end=end, settle=0.05) == 3
    assert {one.submission for one in observer.reports} == {"student000", "student001", "late"}
    assert {one.status for one in observer.reports} == {"graded"}
    assert set(recorded(tmp_path / "out").values()) == {1}
    run(course, paths, tmp_path / "here")
    assert verdicts(tmp_path / "out").keys() == verdicts(tmp_path / "here").keys()


class Heard(Listener):
    """Makes a file as soon as a line was printed about each of these workers."""

    def __init__(self, file: Path, *names: str) -> None:
        super().__init__()
        self.file = file
        self.names = names

    def print_line(self, text: str) -> None:
        super().print_line(text)
        if all(any(f"worker {name} " in line for line in self.lines) for name in self.names):
            self.file.touch()


def test_workers_that_differ_are_refused_by_name_and_the_others_grade(
    tmp_path: Path, course: Path, cluster: DaskCluster
) -> None:
    others = {
        "old": ({"STAND_IN_TORCH": "1.0"}, "torch is 1.0 there"),
        "open": ({"STAND_IN_LACKS": "landlock seccomp"}, "its sandbox lacks landlock and seccomp"),
        "gpu": ({"STAND_IN_DEVICE": "cuda"}, "it grades on cuda, and this machine on cpu"),
        "full": ({"STAND_IN_DISK": "500000"}, "failed 3 times in a row, at last because OSError"),
    }
    for name, (variables, _) in others.items():
        cluster.add(name=name, variables=variables)
    cluster.add(name="good")
    cluster.wait_for(5)
    out, listener = tmp_path / "out", Heard(tmp_path / "heard", *others)
    paths = write_class(tmp_path / "class", 6, until=listener.file)
    run(course, paths, out, address=cluster.address, observer=listener)
    for name, (_, reason) in others.items():
        (line,) = (one for one in listener.lines if f"worker {name} " in one)
        assert reason in line
    assert not any("worker good" in line for line in listener.lines)
    assert {one.status for one in listener.reports} == {"graded"}
    assert len(recorded(out)) == 6


def test_a_worker_on_which_the_grader_fails_is_set_aside_and_costs_nobody_anything(
    tmp_path: Path, course: Path, cluster: DaskCluster
) -> None:
    """It is quick: without that it would have its way with the whole class."""
    cluster.add(name="bad", variables={"STAND_IN_FAULT": "No space left on device", "STAND_IN_TAKES": "0"})
    cluster.add(name="good")
    cluster.wait_for(2)
    out, listener = tmp_path / "out", Heard(tmp_path / "heard", "bad")
    paths = write_class(tmp_path / "class", 6, until=listener.file)
    run(course, paths, out, address=cluster.address, observer=listener)
    assert {one.status for one in listener.reports} == {"graded"}
    assert any("bad" in line and "No space left on device" in line for line in listener.lines)


def test_where_all_workers_fail_a_submission_is_not_graded_and_no_zero(
    tmp_path: Path, course: Path, cluster: DaskCluster
) -> None:
    cluster.add(variables={"STAND_IN_FAULT": "No space left on device"})
    cluster.wait_for(1)
    listener, limits = Listener(), ClusterLimits(wait_seconds=1)
    paths, out = write_class(tmp_path / "class", 5), tmp_path / "out"
    run(course, paths, out, address=cluster.address, observer=listener, limits=limits)
    assert {(one.status, one.points) for one in listener.reports} == {("not_graded", None)}
    assert len(listener.reports) == 5


def test_if_all_workers_are_refused_nothing_is_written(
    tmp_path: Path, course: Path, cluster: DaskCluster
) -> None:
    cluster.add(name="old", variables={"STAND_IN_TORCH": "1.0"})
    with pytest.raises(UsageError, match=r"(?s)No worker of tcp.* can grade.*old.*torch is 1\.0 there"):
        run(course, write_class(tmp_path / "class", 2), tmp_path / "out", address=cluster.address)
    assert not (tmp_path / "out").exists()


def test_if_no_worker_comes_nothing_is_written(tmp_path: Path, course: Path, cluster: DaskCluster) -> None:
    limits = ClusterLimits(wait_seconds=1)
    with pytest.raises(UsageError, match=r"No worker came to tcp://.* within 1 s"):
        run(
            course,
            write_class(tmp_path / "class", 2),
            tmp_path / "out",
            address=cluster.address,
            limits=limits,
        )
    assert not (tmp_path / "out").exists()


def test_a_worker_that_is_cut_off_keeps_nobody_waiting(
    tmp_path: Path, course: Path, cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is frozen in the middle of a submission, and its connections stay open."""
    monkeypatch.setattr(work_queue, "STRAGGLER_SECONDS", 1.0)
    frozen = cluster.add()
    cluster.add()
    paths, out = write_class(tmp_path / "class", 10, seconds=0.3), tmp_path / "out"

    class Freezes(Listener):
        def finished(self, report: Report) -> None:
            super().finished(report)
            if len(self.reports) == 3:
                frozen.send_signal(signal.SIGSTOP)

    started = time.monotonic()
    run(course, paths, out, address=cluster.address, observer=Freezes())
    assert time.monotonic() - started < 60
    assert len(recorded(out)) == 10
    assert set(recorded(out).values()) == {1}


@pytest.mark.parametrize("kills", [case(4, thorough=False), case(10, thorough=True)])
def test_kills_at_random_moments_change_nothing(
    tmp_path: Path, course: Path, cluster: DaskCluster, kills: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of Dask's workers, and of the worker processes below them. What was killed comes back, by and by.

    The last submissions take until the last kill, however long the machine takes to start what was killed.
    `make thorough` has more of the same two kinds.
    """
    over = tmp_path / "over"
    paths = write_class(tmp_path / "class", 6 * kills, seconds=0.3, until=over, first=5 * kills)
    over.touch()
    with monkeypatch.context() as patch:
        patch.setenv("STAND_IN_TAKES", "0")
        run(course, paths, tmp_path / "here")
    over.unlink()
    with Killer(cluster, random.Random(20261127), kills=kills, every=1.0, done=over) as killer:
        done = run(course, paths, tmp_path / "there", address=cluster.address)
    assert len(killer.killed) == kills
    assert set(killer.killed) == {"machine", "process"}
    assert not done.interrupted
    assert verdicts(tmp_path / "there") == verdicts(tmp_path / "here")
    assert set(recorded(tmp_path / "there").values()) == {1}


def test_a_nanny_replaces_what_is_killed(tmp_path: Path, course: Path, cluster: DaskCluster) -> None:
    """As it does where a worker takes too much memory, and the kernel or the nanny ends it."""
    nanny = cluster.add(nanny=True)
    paths, out = write_class(tmp_path / "class", 4, seconds=0.3), tmp_path / "out"

    class KillsOnce(Listener):
        def finished(self, report: Report) -> None:
            super().finished(report)
            if len(self.reports) == 1:
                (grader,) = graders(nanny.pid)
                os.kill(parent(grader), signal.SIGKILL)

    run(course, paths, out, address=cluster.address, observer=KillsOnce())
    assert nanny.poll() is None
    assert len(recorded(out)) == 4


def test_a_killed_run_leaves_nothing_on_the_workers_and_the_same_command_goes_on(
    tmp_path: Path, course: Path, cluster: DaskCluster
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    worker = cluster.add(variables={"TMPDIR": str(temporary)})
    paths, out = write_class(tmp_path / "class", 8, seconds=0.5), tmp_path / "out"
    arguments = [
        sys.executable, "-m", "tests.fixtures.stand_in_grader", "--lease", "6", "grade", str(paths), "--out",
        str(out), "--course", str(course), "--cluster", cluster.address, "--seed", str(2**40 + 7),
    ]  # fmt: skip
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, cwd=ROOT) as first:
        wait_for(lambda: list(out.glob("submissions/*/report.json")))
        first.kill()
    before = {path: path.stat().st_mtime_ns for path in out.glob("submissions/*/report.json")}
    assert 1 <= len(before) < 8
    wait_for(lambda: not graders(worker.pid) and not list(temporary.glob("gradbook-*")))
    second = subprocess.run(arguments, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120)
    assert second.returncode == 0, second.stderr
    assert f"{len(before)} of 8 submissions are already graded" in second.stdout
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert len(recorded(out)) == 8
    assert set(recorded(out).values()) == {1}


def test_without_its_scheduler_a_run_ends_and_the_next_one_goes_on(tmp_path: Path, course: Path) -> None:
    paths, out = write_class(tmp_path / "class", 6, seconds=0.5), tmp_path / "out"
    (tmp_path / "dask").mkdir()
    with DaskCluster(tmp_path / "dask") as own:
        own.add()
        own.wait_for(1)

        class EndsScheduler(Listener):
            def finished(self, report: Report) -> None:
                super().finished(report)
                own.processes[0].kill()

        listener, limits = EndsScheduler(), ClusterLimits(wait_seconds=2)
        run(course, paths, out, address=own.address, observer=listener, limits=limits)
    statuses = [one.status for one in listener.reports]
    assert sorted(set(statuses)) == ["graded", "not_graded"]
    assert len(statuses) == 6
    assert {one.status for one in run(course, paths, out).reports} == {"graded"}


@pytest.mark.usefixtures("real_worker")
def test_real_workers_give_the_verdicts_of_one_machine(
    tmp_path: Path, cluster: DaskCluster, small_course: Path
) -> None:
    """Right, wrong, unreadable and endless answers, in the sandbox of a worker of a cluster."""
    cluster.add(real=True)
    paths = small_class.write_class(tmp_path / "class", "alice.py", "bob.py", "carol.py", "dave.py")
    with in_threads():  # those of this machine
        run(small_course, paths, tmp_path / "here")
        run(small_course, paths, tmp_path / "there", address=cluster.address)
    assert verdicts(tmp_path / "there") == verdicts(tmp_path / "here")
    assert recorded(tmp_path / "there") == recorded(tmp_path / "here")
    assert {name for name, _ in recorded(tmp_path / "there")} == {"alice", "bob", "carol", "dave"}


def test_without_a_sandbox_no_cluster_is_used(tmp_path: Path, course: Path, cluster: DaskCluster) -> None:
    folder = write_class(tmp_path / "class", 1)
    arguments = ["grade", str(folder), "--out", str(tmp_path / "out"), "--course", str(course)]
    options = ["--cluster", cluster.address, "--sandbox", "none"]
    done = CliRunner().invoke(main, [*arguments, *options], catch_exceptions=False)
    assert done.exit_code == 2
    assert "--cluster and --sandbox none can't be used together" in done.output
    assert not (tmp_path / "out").exists()
