"""Frames over a stream socket: four bytes of length, most significant first, then that many bytes.

A deadline is a value of `time.monotonic()` and holds for the whole frame. A timeout for each read would not
do: a peer that sends one byte now and then would block the reader forever.
"""

from __future__ import annotations

import struct
import time
from typing import TYPE_CHECKING

from grader.sandbox.errors import ChannelClosed, DeadlinePassed, FrameTooLarge

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

NEVER = float("inf")
"""The deadline of a wait without end."""


def without_end() -> float:
    """Return for how long to wait if nothing but the deadline ends the wait."""
    return NEVER


_HEADER = struct.Struct(">I")
_MAX_FRAME_BYTES = 2**32 - 1
_CHUNK_BYTES = 2**20


def send_frame(
    sock: socket.socket, payload: bytes, deadline: float, patience: Callable[[], float] = without_end
) -> None:
    """Send one frame.

    Args:
        sock: the socket.
        payload: what the frame carries.
        deadline: until when all of it must be sent.
        patience: called before each wait; returns after how many seconds at the latest to call it again, 0 if
            the deadline is to count as passed.

    Raises:
        ChannelClosed: the other end is gone.
        DeadlinePassed: the other end did not read it in time; this socket can't be used after that.
        FrameTooLarge: the payload does not fit into a frame (4 GiB).
    """
    if len(payload) > _MAX_FRAME_BYTES:
        raise FrameTooLarge(
            f"a frame carries at most {_MAX_FRAME_BYTES} bytes, this payload has {len(payload)}"
        )
    rest = memoryview(_HEADER.pack(len(payload)) + payload)
    while rest:
        _wait_until(sock, deadline, patience)
        try:
            rest = rest[sock.send(rest) :]
        except TimeoutError:
            continue
        except OSError as error:
            raise ChannelClosed("the other end of the channel is gone") from error


def receive_frame(
    sock: socket.socket, deadline: float, limit: int, patience: Callable[[], float] = without_end
) -> bytes:
    """Receive one frame of at most `limit` bytes; `patience` is as in `send_frame`.

    Raises:
        ChannelClosed: the other end is gone, before the frame or within it.
        DeadlinePassed: the frame was not complete in time.
        FrameTooLarge: the frame announces more than `limit` bytes; none of them was read.
    """
    (length,) = _HEADER.unpack(_receive_exactly(sock, _HEADER.size, deadline, patience))
    if length > limit:
        raise FrameTooLarge(f"the frame announces {length} bytes, {limit} are allowed")
    return _receive_exactly(sock, length, deadline, patience)


def _receive_exactly(
    sock: socket.socket, length: int, deadline: float, patience: Callable[[], float]
) -> bytes:
    """Return this many bytes; memory grows with what arrives, not with what was announced."""
    received = bytearray()
    while len(received) < length:
        _wait_until(sock, deadline, patience)
        try:
            chunk = sock.recv(min(length - len(received), _CHUNK_BYTES))
        except TimeoutError:
            continue
        except OSError as error:
            raise ChannelClosed("the other end of the channel is gone") from error
        if not chunk:
            raise ChannelClosed("the other end of the channel is closed")
        received += chunk
    return bytes(received)


def _wait_until(sock: socket.socket, deadline: float, patience: Callable[[], float]) -> None:
    """Let the next operation of `sock` wait until the deadline at the latest. Raises `DeadlinePassed`."""
    remaining = min(deadline - time.monotonic(), patience())
    if remaining == NEVER:
        sock.settimeout(None)
        return
    if remaining <= 0:
        raise DeadlinePassed("the deadline passed before the whole frame was transferred")
    sock.settimeout(remaining)
