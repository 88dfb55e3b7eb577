"""What can go wrong at the wall, told apart by whose fault it is.

`SandboxUnavailable` and `ServerFailed` are faults of the machine or of the grader, never of the code that
ran behind the wall. The others say how a conversation with that code ended.
"""

from __future__ import annotations


class WallError(Exception):
    """Any failure at the wall."""


class ChannelClosed(WallError):
    """The other end is gone: it closed its channel, or it ended."""


class FrameTooLarge(WallError):
    """A frame announces more bytes than the receiver takes."""


class DeadlinePassed(WallError):
    """The deadline passed before the whole frame was through."""


class SandboxUnavailable(WallError):
    """This machine cannot build the sandbox that was asked for; the message says what to do about it."""


class ServerFailed(WallError):
    """The preloaded server died, or broke its protocol; the message ends with its last words."""
