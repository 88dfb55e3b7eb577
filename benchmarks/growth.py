"""How grading grows: time and memory against submissions and cores.

    python benchmarks/growth.py [--submissions 10 100 1000] [--jobs 1 2]

Submissions are mixtures of right answers to the three quick functions of `peers`, each with a line of its
own, so that nothing is graded once for several. Beside each time stands the limit: the same calls and
comparisons in one warm process, without a sandbox. So many jobs run on as many cores. What workers of a
cluster cost more shows `cluster_workers.py`.
"""

from __future__ import annotations

import argparse
import importlib
import os
import shlex
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent / "peers"))

import assignment
from contestants import HERE, Gradbook
from measuring import Command, Cost, measured
from run import import_torch, limit, sources, surroundings

if TYPE_CHECKING:
    from collections.abc import Sequence

MIB = 2**20
HOUR = 3600


def main() -> None:
    """Print a table for each number of jobs."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--submissions", type=int, nargs="+", default=[10, 100, 1000])
    options.add_argument("--jobs", type=int, nargs="*", default=[1, 2])
    chosen = options.parse_args()
    sys.path.insert(0, str(HERE / "styles"))
    assignment.write_expected(importlib.import_module("plain"))
    base, least = import_torch(), limit(assignment.QUICK)
    print(f"import torch: {base.wall:.2f} s; the limit: {1000 * least.wall:.1f} ms a submission")
    for jobs in chosen.jobs:
        cores = sorted(os.sched_getaffinity(0))[:jobs]
        print(f"\n{jobs} job(s), {len(cores)} core(s)")
        table(chosen.submissions, least, jobs, cores)


def table(counts: Sequence[int], least: Cost, jobs: int, cores: Sequence[int]) -> None:
    """Print what each number of submissions costs; time after start-up is told by two numbers of them."""
    print(f"{'submissions':>12} {'s':>9} {'ms each more':>13} {'x the limit':>12} {'an hour':>9}", end="")
    print(f" {'MiB, all':>9} {'kB written each':>16}")
    before: tuple[int, float] | None = None
    for count in counts:
        cost, written = graded(count, jobs, cores)
        print(f"{count:>12,} {cost.wall:>9.1f}", end="")
        if before is None:
            print(f"{'':>14}{'':>13}{'':>10}", end="")
        else:
            each = (cost.wall - before[1]) / (count - before[0])
            print(f" {1000 * each:>13.1f} {each / least.wall:>12.2f} {HOUR / each:>9,.0f}", end="")
        print(f" {cost.memory / MIB:>9.0f} {written / count / 1000:>16.1f}", flush=True)
        before = count, cost.wall


def graded(count: int, jobs: int, cores: Sequence[int]) -> tuple[Cost, int]:
    """Return what it costs to grade so many submissions, and how many bytes of output there are."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = {student: f"{text}\n# {student}\n" for student, text in sources(count).items()}
        (command,) = Gradbook().prepare(folder, texts, assignment.QUICK)
        shell = command.arguments[2].replace("--jobs 1", f"--jobs {jobs}")
        shell = f"taskset -c {','.join(map(str, cores))} sh -c {shlex.quote(shell)}"
        cost = measured([Command(["/bin/sh", "-c", shell], folder)], surroundings(assignment.QUICK))
        points = Gradbook().points(folder)
        written = sum(path.stat().st_size for path in (folder / "out").rglob("*") if path.is_file())
    if len(points) != count or set(points.values()) != {1.0}:
        sys.exit(f"{count} right submissions got other points: {set(points.values())}")
    return cost, written


if __name__ == "__main__":
    main()
