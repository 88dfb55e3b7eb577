"""How much one child may use, and what its end was due to."""

from __future__ import annotations

import signal
from typing import Literal

import msgspec

Cause = Literal["exited", "crashed", "timeout", "out_of_memory"]

OUT_OF_MEMORY_CODE = 77
"""Exit code of a child whose `entry` raised MemoryError."""

_OUT_OF_MEMORY_SHARE = 0.9
"""From this share of the memory limit on, a violent end is attributed to it.

Exhausted memory has no signal of its own: a failed allocation may surface as SIGSEGV, as abort(), or as an
interpreter that spins because it cannot even raise MemoryError. All of them have a high peak.
"""

_TIMEOUT_SHARE = 0.5
"""From this share of the time limit on, a kill by anyone else than the grader is attributed to it.

The kernel limits the time that it counts in ticks and reports the time that it measured. On shared cores it
counts whole ticks of which the process had only a part.
"""


class Limits(msgspec.Struct, frozen=True):
    """What one child may use.

    Args:
        memory: bytes beyond those of the preloaded server.
        cpu_seconds: of all its threads together, in whole seconds.
        processes: processes and threads of its own, itself included. Answers on the CPU need one or a few,
            CUDA more. Enforced only with "namespaces", and not if root runs the grader without bubblewrap.
        file_size: bytes per file.
        open_files: open descriptors.
        box: bytes of its folder for temporary files, which is in memory. Enforced only with "namespaces".
    """

    memory: int = 1 << 30
    cpu_seconds: int = 60
    processes: int = 8
    file_size: int = 64 << 20
    open_files: int = 256
    box: int = 64 << 20


class Exit(msgspec.Struct, frozen=True):
    """How a child ended.

    Args:
        signal: the signal that ended it, or None.
        code: its exit code, or None when a signal ended it.
        peak_memory: the most bytes it had resident, beyond those that every child starts with.
        cpu_seconds: user and system time together.
        killed: whether the grader ended it.
    """

    signal: int | None
    code: int | None
    peak_memory: int
    cpu_seconds: float
    killed: bool

    def cause(self, limits: Limits) -> Cause:
        """Return what the end was due to; for a child that the grader killed that is "timeout".

        For the first process of a pid namespace, abort() shows as SIGSEGV, and used-up processor time as
        SIGKILL: so the time it used decides.
        """
        if self.code == OUT_OF_MEMORY_CODE:
            return "out_of_memory"
        violent = self.killed or self.signal is not None
        if violent and self.peak_memory >= _OUT_OF_MEMORY_SHARE * limits.memory:
            return "out_of_memory"
        out_of_time = self.cpu_seconds >= _TIMEOUT_SHARE * limits.cpu_seconds
        spent = self.signal in {signal.SIGKILL, signal.SIGXCPU} and out_of_time
        if self.killed or spent:
            return "timeout"
        return "exited" if self.signal is None else "crashed"
