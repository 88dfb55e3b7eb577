"""How much of the processors a child gets: what trusted processes leave, and of one core only.

Where a run lives in a control group, as in every container, all its threads compete with each other: a child
with many would starve its neighbours. Pinned to one core, it competes there only, and yields to the run, its
workers and its server. The layer "seccomp" keeps a child from undoing this.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Final

NICENESS: Final = 10
"""At this value a process gets about a tenth of what one at 0 gets where both compute."""


def core_for(worker: int) -> int:
    """Return the core for the children of a worker, by its number: neighbours get different ones.

    Other runs on this machine are likely to take others, because counting starts at the run's process id.
    """
    cores = sorted(os.sched_getaffinity(0))
    return cores[(os.getppid() + worker) % len(cores)]


def yield_to_others(core: int | None) -> None:
    """Lower the priority of this process for good, and pin it to `core`, unless that is None.

    It needs /proc, and is to be called after `os.setsid`: a session is a group of processes that Linux
    schedules as one. Its niceness is set as far as Linux allows, which refuses more than ten such requests a
    second. A core that has gone offline is no error: this process then runs on all.
    """
    os.nice(NICENESS)
    with contextlib.suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(NICENESS), encoding="ascii")
    if core is not None:
        with contextlib.suppress(OSError):
            os.sched_setaffinity(0, {core})
