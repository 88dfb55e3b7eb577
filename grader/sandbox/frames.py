"""Frames over a stream socket: four bytes of length, most significant first, then that many bytes.

A deadline is a value of `time.monotonic()` and holds for the whole frame. A timeout for each read would be
none at all: a peer that sends one byte now and then would keep the reader for ever.
"""

from __future__ import annotations

import struct
import time
from typing import TYPE_CHECKING

from grader.sandbox.errors import ChannelClosed, DeadlinePassed, FrameTooLarge

if TYPE_CHECKING:
    import socket

NEVER = float("inf")
"""The deadline of one who may wait for ever."""

_HEADER = struct.Struct(">I")
_LARGEST = 2**32 - 1
_CHUNK = 2**20


def send_frame(sock: socket.socket, payload: bytes, deadline: float) -> None:
    """Sends one frame.

    Raises:
        ChannelClosed: the other end is gone.
        DeadlinePassed: the other end did not take it in time; what follows on this socket is undefined.
        FrameTooLarge: the payload does not fit a frame (4 GiB).
    """
    if len(payload) > _LARGEST:
        raise FrameTooLarge(f"a frame carries at most {_LARGEST} bytes, this payload has {len(payload)}")
    rest = memoryview(_HEADER.pack(len(payload)) + payload)
    while rest:
        _wait_until(sock, deadline)
        try:
            rest = rest[sock.send(rest) :]
        except TimeoutError:
            continue
        except OSError as error:
            raise ChannelClosed("the other end of the channel is gone") from error


def receive_frame(sock: socket.socket, deadline: float, limit: int) -> bytes:
    """Receives one frame of at most `limit` bytes.

    Raises:
        ChannelClosed: the other end is gone, before the frame or within it.
        DeadlinePassed: the frame was not complete in time.
        FrameTooLarge: the frame announces more than `limit` bytes; none of them were read.
    """
    (length,) = _HEADER.unpack(_receive_exactly(sock, _HEADER.size, deadline))
    if length > limit:
        raise FrameTooLarge(f"the frame announces {length} bytes, {limit} are allowed")
    return _receive_exactly(sock, length, deadline)


def _receive_exactly(sock: socket.socket, length: int, deadline: float) -> bytes:
    """Memory grows with what arrives, not with what was announced."""
    received = bytearray()
    while len(received) < length:
        _wait_until(sock, deadline)
        try:
            chunk = sock.recv(min(length - len(received), _CHUNK))
        except TimeoutError:
            continue
        except OSError as error:
            raise ChannelClosed("the other end of the channel is gone") from error
        if not chunk:
            raise ChannelClosed("the other end of the channel is closed")
        received += chunk
    return bytes(received)


def _wait_until(sock: socket.socket, deadline: float) -> None:
    """Lets the next operation of `sock` wait as long as the deadline allows."""
    if deadline == NEVER:
        sock.settimeout(None)
        return
    remaining = deadline - time.monotonic()
    if remaining <= 0:
        raise DeadlinePassed("the deadline passed before the whole frame was through")
    sock.settimeout(remaining)
