"""Time and memory of grading a class of 1,000, with one and two jobs.

    python benchmarks/large_class.py [--submissions 1000]

One section of every tenth submission is wrong. Training is left out.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from peers.measuring import family, memory_of
from timing import ROOT, SECTIONS, import_torch, script

from grader.course.course import load

if TYPE_CHECKING:
    from collections.abc import Iterator

PERIOD = 2.0
WRONG_EVERY = 10
FEW, MANY = 10, 110


def main() -> None:
    """Print time and memory of the whole class, and the speed-up of two jobs."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--submissions", type=int, default=1000)
    count = options.parse_args().submissions
    base = statistics.median(import_torch() for _ in range(5))
    print(f"import torch: {base:.2f} s")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        submissions = list(made(folder / "all", max(count, MANY)))
        rates = {jobs: rate(folder, submissions, jobs) for jobs in (1, 2)}
        for jobs, seconds in rates.items():
            print(
                f"{jobs} job(s): {seconds:.3f} s a submission, {seconds / base:.2f} x import torch",
                flush=True,
            )
        print(f"two jobs are {rates[1] / rates[2]:.2f} times as fast as one;", end=" ")
        print(f"on this machine, two independent processes are {machine_speed_up():.2f} times as fast as one")
        taken, memory = graded(folder, submissions[:count], jobs=2)
    print(f"{count} submissions, 2 jobs: {taken / 60:.1f} minutes, {taken / base:.0f} x import torch")
    early, late = statistics.median(memory[len(memory) // 10 :][:10]), statistics.median(memory[-15:-5])
    print(
        f"memory of all its processes: {early / 2**20:.0f} MiB early, {late / 2**20:.0f} MiB late,", end=" "
    )
    print(f"{late / early:.3f} times as much")


def made(folder: Path, count: int) -> Iterator[Path]:
    """Write the submissions: the reference's solutions, every tenth with one section made incorrect."""
    solutions = [next((ROOT / "reference").glob(f"*/{module}.py")) for module in SECTIONS]
    for number in range(count):
        for place, path in enumerate(solutions):
            target = folder / f"s{number:04}" / path.name
            target.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8")
            if number % WRONG_EVERY == 0 and number // WRONG_EVERY % len(solutions) == place:
                text = text.replace("return ", "return 2 * ", 1)
            target.write_text(f"{text}\n# submission {number}\n", encoding="utf-8")
        yield folder / f"s{number:04}"


def machine_speed_up(rounds: int = 5) -> float:
    """Return the speed-up of two independent processes: the limit of the machine."""
    count = [sys.executable, "-c", "for _ in range(20_000_000): pass"]

    def seconds(processes: int) -> float:
        started = time.perf_counter()
        running = [subprocess.Popen(count) for _ in range(processes)]
        for one in running:
            one.wait()
        return time.perf_counter() - started

    return statistics.median(2 * seconds(1) / seconds(2) for _ in range(rounds))


def rate(folder: Path, submissions: list[Path], jobs: int) -> float:
    """Return the seconds per submission after start-up: the difference between many and few."""
    few, many = (graded(folder, submissions[:count], jobs)[0] for count in (FEW, MANY))
    return (many - few) / (MANY - FEW)


def graded(folder: Path, submissions: list[Path], jobs: int) -> tuple[float, list[float]]:
    """Grade submissions; return the seconds, and the bytes of memory every few seconds."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    measured = [exercise for section, exercise in load(ROOT).exercises() if section.module in SECTIONS]
    quick = ",".join(one.name for one in measured if all(check.statistic is None for check in one.checks))
    command = [script("grader"), "grade", *map(str, submissions), "--single", "--out", str(folder / "out")]
    command += ["--only", quick, "--jobs", str(jobs), "--seed", "1"]
    memory: list[float] = []
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            memory.append(sum(memory_of(pid) for pid in family(process.pid)))
            time.sleep(PERIOD)
    if process.returncode:
        sys.exit(f"grader grade ended with {process.returncode}")
    return time.perf_counter() - started, memory


if __name__ == "__main__":
    main()
