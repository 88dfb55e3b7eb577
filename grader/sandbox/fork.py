"""One job of the server: fork a child, confine it, run the entry in it, and clear up behind it."""

from __future__ import annotations

import mmap
import os
import shutil
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
from grader.sandbox.frames import NEVER, receive_frame
from grader.sandbox.gpu import Watch
from grader.sandbox.limits import OUT_OF_MEMORY_CODE

Entry = Callable[[Channel], None]

CONFINED = b"confined"
"""A child's first frame: every layer holds, and nothing of a student's has run yet. Another says why not."""

LONGEST_GREETING = 2**12

_SWEEPS = 100

_exit = os._exit  # kept here, because a child's code may replace the name in `os`


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the server has ready for its children; `own` is its pid namespace, if it can make others."""

    entry: Entry
    walls: confine.Walls
    own: int | None


@dataclass(frozen=True, slots=True)
class Job:
    """A child that runs."""

    pid: int
    pidfd: int


def launch(prepared: Prepared, channel: int) -> Job:
    """Forks a child that runs the entry over `channel`."""
    pid = os.fork() if prepared.own is None else namespaces.fork(prepared.own)
    if pid == 0:
        run(prepared, channel)
    return Job(pid=pid, pidfd=os.pidfd_open(pid))


def run(prepared: Prepared, channel: int) -> NoReturn:
    """What the child does. It ends here, whatever happens: above this frame lies the server's loop."""
    code = 1
    try:
        confine.keep_only(channel)
        sock = socket.socket(fileno=confine.CHANNEL_DESCRIPTOR)
        code = confined(prepared, Channel(sock))
    finally:
        _exit(code)


def confined(prepared: Prepared, channel: Channel) -> int:
    """Confines this process and runs the entry in it; returns the exit code."""
    try:
        confine.confine(prepared.walls)
    except OSError as error:
        channel.send(str(error).encode()[:LONGEST_GREETING])
        return 1
    channel.send(CONFINED)
    ballast = mmap.mmap(-1, confine.BALLAST, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    try:
        prepared.entry(channel)
    except MemoryError:
        ballast.close()
        return OUT_OF_MEMORY_CODE
    return 0


def watch(prepared: Prepared, job: Job) -> Watch | None:
    """What looks after a child's memory, where no limit does."""
    if prepared.walls.gpu is None or "limits" not in prepared.walls.layers:
        return None
    return Watch(job.pidfd, prepared.walls.usage.resident + prepared.walls.limits.memory)


def reap(prepared: Prepared, job: Job, at_rest: int = 0) -> Ended:
    """Waits until the child has ended and clears up behind it.

    Args:
        prepared: what it was launched with.
        job: the child.
        at_rest: bytes that a child has resident without doing anything; its peak is counted from there.

    Raises:
        ServerFailed: it left processes behind that do not end.
    """
    _, status, used = os.wait4(job.pid, 0)
    os.close(job.pidfd)
    if prepared.own is None:
        sweep()
        empty(Path(prepared.walls.box))
    code = os.waitstatus_to_exitcode(status)
    return Ended(
        signal=-code if code < 0 else None,
        code=code if code >= 0 else None,
        peak_memory=max(0, (used.ru_maxrss << 10) - at_rest),
        cpu_seconds=used.ru_utime + used.ru_stime,
    )


def probe(prepared: Prepared) -> int:
    """A child that does nothing: shows that the layers hold, and returns the memory it has resident.

    Raises:
        ServerFailed: a layer does not hold.
    """
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            idle = Prepared(entry=lambda _: None, walls=prepared.walls, own=prepared.own)
            job = launch(idle, theirs.fileno())
        greeting = receive_frame(ours, NEVER, LONGEST_GREETING)
    if greeting != CONFINED:
        raise ServerFailed(f"a child cannot be confined: {greeting.decode()}")
    return reap(prepared, job).peak_memory


def sweep() -> None:
    """Without a pid namespace: ends whatever the child left behind, which the kernel has made ours."""
    for _ in range(_SWEEPS):
        left = [int(pid) for pid in Path("/proc/thread-self/children").read_text(encoding="ascii").split()]
        if not left:
            return
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        for pid in left:
            os.waitpid(pid, 0)
    raise ServerFailed("a child left processes behind that start new ones faster than they can be ended")


def empty(folder: Path) -> None:
    """Without mounts of its own: removes what a child left in its box."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
