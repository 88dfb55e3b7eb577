"""What commands cost: wall and processor seconds, and the memory of everything that they start."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PERIOD = 0.2
PARENT, TIMES = 1, slice(11, 15)
"""Where /proc/PID/stat has them, counted after the name: see proc_pid_stat(5)."""


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, seconds of processors, and bytes of memory at the peak."""

    wall: float
    cpu: float
    memory: float

    def over(self, other: Cost) -> Cost:
        """Return this cost as a multiple of another."""
        return Cost(self.wall / other.wall, self.cpu / other.cpu, self.memory / other.memory)


@dataclass(frozen=True)
class Command:
    """A command, and the folder in which it runs."""

    arguments: Sequence[str]
    folder: Path


def measured(commands: Sequence[Command], environment: Mapping[str, str]) -> Cost:
    """Run commands one after another, and return what they cost together; each must succeed."""
    wall = cpu = memory = 0.0
    for command in commands:
        cpu_before, started = _cpu_of_children(), time.perf_counter()
        with subprocess.Popen(
            command.arguments,
            cwd=command.folder,
            env=activated(command.arguments, environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            watch = _Watch(process.pid)
            said, _ = process.communicate()
            wall += time.perf_counter() - started
            watch.stop()
        if process.returncode:
            sys.exit(f"{' '.join(command.arguments)} in {command.folder} failed:\n{said[-3000:]}")
        # What a process used is handed on only to one that waits for it, and not all wait for all.
        cpu += max(_cpu_of_children() - cpu_before, watch.cpu)
        memory = max(memory, watch.peak)
    return Cost(wall, cpu, memory)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class _Watch:
    """Looks, in a thread, what a process and its descendants use; memory that they share counts once."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.peak = 0.0
        self.cpu = 0.0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Stop looking."""
        self.ended.set()
        self.thread.join()

    def _look(self) -> None:
        while not self.ended.wait(PERIOD):
            used = family(self.pid)
            self.cpu = max(self.cpu, sum(used.values()))
            self.peak = max(self.peak, sum(memory_of(pid) for pid in used))


def family(pid: int) -> dict[int, float]:
    """Return a process and its descendants, each with the processor seconds of its own and of its dead."""
    children: dict[int, list[int]] = {}
    seconds = {pid: 0.0}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        child = int(path.parent.name)
        children.setdefault(int(fields[PARENT]), []).append(child)
        seconds[child] = sum(int(ticks) for ticks in fields[TIMES]) / os.sysconf("SC_CLK_TCK")
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return {one: seconds[one] for one in found}


def memory_of(pid: int) -> int:
    """Return the bytes that a process has, its share of what it shares with others; 0 if it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))


def activated(arguments: Sequence[str], environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment with the folder of a program first on its path, where nbgrader looks."""
    folder = os.path.dirname(arguments[0])  # noqa: PTH120 - a Path has no empty parent
    return {**environment, "PATH": os.pathsep.join(filter(None, [folder, environment["PATH"]]))}


def environment(**named: str) -> dict[str, str]:
    """Return the environment of a command: this one, one thread for torch, and what is named."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "OMP_NUM_THREADS": "1", **named}
