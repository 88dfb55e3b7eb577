"""Confine a forked child before it runs any code of a student's."""

from __future__ import annotations

import os
import signal

import msgspec

from grader.sandbox import kernel
from grader.sandbox.gpu import Gpu
from grader.sandbox.layers import LAYERS, LayerName, Stage
from grader.sandbox.limits import Limits
from grader.sandbox.priority import yield_to_others

CHANNEL_DESCRIPTOR = 3
"""The descriptor of a confined child's channel: the only one it keeps besides its three to /dev/null."""


class MemoryUsage(msgspec.Struct, frozen=True):
    """What the server itself uses, in bytes. A forked child starts from there, so limits are added to it."""

    address_space: int
    data: int
    resident: int


class Confinement(msgspec.Struct, frozen=True):
    """How children are confined; determined once, for all children of a server.

    Args:
        limits: what a child may use.
        usage: what the server uses.
        layers: the layers that this machine has, which are applied to each child.
        box: the folder in which a child may write.
        readable: files and folders that a child may read.
        filter: the seccomp filter, as a BPF program.
        gpu: the GPU that it may use, if any.
        cores: those that it may use; empty: all.
        covered: a folder that "namespaces" covers with an empty one, if any.
    """

    limits: Limits
    usage: MemoryUsage
    layers: frozenset[LayerName]
    box: str
    readable: tuple[str, ...]
    filter: bytes
    gpu: Gpu | None = None
    cores: tuple[int, ...] = ()
    covered: str = ""


def confine(confinement: Confinement) -> None:
    """Apply all layers to this process, which was just forked and called `close_other_descriptors`.

    Raises:
        OSError: a layer could not be applied; nothing untrusted may run then.
    """
    die_with_parent()
    yield_to_others(confinement.cores)
    apply_layers(confinement, Stage.PRIVILEGED)
    os.chdir(confinement.box)
    give_up_privileges()
    apply_layers(confinement, Stage.UNPRIVILEGED)


def apply_layers(confinement: Confinement, stage: Stage) -> None:
    """Apply the layers of one stage to this process. Raises `OSError`."""
    for layer in LAYERS:
        if layer.stage is stage and layer.name in confinement.layers:
            layer.load().apply(confinement)


def die_with_parent() -> None:
    """End with the server, in a session of its own: no terminal and no process group is shared."""
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    os.setsid()


def close_other_descriptors(channel: int) -> None:
    """Keep only `channel`, as CHANNEL_DESCRIPTOR; the standard streams become /dev/null."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in range(CHANNEL_DESCRIPTOR):
        os.dup2(null, stream)
    if channel != CHANNEL_DESCRIPTOR:
        os.dup2(channel, CHANNEL_DESCRIPTOR)
    os.set_inheritable(CHANNEL_DESCRIPTOR, False)  # noqa: FBT003 - it takes no keyword
    os.closerange(CHANNEL_DESCRIPTOR + 1, os.sysconf("SC_OPEN_MAX"))


def give_up_privileges() -> None:
    """Drop all capabilities, and prevent that running a program brings any back."""
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    kernel.drop_capabilities()
