"""The code that reads a submission in the sandbox: raw bytes come in, one record goes out.

None of the student's code is run here. The process is confined all the same, because what decodes, unpacks
and parses hostile bytes may crash, loop, or do what the bytes say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from grader.records.sources import MAX_REASON
from grader.records.worker_protocol import Fault
from grader.submissions import HandIn, NoCode, NotRead, Submission, Unreadable, read

if TYPE_CHECKING:
    from grader.sandbox import Channel


def serve(channel: Channel) -> None:
    """Read one submission, and send what it contains, or why it can't be read."""
    channel.send(msgspec.msgpack.encode(answer(channel.receive() or b"")))


def answer(payload: bytes) -> Submission | NotRead | Fault:
    """Return what an encoded `HandIn` contains, or why it can't be read: the student's fault or the grader's.

    Raises `MemoryError`.
    """
    hand_in = msgspec.msgpack.decode(payload, type=HandIn)
    del payload  # which may be a fifth of the memory that this process may use
    try:
        return read(hand_in)
    except Unreadable as unreadable:
        return NotRead(unreadable.reason[:MAX_REASON], isinstance(unreadable, NoCode))
    except MemoryError:
        raise
    except Exception as bug:  # noqa: BLE001 - a bug must not cost a student points
        return Fault(f"The grader failed to read it: {type(bug).__name__}: {bug}"[:MAX_REASON])
