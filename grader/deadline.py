"""A deadline for code in this process: an endless loop is stopped where it is, on any system.

pytest-timeout ends the whole run where there is no SIGALRM (Windows); here the loop gets an exception,
so that the student sees the line, and the other exercises go on.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
import traceback
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

STUBBORN: Final = 3
GRACE: Final = 2.0


class Expired(BaseException):
    """The time for an exercise is used up."""


@contextlib.contextmanager
def deadline(seconds: float, give_up: Callable[[str], None] | None = None) -> Iterator[None]:
    """Raise `Expired` in the block, in the main thread, when `seconds` have passed.

    Code that swallows the exception gets it again; after the third time, or where a call into C doesn't
    return, `give_up` is called from another thread with the stack of the main thread, and must not return.
    """
    if seconds == float("inf"):
        yield
        return
    watch = _Watch(seconds, give_up or _exit)
    _active.append(watch)
    watch.start()
    try:
        yield
    finally:
        watch.stop()
        _active.remove(watch)


def suspend() -> None:
    """Let nothing that runs now expire any more: a debugger was entered."""
    for watch in _active:
        watch.left.set()


class _Watch:
    """A thread that knocks at the main thread's door until the block is left."""

    def __init__(self, seconds: float, give_up: Callable[[str], None]) -> None:
        self.seconds = seconds
        self.give_up = give_up
        self.left = threading.Event()
        self.thread = threading.Thread(target=self._run, name="gradbook-deadline", daemon=True)
        self.target = threading.get_ident()
        self.alarm = hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread()
        self.previous: object = None

    def start(self) -> None:
        if self.alarm:
            self.previous = signal.signal(signal.SIGALRM, _expire)
        self.thread.start()

    def stop(self) -> None:
        self.left.set()
        self.thread.join()
        if self.alarm:
            signal.signal(signal.SIGALRM, self.previous)  # type: ignore[arg-type]
        else:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.target), None)

    def _run(self) -> None:
        wait = self.seconds
        for _ in range(STUBBORN):
            if self.left.wait(wait):
                return
            self._knock()
            wait = GRACE
        if not self.left.wait(wait):
            frame = sys._current_frames().get(self.target)  # noqa: SLF001 - the documented way to another thread's stack
            self.give_up("".join(traceback.format_stack(frame)) if frame else "")

    def _knock(self) -> None:
        if self.alarm:
            signal.pthread_kill(self.target, signal.SIGALRM)
        else:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.target), ctypes.py_object(Expired))


_active: list[_Watch] = []


def _expire(_signal: int, _frame: FrameType | None) -> None:
    raise Expired


def _exit(stack: str) -> None:
    sys.stderr.write(f"The time is used up, and the code can't be interrupted:\n{stack}")
    sys.stderr.flush()
    os._exit(1)
