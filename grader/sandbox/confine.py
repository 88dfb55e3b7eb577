"""What a child gives up before it runs anything of a student's: one function a layer, applied in order."""

from __future__ import annotations

import os
import resource
import signal
from pathlib import Path

import msgspec

from grader.sandbox import kernel
from grader.sandbox.gpu import Gpu
from grader.sandbox.layers import Layer
from grader.sandbox.limits import Limits

CHANNEL_DESCRIPTOR = 3
"""Where a confined child finds its channel: the one descriptor it keeps besides its three to /dev/null."""

BALLAST = 24 << 20
"""Memory that a child lets go of when it has none left: without any, CPython can hardly raise MemoryError."""

_ADDRESS_SPACE_SLACK = 256 << 20
"""Libraries that a child maps only when it needs them count as address space, but use next to no memory."""

_PROCESSES_OUTSIDE = 2
"""In the user namespace of the children live the server and the process that waits for it."""


class Usage(msgspec.Struct, frozen=True):
    """What the server itself uses, in bytes: a fork starts from there, so limits are counted from there."""

    address_space: int
    data: int
    resident: int


class Walls(msgspec.Struct, frozen=True):
    """What the server finds out once, for all its children.

    Args:
        limits: what a child may use.
        usage: what the server uses.
        layers: what holds, and so is applied to each child.
        box: the folder in which a child may write.
        readable: files and folders that a child may read.
        filter: the program that decides on its system calls.
        gpu: the GPU that it may use, if any.
    """

    limits: Limits
    usage: Usage
    layers: frozenset[Layer]
    box: str
    readable: tuple[str, ...]
    filter: bytes
    gpu: Gpu | None = None


def confine(walls: Walls) -> None:
    """Applies all layers but `keep_only` to this process, which was just forked.

    Raises:
        OSError: a layer does not hold; nothing untrusted may run then.
    """
    tie_to_parent()
    if "namespaces" in walls.layers:
        isolate(walls.box, walls.limits.box, keeps_proc=walls.gpu is not None)
    os.chdir(walls.box)
    if "limits" in walls.layers:
        limit(walls)
    give_up_privileges()
    if "landlock" in walls.layers:
        from grader.sandbox import landlock  # not at the top: it needs a binding that may be missing

        landlock.restrict(walls.readable, walls.box, devices(walls.gpu))
    if "seccomp" in walls.layers:
        kernel.load_filter(walls.filter)


def devices(gpu: Gpu | None) -> tuple[str, ...]:
    """The device files that a child may use, besides those that every program has."""
    return () if gpu is None else gpu.devices


def tie_to_parent() -> None:
    """Ends with the server, and has no terminal and no process group in common with anyone."""
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    os.setsid()


def keep_only(channel: int) -> None:
    """Keeps only `channel`, as CHANNEL_DESCRIPTOR; the standard streams lead nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(CHANNEL_DESCRIPTOR):
        os.dup2(nowhere, stream)
    if channel != CHANNEL_DESCRIPTOR:
        os.dup2(channel, CHANNEL_DESCRIPTOR)
    os.set_inheritable(CHANNEL_DESCRIPTOR, False)  # noqa: FBT003 - it takes no keyword
    os.closerange(CHANNEL_DESCRIPTOR + 1, os.sysconf("SC_OPEN_MAX"))


def isolate(box: str, size: int, *, keeps_proc: bool = False) -> None:
    """Leaves the network, the mounts and the ipc objects of the server; gets a box of its own, and no /proc.

    Processes were left at the fork: `namespaces.fork`. /proc goes because it would show those of the server,
    unless it is to stay, and /dev/shm is fresh so that no child leaves a message there for the next.
    """
    kernel.unshare(
        kernel.CLONE_NEWNET
        | kernel.CLONE_NEWIPC
        | kernel.CLONE_NEWUTS
        | kernel.CLONE_NEWNS
        | kernel.CLONE_NEWCGROUP
    )
    kernel.mount("none", "/", kernel.MS_REC | kernel.MS_PRIVATE)
    flags = kernel.MS_NOSUID | kernel.MS_NODEV
    kernel.mount("tmpfs", box, flags, f"size={size},mode=0700")
    if Path("/dev/shm").is_dir():  # noqa: S108 - a mount point, not a file of ours
        kernel.mount("tmpfs", "/dev/shm", flags, f"size={size},mode=1777")  # noqa: S108 - the same
    if not keeps_proc:
        kernel.mount("tmpfs", "/proc", flags | kernel.MS_RDONLY, "size=4k,mode=0555")


def limit(walls: Walls) -> None:
    """Sets resource limits, as soft and hard limit alike.

    Two limits on memory, because DATA does not count shared mappings and AS counts too much; none where CUDA
    is used, which maps more than there is: there the server watches (`gpu.Watch`). The first process of a pid
    namespace does not notice a soft limit of processor time, only the hard one.
    """
    limits, usage = walls.limits, walls.usage
    wanted = {
        resource.RLIMIT_DATA: usage.data + BALLAST + limits.memory,
        resource.RLIMIT_AS: usage.address_space + BALLAST + limits.memory + _ADDRESS_SPACE_SLACK,
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
    }
    if walls.gpu is not None:
        del wanted[resource.RLIMIT_DATA], wanted[resource.RLIMIT_AS]
    if "namespaces" in walls.layers:  # elsewhere it would count everything that this user runs on the machine
        wanted[resource.RLIMIT_NPROC] = limits.processes + _PROCESSES_OUTSIDE
    for kind, value in wanted.items():
        _, hard = resource.getrlimit(kind)
        least = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (least, least))


def give_up_privileges() -> None:
    """No capabilities, and no way to get any by running a program."""
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.drop_capabilities()
