"""What the grader and the server say to each other, on a socket that keeps messages apart.

The server speaks before any student's code runs and never passes on what a child sends, so these messages
come from the grader's own code; they are still decoded by schema.
"""

from __future__ import annotations

import socket

import msgspec

from grader.sandbox.errors import ChannelClosed
from grader.sandbox.gpu import Gpu
from grader.sandbox.layers import Layer
from grader.sandbox.limits import Limits

_LONGEST = 2**16


class Plan(msgspec.Struct, frozen=True):
    """What a server is started with, as its command line carries it.

    Args:
        warm: `module:function`, called once before the first fork.
        entry: `module:function`, called in each child with its `Channel`.
        course: the folder of the views; modules are also looked for there, after everything else.
        box: the folder in which a child may write.
        limits: what a child may use.
        layers: those that children are to get, as far as the machine has them; without "bubblewrap".
        readable: files and folders that Landlock leaves a child to read.
        filter: the program that "seccomp" loads.
        user: a user and group id to become first, if any.
        gpu: the GPU that children may use, if any.
    """

    warm: str
    entry: str
    course: str
    box: str
    limits: Limits
    layers: tuple[Layer, ...]
    readable: tuple[str, ...]
    filter: bytes
    user: int | None = None
    gpu: Gpu | None = None


class Started(msgspec.Struct, frozen=True, tag=True):
    """The server runs: whatever fails from now on is not the sandbox's fault."""


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The server is warm; `layers` were seen to hold for a child, others are `missing` for these reasons."""

    layers: tuple[Layer, ...]
    missing: dict[Layer, str]


class Fork(msgspec.Struct, frozen=True, tag=True):
    """Fork a child; its end of the channel comes along as a descriptor."""


class Forked(msgspec.Struct, frozen=True, tag=True):
    """The child is there; its pidfd comes along."""


class Ended(msgspec.Struct, frozen=True, tag=True):
    """The child is reaped, and everything that it started is gone."""

    signal: int | None
    code: int | None
    peak_memory: int
    cpu_seconds: float


Message = Started | Ready | Fork | Forked | Ended

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)


def say(control: socket.socket, message: Message, descriptors: tuple[int, ...] = ()) -> None:
    """Sends one message, with the descriptors that belong to it.

    Raises:
        OSError: the other side is gone.
    """
    socket.send_fds(control, [_encoder.encode(message)], descriptors)


def hear(control: socket.socket) -> tuple[Message, list[int]]:
    """The next message and its descriptors, which are the caller's to close.

    Raises:
        ChannelClosed: the other side is gone.
        msgspec.DecodeError: it speaks something else.
        OSError: as the socket says, TimeoutError for one.
    """
    data, descriptors, _, _ = socket.recv_fds(control, _LONGEST, 1, socket.MSG_CMSG_CLOEXEC)
    if not data:
        raise ChannelClosed("the other side of the control socket is gone")
    return _decoder.decode(data), list(descriptors)
