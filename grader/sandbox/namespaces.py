"""The layer "namespaces": a process namespace and mounts of its own for each child.

When the first process of a pid namespace ends, the kernel ends all others in it: so nothing that a child
started outlives the child. To create such a namespace for each child, and to return to its own in between,
the server needs privileges over its own pid namespace. So it lives in a user namespace and a pid namespace
that it created itself, which needs no privileges outside.

Where children use a GPU, server and children share the numbers of processes that /proc shows: CUDA looks its
own threads up there (`grader.sandbox.gpu`). The filter keeps a child from starting processes.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from grader.sandbox import kernel

if TYPE_CHECKING:
    from grader.sandbox.confine import Confinement
    from grader.sandbox.control import Plan

_FIRST_FREE_DESCRIPTOR = 3


def enter(*, keep_pids: bool = False) -> None:
    """Continue as the first process of a new pid namespace, in a user namespace that maps only this user.

    The calling process stays outside, and ends when the new one does. Call this while there is one thread.
    With `keep_pids`, there is no pid namespace, and the calling process goes on itself.

    Raises:
        OSError: this machine forbids it.
    """
    user, group = os.getuid(), os.getgid()
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)  # else a process that changed its user may not write its maps
    kernel.unshare(kernel.CLONE_NEWUSER | (0 if keep_pids else kernel.CLONE_NEWPID))
    for file, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        (Path("/proc/self") / file).write_text(text, encoding="ascii")
    if keep_pids:
        return
    inner = os.fork()
    if inner:
        os.closerange(_FIRST_FREE_DESCRIPTOR, os.sysconf("SC_OPEN_MAX"))  # the sockets are the inner one's
        code = os.waitstatus_to_exitcode(os.waitpid(inner, 0)[1])
        os._exit(code if code >= 0 else 128 - code)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)


def open_pid_namespace() -> int:
    """Return a descriptor of the pid namespace of this process."""
    return os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)


def fork(own: int | None) -> int:
    """Fork as `os.fork` does; the child is the first process of a new pid namespace.

    Args:
        own: what `open_pid_namespace` returned; later forks of this process start in that namespace again.
            None: the child stays in this process's pid namespace.
    """
    if own is None:
        return os.fork()
    kernel.unshare(kernel.CLONE_NEWPID)
    try:
        child = os.fork()
    except BaseException:
        kernel.setns(own, kernel.CLONE_NEWPID)
        raise
    if child:
        kernel.setns(own, kernel.CLONE_NEWPID)
    return child


def apply(confinement: Confinement) -> None:
    """Separate this process, which `fork` created, from the server. Raises `OSError`."""
    isolate(
        confinement.box,
        confinement.limits.box,
        covered=confinement.covered,
        keep_proc=confinement.gpu is not None,
    )


def probe(plan: Plan) -> None:
    """Do what a server and its child do: `enter`, and then `isolate`. For a process made for this.

    Raises:
        OSError: this machine forbids it.
    """
    keep_pids = plan.gpu is not None
    enter(keep_pids=keep_pids)
    child = fork(None if keep_pids else open_pid_namespace())
    if child == 0:
        code = 1
        try:
            isolate(plan.box, plan.limits.box, keep_proc=plan.gpu is not None)
            code = 0
        finally:
            os._exit(code)
    if os.waitpid(child, 0)[1]:
        raise OSError("a child can't leave the mounts, the network or the ipc objects of the server")


def isolate(box: str, size: int, *, covered: str = "", keep_proc: bool = False) -> None:
    """Leave the network, the mounts and the ipc objects of the server; mount a box of `size` bytes.

    The pid namespace was left at the fork, but for a child with a GPU. /proc is covered, because it would
    show the server's processes, unless `keep_proc`, and so is the folder `covered`. /dev/shm is fresh, so
    that no child leaves a message there for the next one.
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
    for folder in (*([] if keep_proc else ["/proc"]), *([covered] if covered else [])):
        kernel.mount("tmpfs", folder, flags | kernel.MS_RDONLY, "size=4k,mode=0555")
