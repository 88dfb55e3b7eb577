"""Fork a child of the server, confine it, run the entry in it, and clean up after it."""

from __future__ import annotations

import mmap
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from grader.sandbox import confine, namespaces
from grader.sandbox.channel import Channel
from grader.sandbox.control import Ended
from grader.sandbox.errors import ServerFailed
from grader.sandbox.folders import empty_folder
from grader.sandbox.frames import NEVER, receive_frame
from grader.sandbox.gpu import MemoryWatch
from grader.sandbox.limits import OUT_OF_MEMORY_CODE
from grader.sandbox.resource_limits import BALLAST

Entry = Callable[[Channel], None]

CONFINED = b"confined"
"""A child's first frame: all layers are applied, and no code of a student's has run. Else: what failed."""

MAX_GREETING_BYTES = 2**12

_MAX_KILL_ROUNDS = 100

_exit = os._exit  # saved here, because a child's code may replace the name in `os`


@dataclass(frozen=True, slots=True)
class ChildTemplate:
    """What all children of a server have in common.

    Args:
        entry: the function that each child runs.
        confinement: how each child is confined.
        pid_namespace: the server's pid namespace, if it can create others for its children.
        spared: a process that the server started and that is not one of its children's.
    """

    entry: Entry
    confinement: confine.Confinement
    pid_namespace: int | None
    spared: int | None = None


@dataclass(frozen=True, slots=True)
class RunningChild:
    """A child that runs."""

    pid: int
    pidfd: int


def launch(template: ChildTemplate, channel: int) -> RunningChild:
    """Fork a child that runs the entry over the descriptor `channel`."""
    pid = namespaces.fork(template.pid_namespace)
    if pid == 0:
        run_child(template, channel)
    return RunningChild(pid=pid, pidfd=os.pidfd_open(pid))


def run_child(template: ChildTemplate, channel: int) -> NoReturn:
    """Run in the child, and end it in any case: the frame above this one is the server's loop."""
    code = 1
    try:
        confine.close_other_descriptors(channel)
        sock = socket.socket(fileno=confine.CHANNEL_DESCRIPTOR)
        code = run_confined(template, Channel(sock))
    finally:
        _exit(code)


def run_confined(template: ChildTemplate, channel: Channel) -> int:
    """Confine this process, run the entry in it, and return the exit code."""
    try:
        confine.confine(template.confinement)
    except OSError as error:
        channel.send(str(error).encode()[:MAX_GREETING_BYTES])
        return 1
    channel.send(CONFINED)
    ballast = mmap.mmap(-1, BALLAST, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    try:
        template.entry(channel)
    except MemoryError:
        ballast.close()
        return OUT_OF_MEMORY_CODE
    return 0


def memory_watch(template: ChildTemplate, child: RunningChild) -> MemoryWatch | None:
    """Return what watches a child's memory, where no resource limit bounds it; else None."""
    confinement = template.confinement
    if confinement.gpu is None or "limits" not in confinement.layers:
        return None
    return MemoryWatch(child.pidfd, confinement.usage.resident + confinement.limits.memory)


def reap(template: ChildTemplate, child: RunningChild, baseline: int = 0) -> Ended:
    """Wait until the child has ended, and clean up after it.

    Args:
        template: the template it was launched with.
        child: the child.
        baseline: bytes that a child has resident without doing anything; its peak is counted from there.

    Raises:
        ServerFailed: processes that it started can't be ended.
    """
    _, status, used = os.wait4(child.pid, 0)
    os.close(child.pidfd)
    if template.pid_namespace is None:
        end_descendants(template.spared)
        empty_folder(Path(template.confinement.box))
    code = os.waitstatus_to_exitcode(status)
    return Ended(
        signal=-code if code < 0 else None,
        code=code if code >= 0 else None,
        peak_memory=max(0, (used.ru_maxrss << 10) - baseline),
        cpu_seconds=used.ru_utime + used.ru_stime,
    )


def probe_child(template: ChildTemplate) -> int:
    """Run a child that does nothing, to test that all layers can be applied; return its resident memory.

    Raises:
        ServerFailed: a layer can't be applied.
    """
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            idle = ChildTemplate(
                entry=lambda _: None,
                confinement=template.confinement,
                pid_namespace=template.pid_namespace,
                spared=template.spared,
            )
            child = launch(idle, theirs.fileno())
        greeting = receive_frame(ours, NEVER, MAX_GREETING_BYTES)
    if greeting != CONFINED:
        raise ServerFailed(f"a child cannot be confined: {greeting.decode()}")
    return reap(template, child).peak_memory


def end_descendants(spared: int | None = None) -> None:
    """Without a pid namespace: kill all processes that the child left, which are now the server's children.

    Args:
        spared: one of the server's own, which goes on.

    Raises:
        ServerFailed: they start new ones faster than they can be killed.
    """
    for _ in range(_MAX_KILL_ROUNDS):
        children = Path("/proc/thread-self/children").read_text(encoding="ascii").split()
        left = [pid for pid in map(int, children) if pid != spared]
        if not left:
            return
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        for pid in left:
            os.waitpid(pid, 0)
    raise ServerFailed("a child left processes behind that start new ones faster than they can be ended")
