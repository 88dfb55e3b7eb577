"""The preloaded server in the sandbox: a process with one thread that forks a confined child for each job.

Started by `grader.sandbox.Server` as `python -m grader.sandbox.server CONTROL EARLY PLAN`: the descriptors
of two control sockets, and a `control.Plan` in JSON. If the plan has early roles, a second process listens
at the second socket. It was forked before the warm-up, and forks the children of these roles as the first
process forks all others.
"""

from __future__ import annotations

import gc
import importlib
import os
import select
import signal
import socket
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import msgspec

from grader.sandbox import confine, fork, gpu, huge_pages, kernel, namespaces, probe
from grader.sandbox.control import Failed, Fork, Forked, Plan, Ready, Role, Started, receive, send
from grader.sandbox.errors import ChannelClosed, ServerFailed, ThreadsLeft
from grader.sandbox.layers import BY_NAME, LAYER_NAMES
from grader.sandbox.threads import ThreadTrace, lasting_threads
from grader.sandbox.visible import hide_modules

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.sandbox.fork import Entry
    from grader.sandbox.layers import LayerName


MANY: Final = 64
"""The number of children after which many more are to be expected.

Moving a server's memory to huge pages takes a few tenths of a second: what it spares some 30 children.
"""


def main(arguments: list[str]) -> None:
    """Run the server until the grader closes the control socket.

    Raises:
        ServerFailed: children can't be forked from this server.
    """
    control, early = (socket.socket(fileno=int(descriptor)) for descriptor in arguments[:2])
    plan = msgspec.json.decode(arguments[2], type=Plan)
    hide_modules(plan.hidden)
    if plan.user is not None:
        switch_user(plan.user)
    missing = missing_layers(plan)
    layers = frozenset(plan.layers) - missing.keys()
    pid_namespace: int | None = None  # children with a GPU have none, so a server that has such has none
    if "namespaces" in layers:
        namespaces.enter(keep_pids=plan.gpu is not None)
    if "namespaces" in layers and plan.gpu is None:
        pid_namespace = namespaces.open_pid_namespace()
    else:
        kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    send(control, Started())
    sys.path.append(plan.course)
    ready = Ready(layers=tuple(name for name in LAYER_NAMES if name in layers), missing=missing)
    pid = fork_early(pid_namespace) if plan.entries(early=True) else None
    is_early = pid == 0
    (control if is_early else early).close()
    run(early if is_early else control, plan, ready, pid_namespace, is_early=is_early, spared=pid or None)


def fork_early(pid_namespace: int | None) -> int:
    """Fork the process that the children of early roles are forked from, as `os.fork` does.

    Without a pid namespace, what its children leave becomes its own, as that of others becomes the server's.
    """
    pid = os.fork()
    if pid == 0:
        kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
        if pid_namespace is None:
            kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)
    return pid


def run(
    control: socket.socket,
    plan: Plan,
    ready: Ready,
    pid_namespace: int | None,
    *,
    is_early: bool,
    spared: int | None,
) -> NoReturn:
    """Get ready, and fork children until the grader closes the control socket. Raises what fails before."""
    layers = frozenset(ready.layers)
    try:
        entries = preload(plan, layers, is_early=is_early)
    except Exception as error:
        send(control, Failed(reason_of(error), isinstance(error, ThreadsLeft)))
        raise
    serve(control, Children(plan, entries, layers, pid_namespace, spared, is_early=is_early), ready)
    os._exit(0)  # nothing has to be cleaned up, and torch's clean-up would take long


def missing_layers(plan: Plan) -> dict[LayerName, str]:
    """Return which layers of a plan this machine lacks, and why: each is tried in a process of its own."""
    found = {name: probe.failure_reason(partial(_probe, name, plan)) for name in plan.layers}
    return {name: reason for name, reason in found.items() if reason}


def _probe(name: LayerName, plan: Plan) -> None:
    BY_NAME[name].load().probe(plan)


def switch_user(user: int) -> None:
    """Change from root to `user` and the group of this number, irrevocably."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def preload(plan: Plan, layers: frozenset[LayerName], *, is_early: bool) -> dict[str, Entry]:
    """Import what children need, and return their entries, by role. If not `is_early`, call the warm-up.

    Raises:
        ThreadsLeft: that left threads behind.
    """
    trace = ThreadTrace() if plan.traces_threads else None
    named = plan.entries(early=is_early)
    entries: dict[str, Entry] = {role: import_object(entry) for role, entry in named.items()}
    for name in layers:
        BY_NAME[name].load()
    if not is_early:
        import_object(plan.warm)()
    settle(trace)
    return entries


def settle(trace: ThreadTrace | None = None) -> None:
    """Get ready to fork, after something was imported.

    Objects that exist now are hidden from the garbage collector: its first run in each child would copy all
    their pages.

    Raises:
        ThreadsLeft: there are other threads; a lock that one of them holds would hang a child.
    """
    gc.collect()
    gc.freeze()
    threads = lasting_threads()
    if threads:
        raise ThreadsLeft(describe_threads(threads.values(), trace.culprits() if trace else ()))


def confinement(plan: Plan, role: str, layers: frozenset[LayerName]) -> confine.Confinement:
    """Return how children of a role are confined."""
    every = confine.Confinement(
        limits=plan.limits,
        usage=memory_usage(),
        layers=layers,
        box=plan.box,
        readable=plan.readable,
        filter=plan.filter,
        cores=plan.cores,
    )
    of_role = plan.roles.get(role, Role(plan.entry, plan.limits, views=True))
    readable = plan.readable
    if of_role.views:
        readable += plan.readable_views
    if of_role.gpu:
        every = msgspec.structs.replace(every, gpu=plan.gpu, filter=plan.filter_for_gpu)
        readable += plan.readable_for_gpu
    covered = "" if of_role.views else plan.course
    return msgspec.structs.replace(every, limits=of_role.limits, readable=readable, covered=covered)


def describe_threads(threads: Collection[str], culprits: Collection[tuple[str, str]]) -> str:
    """Return a sentence on threads that must not run, and what to do about it.

    Args:
        threads: their names.
        culprits: the names of threads with the modules that started them, as far as that is known.
    """
    known = dict.fromkeys((name, module) for name, module in culprits if name in threads and module)
    found = [f"{module} started the thread {name!r}" for name, module in known]
    subject = " and ".join(found) or f"these threads run after the warm-up: {', '.join(map(repr, threads))}"
    packages = sorted({module.partition(".")[0] for _name, module in known})
    remedy = (
        f"Take {' and '.join(packages)} out of `packages` in course.toml, or of the course's drive files"
        if packages
        else "What this Python imports when it starts may start them: see sitecustomize.py and .pth files"
    )
    return f"{subject}, but a process that forks must have one thread only. {remedy}."


def reason_of(error: Exception) -> str:
    """Return one line on why the server can't get ready."""
    if isinstance(error, ServerFailed):
        return str(error)
    return f"{type(error).__name__}: {error}".strip(": ").replace("\n", " ")


def import_object(name: str) -> Any:  # noqa: ANN401 - any object
    """Return the object that `module:name` denotes."""
    module, _, attribute = name.partition(":")
    return getattr(importlib.import_module(module), attribute)


def memory_usage() -> confine.MemoryUsage:
    """Return what this process uses now."""
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    size, data, resident = (int(fields[name].split()[0]) << 10 for name in ("VmSize", "VmData", "VmRSS"))
    return confine.MemoryUsage(address_space=size, data=data, resident=resident)


class Children:
    """The kinds of children that a server can fork, by role. Each kind is tried once.

    Args:
        plan: the configuration.
        entries: the function that children of a role run.
        layers: those that this machine has.
        pid_namespace: the server's pid namespace, if it can create others for its children.
        spared: a process that the server started and that is not one of its children's.
        is_early: whether the server is small, because it was not warmed up.

    Attributes:
        ended: how many children have ended since something was imported.
        templates: how to launch a child of a role.
        baselines: bytes that such a child has resident without doing anything.
    """

    def __init__(
        self,
        plan: Plan,
        entries: dict[str, Entry],
        layers: frozenset[LayerName],
        pid_namespace: int | None,
        spared: int | None = None,
        *,
        is_early: bool = False,
    ) -> None:
        self.plan = plan
        self.entries = entries
        self.layers = layers
        self.pid_namespace = pid_namespace
        self.spared = spared
        self.is_early = is_early
        self.done: set[str] = set()
        self.ended = 0
        self._measure()

    def prepare(self, needs: tuple[str, ...]) -> None:
        """Call those of the plan's `later` functions that were not called yet."""
        for name in needs:
            if name not in self.done:
                import_object(self.plan.later[name])()
                settle()
                self.done.add(name)
                self.ended = 0
                self._measure()

    def count(self) -> None:
        """Count a child that has ended; after `MANY`, make the next ones cheaper."""
        self.ended += 1
        if self.ended == MANY and not self.is_early:
            huge_pages.collapse()
            self._measure()

    def _measure(self) -> None:
        """Find out where children start from now: their limits are counted from there."""
        self.templates = {
            role: fork.ChildTemplate(
                entry, confinement(self.plan, role, self.layers), self.pid_namespace, self.spared
            )
            for role, entry in self.entries.items()
        }
        self.baselines = {role: fork.probe_child(template) for role, template in self.templates.items()}


def serve(control: socket.socket, children: Children, ready: Ready) -> None:
    """Fork a child for each request, one at a time, until the grader closes the control socket.

    Args:
        control: the socket.
        children: the kinds of children.
        ready: what to answer first.
    """
    send(control, ready)
    while True:
        try:
            request, descriptors = receive(control)
        except ChannelClosed:
            return
        if not isinstance(request, Fork) or request.role not in children.entries or len(descriptors) != 1:
            raise ServerFailed(f"expected a request to fork, got {request}")
        children.prepare(request.needs)
        template = children.templates[request.role]
        child = fork.launch(template, descriptors[0])
        os.close(descriptors[0])
        send(control, Forked(), (child.pidfd,))
        if not wait_for_end(template, child, control):
            signal.pidfd_send_signal(child.pidfd, signal.SIGKILL)
        send(control, fork.reap(template, child, children.baselines[request.role]))
        children.count()


def wait_for_end(template: fork.ChildTemplate, child: fork.RunningChild, control: socket.socket) -> bool:
    """Wait until the child ends by itself; return False if it has to be killed.

    That is so if the grader is gone or sends anything, or if the child exceeds the memory it may have.
    """
    events = select.poll()
    events.register(child.pidfd, select.POLLIN)
    events.register(control, select.POLLIN)
    watch = fork.memory_watch(template, child)
    while not (ready := events.poll(None if watch is None else gpu.POLL_MILLISECONDS)):
        if watch is not None and watch.is_exceeded():
            return False
    return any(descriptor == child.pidfd for descriptor, _ in ready)


if __name__ == "__main__":
    main(sys.argv[1:])
