"""What runs inside the sandbox: a preloaded process with one thread that forks a confined child for each job.

Started by `grader.sandbox.Server` as `python -m grader.sandbox.server DESCRIPTOR PLAN`: the descriptor is its
control socket, the plan a `control.Plan` in JSON.
"""

from __future__ import annotations

import contextlib
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

from grader.sandbox import confine, fork, gpu, kernel, namespaces, probe
from grader.sandbox.control import Fork, Forked, Plan, Ready, Started, hear, say
from grader.sandbox.errors import ChannelClosed, ServerFailed
from grader.sandbox.layers import LAYERS, Layer

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from grader.sandbox.fork import Entry


def main(arguments: list[str]) -> None:
    """Runs the server until the grader closes the control socket.

    Raises:
        ServerFailed: the server is not what the children may be forked from.
    """
    control = socket.socket(fileno=int(arguments[0]))
    plan = msgspec.json.decode(arguments[1], type=Plan)
    if plan.user is not None:
        become(plan.user)
    missing = lacking(plan)
    layers = frozenset(plan.layers) - missing.keys()
    own: int | None = None
    if "namespaces" in layers:
        namespaces.enter()
        own = namespaces.own_pid_namespace()
    else:
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    say(control, Started())
    sys.path.append(plan.course)
    entry = preload(plan)
    walls = confine.Walls(
        limits=plan.limits,
        usage=usage(),
        layers=layers,
        box=plan.box,
        readable=plan.readable,
        filter=plan.filter,
        gpu=plan.gpu,
    )
    ready = Ready(layers=tuple(one for one in LAYERS if one in layers), missing=missing)
    serve(control, fork.Prepared(entry=entry, walls=walls, own=own), ready)
    os._exit(0)  # there is nothing to tidy up, and torch takes its time with it


def lacking(plan: Plan) -> dict[Layer, str]:
    """Which layers of a plan this machine lacks, and why: each is tried out in a process of its own."""
    trials: dict[Layer, Callable[[], None]] = {
        "namespaces": lambda: namespaces.try_out(
            lambda: confine.isolate(plan.box, plan.limits.box, keeps_proc=plan.gpu is not None)
        ),
        "landlock": lambda: files().restrict(plan.readable, plan.box, confine.devices(plan.gpu)),
        "seccomp": lambda: try_filter(plan.filter),
    }
    found = {layer: probe.complaint(trials[layer]) for layer in plan.layers if layer in trials}
    return {layer: why for layer, why in found.items() if why}


def files() -> ModuleType:
    """The module for Landlock, whose binding may be missing; imported here, it is there in each child."""
    return importlib.import_module("grader.sandbox.landlock")


def try_filter(program: bytes) -> None:
    """Loads a filter, which must then forbid what it is there to forbid.

    Raises:
        OSError: this kernel has no such filters, or it forbids nothing.
    """
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.load_filter(program)
    try:
        socket.socket().close()
    except PermissionError:
        return
    raise OSError("the filter was loaded and forbids nothing")


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
    if "landlock" in plan.layers:
        with contextlib.suppress(ImportError):
            files()
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
    size, data, resident = (int(fields[name].split()[0]) << 10 for name in ("VmSize", "VmData", "VmRSS"))
    return confine.Usage(address_space=size, data=data, resident=resident)


def serve(control: socket.socket, prepared: fork.Prepared, ready: Ready) -> None:
    """Forks a child for each request, one at a time, until the grader is gone."""
    at_rest = fork.probe(prepared)
    say(control, ready)
    while True:
        try:
            request, descriptors = hear(control)
        except ChannelClosed:
            return
        if not isinstance(request, Fork) or len(descriptors) != 1:
            raise ServerFailed(f"expected a request to fork, got {request}")
        job = fork.launch(prepared, descriptors[0])
        os.close(descriptors[0])
        say(control, Forked(), (job.pidfd,))
        if not ended_by_itself(prepared, job, control):
            signal.pidfd_send_signal(job.pidfd, signal.SIGKILL)
        say(control, fork.reap(prepared, job, at_rest))


def ended_by_itself(prepared: fork.Prepared, job: fork.Job, control: socket.socket) -> bool:
    """Waits for the end of a child, and says whether it has come.

    It hasn't where the grader is gone, or confused, or where the child has more memory than it may have.
    """
    ends = select.poll()
    ends.register(job.pidfd, select.POLLIN)
    ends.register(control, select.POLLIN)
    watch = fork.watch(prepared, job)
    while not (found := ends.poll(None if watch is None else gpu.POLL_MILLISECONDS)):
        if watch is not None and watch.exceeded():
            return False
    return any(descriptor == job.pidfd for descriptor, _ in found)


if __name__ == "__main__":
    main(sys.argv[1:])
