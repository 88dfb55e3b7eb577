"""The messages between the grader and the server, on a socket that keeps messages apart.

The server starts before any student's code runs and never passes on what a child sends, so these messages
come from the grader's own code. They are decoded by schema all the same.
"""

from __future__ import annotations

import socket

import msgspec

from grader.sandbox.errors import ChannelClosed
from grader.sandbox.gpu import Gpu
from grader.sandbox.layers import LayerName
from grader.sandbox.limits import Limits

_MAX_MESSAGE_BYTES = 2**16


class Role(msgspec.Struct, frozen=True):
    """Children of a further kind.

    Args:
        entry: `module:function`, called in each child with its `Channel`.
        limits: what a child may use.
        views: whether it sees the views.
        gpu: whether it may use the server's GPU.
        early: whether it is forked from a process without what the warm-up imports. That is smaller, so such
            a child starts and ends in a fraction of the time.
    """

    entry: str
    limits: Limits
    views: bool = False
    gpu: bool = False
    early: bool = False


class Plan(msgspec.Struct, frozen=True):
    """The configuration of a server, as its command line carries it.

    Args:
        warm: `module:function`, called once before the first fork.
        later: by name, further functions like `warm`, called when a child is first requested that needs what
            they import.
        entry: `module:function`, called in each child with its `Channel`.
        course: the folder of the views; modules are also looked for there, after everything else.
        box: the folder in which a child may write.
        limits: what a child may use.
        layers: those to apply to children, as far as this machine has them; without "bubblewrap".
        readable: files and folders that Landlock allows every child to read.
        readable_views: those of the views.
        readable_for_gpu: those that a child with a GPU reads besides.
        filter: the BPF program that "seccomp" loads.
        filter_for_gpu: the one for children with a GPU.
        roles: the further kinds of children, by name.
        user: the user and group id to switch to first, if any.
        gpu: the GPU that the children of some roles may use, if any.
        cores: those that children may use; empty: all.
        hidden: top-level names of installed packages that must not be imported.
        traces_threads: whether to find out which import starts a thread. That takes time, so it is done in a
            second start, where the first one was left with threads.
    """

    warm: str
    entry: str
    course: str
    box: str
    limits: Limits
    layers: tuple[LayerName, ...]
    readable: tuple[str, ...]
    readable_views: tuple[str, ...]
    readable_for_gpu: tuple[str, ...]
    filter: bytes
    filter_for_gpu: bytes
    roles: dict[str, Role] = msgspec.field(default_factory=dict)
    later: dict[str, str] = msgspec.field(default_factory=dict)
    user: int | None = None
    gpu: Gpu | None = None
    cores: tuple[int, ...] = ()
    hidden: tuple[str, ...] = ()
    traces_threads: bool = False

    def entries(self, *, early: bool) -> dict[str, str]:
        """Return the entries of the children that the early process forks, or of all others, by role."""
        named = {name: role.entry for name, role in self.roles.items() if role.early is early}
        return named if early else {"": self.entry, **named}


class Started(msgspec.Struct, frozen=True, tag=True):
    """The server runs: what fails from now on is not bubblewrap's fault."""


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The server is warm; `layers` can be applied to a child, others are `missing` for these reasons."""

    layers: tuple[LayerName, ...]
    missing: dict[LayerName, str]


class Failed(msgspec.Struct, frozen=True, tag=True):
    """The server can't get ready, and ends; `threads` is set if the reason is that some are left running."""

    reason: str
    threads: bool = False


class Fork(msgspec.Struct, frozen=True, tag=True):
    """A request to fork a child; the descriptor of its end of the channel comes with it.

    Args:
        role: one of the plan's `roles`; "" stands for the plan's own entry and limits.
        needs: names of the plan's `later` functions, which have to be called before.
    """

    role: str = ""
    needs: tuple[str, ...] = ()


class Forked(msgspec.Struct, frozen=True, tag=True):
    """The child was forked; its pidfd comes with this message."""


class Ended(msgspec.Struct, frozen=True, tag=True):
    """The child is reaped, and every process that it started is gone."""

    signal: int | None
    code: int | None
    peak_memory: int
    cpu_seconds: float


Message = Started | Ready | Failed | Fork | Forked | Ended

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)


def send(control: socket.socket, message: Message, descriptors: tuple[int, ...] = ()) -> None:
    """Send one message, with the descriptors that belong to it.

    Raises:
        OSError: the other side is gone.
    """
    socket.send_fds(control, [_encoder.encode(message)], descriptors)


def receive(control: socket.socket) -> tuple[Message, list[int]]:
    """Return the next message and its descriptors, which the caller has to close.

    Raises:
        ChannelClosed: the other side is gone.
        msgspec.DecodeError: this is no message.
        OSError: an error of the socket, TimeoutError for one.
    """
    data, descriptors, _, _ = socket.recv_fds(control, _MAX_MESSAGE_BYTES, 1, socket.MSG_CMSG_CLOEXEC)
    if not data:
        raise ChannelClosed("the other side of the control socket is gone")
    return _decoder.decode(data), list(descriptors)
