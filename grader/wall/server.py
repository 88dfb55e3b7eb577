"""What runs inside the sandbox: a preloaded process with one thread that forks a confined child for each job.

Started by `grader.wall.Server` as `python -m grader.wall.server DESCRIPTOR PLAN`: the descriptor is its
control socket, the plan a `control.Plan` in JSON.
"""

from __future__ import annotations

import gc
import importlib
import os
import select
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from grader.wall import confine, jobs, kernel, namespaces
from grader.wall.control import Fork, Forked, Plan, Ready, Started, hear, say
from grader.wall.errors import ChannelClosed, ServerFailed

if TYPE_CHECKING:
    from grader.wall.jobs import Entry


def main(arguments: list[str]) -> None:
    """Runs the server until the grader closes the control socket.

    Raises:
        ServerFailed: the server is not what the children may be forked from.
    """
    control = socket.socket(fileno=int(arguments[0]))
    plan = msgspec.json.decode(arguments[1], type=Plan)
    if plan.user is not None:
        become(plan.user)
    own: int | None = None
    if namespaces.available(lambda: confine.isolate(plan.box, plan.limits.box)):
        namespaces.enter()
        own = namespaces.own_pid_namespace()
    else:
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    say(control, Started())
    sys.path.append(plan.course)
    entry = preload(plan)
    walls = confine.Walls(limits=plan.limits, usage=usage(), namespaces=own is not None, box=plan.box)
    serve(control, jobs.Prepared(entry=entry, walls=walls, own=own))
    os._exit(0)  # there is nothing to tidy up, and torch takes its time with it


def become(user: int) -> None:
    """Turns from root into `user` for good: limits on processes do not hold for root."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def preload(plan: Plan) -> Entry:
    """Warms up, and returns the entry for the children.

    The collector then forgets what is there: else its first run in each child would copy all of it.

    Raises:
        ServerFailed: the warm-up left threads behind; a lock that one of them holds would hang a child.
    """
    entry: Entry = resolve(plan.entry)
    resolve(plan.warm)()
    gc.collect()
    gc.freeze()
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads != 1:
        raise ServerFailed(f"{plan.warm} left {threads} threads running; a server that forks must have one")
    return entry


def resolve(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """The object that `module:function` names."""
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


def usage() -> confine.Usage:
    """What this process uses now."""
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    size, data = (int(fields[name].split()[0]) << 10 for name in ("VmSize", "VmData"))
    return confine.Usage(address_space=size, data=data)


def serve(control: socket.socket, prepared: jobs.Prepared) -> None:
    """Forks a child for each request, one at a time, until the grader is gone."""
    at_rest = jobs.probe(prepared)
    layers = ("namespaces", "limits") if prepared.walls.namespaces else ("limits",)
    say(control, Ready(layers=layers))
    while True:
        try:
            request, descriptors = hear(control)
        except ChannelClosed:
            return
        if not isinstance(request, Fork) or len(descriptors) != 1:
            raise ServerFailed(f"expected a request to fork, got {request}")
        job = jobs.launch(prepared, descriptors[0])
        os.close(descriptors[0])
        say(control, Forked(), (job.pidfd,))
        ends = select.poll()
        ends.register(job.pidfd, select.POLLIN)
        ends.register(control, select.POLLIN)
        if all(descriptor != job.pidfd for descriptor, _ in ends.poll()):
            signal.pidfd_send_signal(job.pidfd, signal.SIGKILL)  # the grader is gone, or confused
        say(control, jobs.reap(prepared, job, at_rest))


if __name__ == "__main__":
    main(sys.argv[1:])
