"""A confined child's end of its connection to the grader, the only descriptor it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.sandbox.errors import ChannelClosed
from grader.sandbox.frames import NEVER, receive_frame, send_frame

if TYPE_CHECKING:
    import socket

_NO_LIMIT = 2**32


class Channel:
    """A child's end of its channel. It trusts the grader: no deadline, and no limit on the size of frames."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock

    def send(self, payload: bytes) -> None:
        """Send one payload.

        Raises:
            ChannelClosed: the grader closed the channel.
        """
        send_frame(self._socket, payload, NEVER)

    def receive(self) -> bytes | None:
        """Return the next payload, or None when the grader has closed the channel."""
        try:
            return receive_frame(self._socket, NEVER, _NO_LIMIT)
        except ChannelClosed:
            return None
