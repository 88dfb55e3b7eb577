"""What a cluster costs a submission, compared with a pool of as many workers on one machine: 1, 2 and 4.

    python benchmarks/cluster_workers.py [--seconds 0.2]

All workers are on this machine. A stand-in grades, which waits and needs no processor; so this is what Dask,
the queue and the reports take, and not what the cores of a machine share.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from timing import ROOT

sys.path.insert(0, str(ROOT))

from grader.grading import worker_handle
from tests.fixtures import stand_in_worker
from tests.fixtures.cluster_runs import run, write_class
from tests.fixtures.dask_cluster import DaskCluster

FEW, MANY = 8, 80


def main() -> None:
    """Print seconds a submission, after the start, for both."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--seconds", type=float, default=0.2, help="for one submission")
    seconds = options.parse_args().seconds
    worker_handle.COMMAND = stand_in_worker.COMMAND
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        course = folder / "course"
        (course / "assignments" / "ch1").mkdir(parents=True)
        (course / "assignments" / "ch1" / "test_doubling.py").write_text('"""1.1 Doubling."""\n')
        classes = {count: write_class(folder / f"class{count}", count, seconds) for count in (FEW, MANY)}

        def a_submission(address: str, workers: int) -> float:
            """Return the seconds per submission: the difference between many and few."""
            taken = {}
            for count, paths in classes.items():
                started = time.perf_counter()
                out = folder / f"out-{bool(address)}-{workers}-{count}"
                run(course, paths, out, address=address, jobs=workers)
                taken[count] = time.perf_counter() - started
            return (taken[MANY] - taken[FEW]) / (MANY - FEW)

        for workers in (1, 2, 4):
            (folder / f"dask{workers}").mkdir()
            with DaskCluster(folder / f"dask{workers}") as cluster:
                for _ in range(workers):
                    cluster.add()
                cluster.wait_for(workers)
                there = a_submission(cluster.address, workers)
            here = a_submission("", workers)
            print(
                f"{workers} workers: {there:.3f} s a submission on a cluster, {here:.3f} s in a pool, ratio "
                f"{there / here:.2f}; nothing but the grading would take {seconds / workers:.3f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
