"""Kill workers of a cluster at random moments, and compare all reports with those of one machine.

    python benchmarks/cluster_faults.py [--kills 300] [--minutes 60] [--seed 1]

The cluster is on this machine. Classes are graded one after the other; in each, ten kills hit Dask's workers,
which are replaced, and the worker processes below them. A stand-in grades, which takes 0.3 s a submission. It
ends with status 1 if a report differs, or an attempt is not in the gradebook exactly once.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from timing import ROOT

sys.path.insert(0, str(ROOT))

from grader.grading import worker_handle
from tests.fixtures import stand_in_worker
from tests.fixtures.cluster_runs import recorded, run, verdicts, write_class
from tests.fixtures.dask_cluster import DaskCluster, Killer

SUBMISSIONS = 60
KILLS = 10


def main() -> None:
    """Print how many kills changed how many reports."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--kills", type=int, default=300)
    options.add_argument("--minutes", type=float, default=60.0)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    worker_handle.COMMAND = stand_in_worker.COMMAND
    until = time.monotonic() + 60 * asked.minutes
    killed: Counter[str] = Counter()
    classes = wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        course = folder / "course"
        (course / "assignments" / "ch1").mkdir(parents=True)
        (course / "assignments" / "ch1" / "test_doubling.py").write_text('"""1.1 Doubling."""\n')
        over = folder / "over"  # after the last kill: until then, the last submissions take
        paths = write_class(folder / "class", SUBMISSIONS, seconds=0.3, until=over, first=SUBMISSIONS - KILLS)
        over.touch()
        run(course, paths, folder / "here")
        expected = verdicts(folder / "here")
        while killed.total() < asked.kills and time.monotonic() < until:
            place = folder / f"round{classes}"
            place.mkdir()
            chance = random.Random(asked.seed * 1_000_000 + classes)  # noqa: S311 - no secret
            over.unlink()
            with (
                DaskCluster(place) as cluster,
                Killer(cluster, chance, kills=KILLS, every=0.8, done=over) as killer,
            ):
                run(course, paths, place / "out", address=cluster.address)
            killed.update(killer.killed)
            classes += 1
            found, counts = verdicts(place / "out"), recorded(place / "out")
            differing = [file for file in found if found[file] != expected.get(file)]
            for file in differing:
                print(f"differs: {file}: {found[file]}"[:1000])
            wrong += bool(differing) or found.keys() != expected.keys() or set(counts.values()) != {1}
            print(f"{classes} classes, {killed.total()} kills, {wrong} classes wrong", flush=True)
    print(f"{classes * SUBMISSIONS} submissions; killed: {dict(killed)}; classes that were wrong: {wrong}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
