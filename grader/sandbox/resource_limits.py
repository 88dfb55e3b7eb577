"""The layer "limits": resource limits of the kernel on a child's memory, time, files and processes."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.sandbox.confine import Confinement
    from grader.sandbox.control import Plan

BALLAST = 24 << 20
"""Bytes that a child frees when memory runs out: without any, CPython can hardly raise MemoryError."""

_ADDRESS_SPACE_SLACK = 256 << 20
"""Bytes for libraries that a child maps only when it needs them: much address space, little memory."""

_PROCESSES_OUTSIDE = 2
"""The server and the process that waits for it, which live in the user namespace of the children."""


def apply(confinement: Confinement) -> None:
    """Set resource limits, as soft and hard limit alike.

    Two limits on memory, because DATA does not count shared mappings and AS counts too much. With a GPU there
    is none, since CUDA maps more address space than the machine has memory: the server watches the child's
    memory instead (`grader.sandbox.gpu.MemoryWatch`). The first process of a pid namespace does not notice a
    soft limit on processor time, only the hard one.
    """
    limits, usage = confinement.limits, confinement.usage
    wanted = {
        resource.RLIMIT_DATA: usage.data + BALLAST + limits.memory,
        resource.RLIMIT_AS: usage.address_space + BALLAST + limits.memory + _ADDRESS_SPACE_SLACK,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
    }
    if confinement.gpu is not None:
        del wanted[resource.RLIMIT_DATA], wanted[resource.RLIMIT_AS]
    if "namespaces" in confinement.layers:  # else it would count all processes of this user on the machine
        wanted[resource.RLIMIT_NPROC] = limits.processes + _PROCESSES_OUTSIDE
    for kind, value in wanted.items():
        _, hard = resource.getrlimit(kind)
        allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (allowed, allowed))


def probe(plan: Plan) -> None:
    """Do nothing: every Linux has resource limits."""
