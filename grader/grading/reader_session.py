"""Have a submission read in the sandbox, by a confined process that ends with it."""

from __future__ import annotations

import signal
import time
from typing import Final

import msgspec

from grader.records.worker_protocol import Fault
from grader.sandbox import ChannelClosed, DeadlinePassed, FrameTooLarge, Limits, Role, Server, ServerFailed
from grader.submissions import NotRead, Submission, limits

READER: Final = "reader"
"""The role of the process, see `grader.sandbox.Server`."""
READER_ROLE: Final = Role(
    entry="grader.execution.reader_entry:serve",
    limits=Limits(
        memory=512 << 20, cpu_seconds=20, processes=4, file_size=1 << 20, open_files=64, box=1 << 20
    ),
    early=True,  # reading needs no torch
)
READER_SECONDS: Final = 60.0
"""Timeout. It is three times the processor time that the reader may use."""
FAIR_SHARE: Final = 0.25
"""A reader that got less of its processor time until the timeout was kept waiting: the machine's fault."""
MAX_RECORD: Final = 2 * limits.ALL_SOURCE
"""Bytes of the reader's answer: the source, and as much again for names and positions."""

TOO_LONG: Final = "Reading it takes too long. Hand in only the assignment, without data and outputs."
TOO_LARGE: Final = "Reading it takes too much memory. Hand in only the assignment, without data and outputs."
BROKEN: Final = "It can't be read: the process that reads it {}. Save the files again, and hand in only them."


def read_in_sandbox(server: Server, payload: bytes) -> Submission | NotRead | Fault:
    """Return what a submission contains, or why it can't be read: the student's fault or the grader's.

    Args:
        server: the sandbox, which is running.
        payload: a `grader.submissions.HandIn`, encoded. It is passed on as it is.

    Raises:
        ServerFailed: the sandbox failed, or the machine was too busy.
    """
    deadline = time.monotonic() + READER_SECONDS
    with server.fork(READER) as child:
        try:
            child.send(payload, deadline)
            return msgspec.msgpack.decode(
                child.receive(deadline, MAX_RECORD), type=Submission | NotRead | Fault
            )
        except ChannelClosed:
            end = child.close()
        except DeadlinePassed:
            end = child.close()
            if end.cpu_seconds < FAIR_SHARE * READER_ROLE.limits.cpu_seconds:
                raise ServerFailed(
                    f"the process that reads submissions got {end.cpu_seconds:.1f} s of processor time in "
                    f"{READER_SECONDS:.0f} s: the machine is overloaded"
                ) from None
        except FrameTooLarge:
            return NotRead(TOO_LARGE)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return NotRead(BROKEN.format("gave no valid answer"))
    cause = end.cause(READER_ROLE.limits)
    if end.signal == signal.SIGKILL and cause == "crashed":
        raise ServerFailed("the process that reads submissions was killed: is this machine out of memory?")
    match cause:
        case "out_of_memory":
            return NotRead(TOO_LARGE)
        case "timeout":
            return NotRead(TOO_LONG)
        case _:
            how = f"was ended by signal {end.signal}" if end.signal else f"ended with status {end.code}"
            return NotRead(BROKEN.format(how))
