"""The wall: students' code runs in confined processes behind it, and only bytes cross (Linux only).

    with Server(warm="m:warm", entry="m:entry") as server, server.fork() as child:
        child.send(b"...", deadline)
        answer = child.receive(deadline, limit)
        end = child.close()

A deadline is a value of `time.monotonic()`. Nothing here knows what an exercise is.
"""

from __future__ import annotations

from grader.wall.channel import Channel
from grader.wall.child import Child
from grader.wall.client import Server
from grader.wall.errors import (
    ChannelClosed,
    DeadlinePassed,
    FrameTooLarge,
    SandboxUnavailable,
    ServerFailed,
    WallError,
)
from grader.wall.gpu import Gpu
from grader.wall.layers import LAYERS, Layer
from grader.wall.limits import Cause, Exit, Limits

__all__ = [
    "LAYERS",
    "Cause",
    "Channel",
    "ChannelClosed",
    "Child",
    "DeadlinePassed",
    "Exit",
    "FrameTooLarge",
    "Gpu",
    "Layer",
    "Limits",
    "SandboxUnavailable",
    "Server",
    "ServerFailed",
    "WallError",
]
