"""The frames of all threads, read without a deadlock of Python's."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType


def frames_of_threads() -> dict[int, FrameType]:
    """Return the frame that each thread is in, by the identifier of the thread.

    Up to Python 3.11.8 `sys._current_frames` holds a lock of the interpreter while it allocates. A garbage
    collection then may run a destructor that lets another thread go on, and both wait for each other for ever
    (issue 106883 of CPython). So there is no collection meanwhile.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return sys._current_frames()  # noqa: SLF001 - the documented way to other threads' stacks
    finally:
        if was_enabled:
            gc.enable()
