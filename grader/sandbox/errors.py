"""The errors of the sandbox, separated by whose fault they are.

`SandboxUnavailable` and `ServerFailed` are faults of the machine or of the grader, never of the code that ran
in the sandbox. The others tell how the exchange with that code ended.
"""

from __future__ import annotations


class SandboxError(Exception):
    """Base class of the sandbox's errors."""


class ChannelClosed(SandboxError):
    """The other end of the channel is gone: it closed the channel, or its process ended."""


class FrameTooLarge(SandboxError):
    """A frame announces more bytes than the receiver accepts."""


class DeadlinePassed(SandboxError):
    """The deadline passed before the whole frame was transferred."""


class SandboxUnavailable(SandboxError):
    """This machine cannot provide the sandbox that was asked for; the message says what to do about it."""


class ServerFailed(SandboxError):
    """The preloaded server died or violated its protocol; the first line of the message says why."""


class ThreadsLeft(ServerFailed):
    """The warm-up left threads running; a server with several threads must not fork."""
