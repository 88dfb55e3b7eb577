"""How much one child may use, and how its end is to be read."""

from __future__ import annotations

import signal
from typing import Literal

import msgspec

Cause = Literal["exited", "crashed", "timeout", "out_of_memory"]

OUT_OF_MEMORY_CODE = 77
"""Exit code of a child whose `entry` was left by a MemoryError."""

_MUCH_MEMORY = 0.9
"""From this part of the limit on, a violent end is put down to it.

Exhausted memory has no signal of its own: a failed allocation may surface as SIGSEGV, as abort(), or as an
interpreter that spins because it cannot even raise MemoryError. What they share is the peak.
"""

_MUCH_TIME = 0.5
"""From this part of the limit on, a kill that was not the grader's is put down to processor time.

The kernel limits the time that it counts in ticks, and reports the time that it measured. Where others use
the same cores, or the host takes them away, whole ticks are counted of which the process had a part.
"""


class Limits(msgspec.Struct, frozen=True):
    """What one child may use.

    Args:
        memory: bytes beyond what the preloaded server has already.
        cpu_seconds: of all its threads together, in whole seconds.
        processes: processes and threads of its own, itself included. Held only with "namespaces" (see
            `Server.layers`), and not where root runs the grader without bubblewrap.
        file_size: bytes a file.
        open_files: descriptors at a time.
        box: bytes of its folder for temporary files, which is in memory. Held only with "namespaces".
    """

    memory: int = 1 << 30
    cpu_seconds: int = 60
    processes: int = 32
    file_size: int = 64 << 20
    open_files: int = 256
    box: int = 64 << 20


class Exit(msgspec.Struct, frozen=True):
    """How a child ended.

    Args:
        signal: the signal that ended it, or None.
        code: its exit code, or None when a signal ended it.
        peak_memory: bytes resident at its worst, beyond what every child has from the start.
        cpu_seconds: user and system time.
        killed: whether the grader ended it.
    """

    signal: int | None
    code: int | None
    peak_memory: int
    cpu_seconds: float
    killed: bool

    def cause(self, limits: Limits) -> Cause:
        """What the end was due to; "timeout" is also said of every child that the grader killed.

        As the first process of its pid namespace a child shows abort() as SIGSEGV, and its processor time
        running out as SIGKILL; so the time used is what tells.
        """
        if self.code == OUT_OF_MEMORY_CODE:
            return "out_of_memory"
        violent = self.killed or self.signal is not None
        if violent and self.peak_memory >= _MUCH_MEMORY * limits.memory:
            return "out_of_memory"
        out_of_time = self.cpu_seconds >= _MUCH_TIME * limits.cpu_seconds
        spent = self.signal in {signal.SIGKILL, signal.SIGXCPU} and out_of_time
        if self.killed or spent:
            return "timeout"
        return "exited" if self.signal is None else "crashed"
