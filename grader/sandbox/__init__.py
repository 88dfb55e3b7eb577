"""The sandbox: students' code runs in confined processes, and only bytes are exchanged with it (Linux only).

    with Server(warm="m:warm", entry="m:entry") as server, server.fork() as child:
        child.send(b"...", deadline)
        answer = child.receive(deadline, limit)
        end = child.close()

A deadline is a value of `time.monotonic()`. Nothing in this package knows what an exercise is.
"""

from __future__ import annotations

from grader.sandbox.channel import Channel
from grader.sandbox.child_handle import Child
from grader.sandbox.client import Server
from grader.sandbox.control import Role
from grader.sandbox.errors import (
    ChannelClosed,
    DeadlinePassed,
    FrameTooLarge,
    SandboxError,
    SandboxUnavailable,
    ServerFailed,
)
from grader.sandbox.gpu import Gpu
from grader.sandbox.layers import LAYER_NAMES, LAYERS, Layer, LayerName
from grader.sandbox.limits import Cause, Exit, Limits

__all__ = [
    "LAYERS",
    "LAYER_NAMES",
    "Cause",
    "Channel",
    "ChannelClosed",
    "Child",
    "DeadlinePassed",
    "Exit",
    "FrameTooLarge",
    "Gpu",
    "Layer",
    "LayerName",
    "Limits",
    "Role",
    "SandboxError",
    "SandboxUnavailable",
    "Server",
    "ServerFailed",
]
