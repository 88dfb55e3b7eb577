"""The one thing that a confined child holds: its end of the conversation with the grader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.sandbox.errors import ChannelClosed
from grader.sandbox.frames import NEVER, receive_frame, send_frame

if TYPE_CHECKING:
    import socket

_NO_LIMIT = 2**32


class Channel:
    """A child's end of its channel. It trusts the grader: it waits for ever and takes frames of any size."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock

    def send(self, payload: bytes) -> None:
        """Sends one payload.

        Raises:
            ChannelClosed: the grader hung up.
        """
        send_frame(self._socket, payload, NEVER)

    def receive(self) -> bytes | None:
        """The next payload, or None when the grader hung up."""
        try:
            return receive_frame(self._socket, NEVER, _NO_LIMIT)
        except ChannelClosed:
            return None
