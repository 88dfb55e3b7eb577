"""How much of the processors a child gets: a share of the cores, and there what trusted processes leave.

Where a run lives in a control group, as in every container, all its threads compete with each other: a child
with many would starve its neighbours. So the children of each worker keep to cores of their own, as far as
there are enough, and yield to the run, its workers and its servers. The layer "seccomp" keeps a child from
undoing this.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

NICENESS: Final = 2
"""Two processes that compute get 61% and 39% of a core, if this is their difference.

It is small, because other programs of this machine may compute, too, and by the clock a time limit ends after
three times as long.
"""


def share_of_cores(worker: int, workers: int) -> tuple[int, ...]:
    """Return the cores for the children of a worker, of all that this process may use.

    As far as there are enough, no two workers have one in common.
    """
    cores = sorted(os.sched_getaffinity(0))
    shares = min(workers, len(cores))
    return tuple(cores[worker % shares :: shares])


def yield_to_others(cores: Sequence[int]) -> None:
    """Lower the priority of this process for good, and keep it to these cores; without any, to all.

    It needs /proc, and is to be called after `os.setsid`: a session is a group of processes that Linux
    schedules as one. Its niceness is set as far as Linux allows, which refuses more than ten such requests a
    second. If all of the cores have gone offline, that is no error: this process then runs on any.
    """
    os.nice(NICENESS)
    with contextlib.suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(NICENESS), encoding="ascii")
    if cores:
        with contextlib.suppress(OSError):
            os.sched_setaffinity(0, cores)
