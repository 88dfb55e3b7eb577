"""Namespaces of the server's own, and a new process namespace for each child.

When the first process of a pid namespace ends, the kernel ends all others in it: so nothing that a child
started outlives the child. To make such a namespace for each child, and to return to its own in between, the
server needs privileges over its own pid namespace: it lives in a user namespace and a pid namespace that it
made itself, which needs no privileges outside.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from grader.sandbox import kernel

if TYPE_CHECKING:
    from collections.abc import Callable

_FIRST_FREE_DESCRIPTOR = 3


def enter() -> None:
    """Goes on as the first process of a new pid namespace, in a user namespace that maps only this user.

    The process that called stays behind as the one outside, and ends as this one does. Call it while there is
    one thread.

    Raises:
        OSError: this machine forbids it.
    """
    user, group = os.getuid(), os.getgid()
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)  # else a process that changed its user may not write its maps
    kernel.unshare(kernel.CLONE_NEWUSER | kernel.CLONE_NEWPID)
    for file, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        (Path("/proc/self") / file).write_text(text, encoding="ascii")
    inner = os.fork()
    if inner:
        os.closerange(_FIRST_FREE_DESCRIPTOR, os.sysconf("SC_OPEN_MAX"))  # the sockets are the inner one's
        code = os.waitstatus_to_exitcode(os.waitpid(inner, 0)[1])
        os._exit(code if code >= 0 else 128 - code)
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)


def own_pid_namespace() -> int:
    """A descriptor of the pid namespace that this process lives in."""
    return os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)


def fork(own: int) -> int:
    """Forks as `os.fork` does; the child is the first process of a new pid namespace.

    Args:
        own: what `own_pid_namespace` returned; whatever this process forks next is born there again.
    """
    kernel.unshare(kernel.CLONE_NEWPID)
    try:
        child = os.fork()
    except BaseException:
        kernel.setns(own, kernel.CLONE_NEWPID)
        raise
    if child:
        kernel.setns(own, kernel.CLONE_NEWPID)
    return child


def try_out(isolate: Callable[[], None]) -> None:
    """Does what a server and its child do: `enter`, and then `isolate`. For a process made for this.

    Raises:
        OSError: this machine forbids it.
    """
    enter()
    child = fork(own_pid_namespace())
    if child == 0:
        code = 1
        try:
            isolate()
            code = 0
        finally:
            os._exit(code)
    if os.waitpid(child, 0)[1]:
        raise OSError("a child can't leave the mounts, the network or the ipc objects of the server")
