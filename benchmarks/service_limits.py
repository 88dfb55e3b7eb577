"""What one submission needs where a service limits processor and memory, as Gradescope does by default.

The course's own solutions are graded as one submission, in the way `run_autograder` does it, in a control
group with a quota of processor time and a limit of memory. Printed are the points, the seconds by the clock,
and the most memory that all processes had together, with the cache of files, which gives way to them. It
needs root, and a kernel whose control groups can be written to.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from timing import ROOT, script

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUPS: Final = Path("/sys/fs/cgroup")
NAME: Final = "gradbook_limits"
PERIOD: Final = 100_000
MEBIBYTE: Final = 2**20
SERVICES: Final = ((0.5, 768), (1.0, 1536), (2.0, 3072))
"""Processors and MiB: Gradescope's default, and twice and four times as much."""
LIMIT: Final = 1800
"""Seconds; Gradescope allows 600 by default, and 2400 at most."""


class Group(NamedTuple):
    """The files of a control group: where processes are added, what they used, and the most memory."""

    members: list[Path]
    used: Path
    peak: Path

    @property
    def seconds(self) -> float:
        """Seconds of processors."""
        text = self.used.read_text()
        return int(text.split()[1]) / 1e6 if text.startswith("usage_usec") else int(text) / 1e9

    @property
    def mebibytes(self) -> float:
        """The most memory."""
        return int(self.peak.read_text()) / MEBIBYTE


def put(path: Path, value: object) -> None:
    """Write a setting of a control group."""
    path.write_text(f"{value}\n")


@contextlib.contextmanager
def limited(processors: float, memory: int) -> Iterator[Group]:
    """Make a control group."""
    unified = (GROUPS / "cgroup.controllers").exists()
    kinds = [""] if unified else ["cpu", "cpuacct", "memory"]
    folders = [GROUPS / kind / NAME for kind in kinds]
    for folder in folders:
        folder.mkdir(exist_ok=True)
    first, last = folders[0], folders[-1]
    if unified:
        put(first / "cpu.max", f"{int(processors * PERIOD)} {PERIOD}")
        put(first / "memory.max", memory * MEBIBYTE)
    else:
        put(first / "cpu.cfs_period_us", PERIOD)
        put(first / "cpu.cfs_quota_us", int(processors * PERIOD))
        put(last / "memory.limit_in_bytes", memory * MEBIBYTE)
    peak = last / ("memory.peak" if unified else "memory.max_usage_in_bytes")
    used = first / "cpu.stat" if unified else folders[1] / "cpuacct.usage"
    try:
        yield Group([folder / "cgroup.procs" for folder in folders], used, peak)
    finally:
        for folder in folders:
            with contextlib.suppress(OSError):  # a process of it has not ended yet
                folder.rmdir()


def measure(processors: float, memory: int, submission: Path, course: Path) -> None:
    """Grade a submission within limits, and print what it took."""
    with tempfile.TemporaryDirectory() as folder, limited(processors, memory) as group:
        out = Path(folder) / "out"

        def join() -> None:
            for members in group.members:
                put(members, os.getpid())

        command = [
            script("grader"), "grade", "--single", submission, "--course", course, "--out", out,
            "--sandbox", "weak", "--jobs", "1",
        ]  # fmt: skip
        started = time.perf_counter()
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(
                list(map(str, command)), preexec_fn=join, capture_output=True, check=False, timeout=LIMIT
            )
        seconds = time.perf_counter() - started
        reports = list(out.glob("submissions/*/report.json"))
        found = json.loads(reports[0].read_text()) if reports else {}
        points = f"{found.get('points')} of {found.get('max_points')}" if found else "no report"
        print(
            f"{processors:g} processors, {memory} MiB: {points}; {seconds:.0f} s by the clock, "
            f"{group.seconds:.0f} s of processors; {group.mebibytes:.0f} MiB with the cache of files"
        )


def main() -> None:
    """Measure each service's limits, or those of the options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processors", type=float)
    parser.add_argument("--memory", type=int, metavar="MIB")
    parser.add_argument("--course", type=Path, default=ROOT)
    options = parser.parse_args()
    if os.geteuid() or not os.access(GROUPS, os.W_OK):
        sys.exit("This needs root, and control groups that can be written to.")
    with tempfile.TemporaryDirectory() as folder:
        submission = Path(folder) / "solutions"
        left_out = shutil.ignore_patterns(
            "wheat", "chaff", "sample_class", "supplied", "__pycache__", "*.toml"
        )
        shutil.copytree(options.course / "reference", submission, ignore=left_out)
        given = options.processors is not None or options.memory is not None
        wanted = [(options.processors or 0.5, options.memory or 768)] if given else SERVICES
        for processors, memory in wanted:
            measure(processors, memory, submission, options.course)


if __name__ == "__main__":
    main()
