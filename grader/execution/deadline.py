"""A deadline for code in this process: an endless loop is stopped where it is, on any system.

pytest-timeout ends the whole run where there is no SIGALRM (Windows); here the loop gets an exception,
so that the student sees the line, and the other exercises go on.
"""

from __future__ import annotations

import _thread
import contextlib
import ctypes
import os
import signal
import sys
import sysconfig
import threading
import traceback
from typing import TYPE_CHECKING, Final

from grader import PACKAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

PERIOD: Final = 0.25
"""Seconds between attempts to stop code: it may swallow the first, or be in a call that doesn't return."""
GRACE: Final = 10.0
"""Seconds of such attempts before the code is given up."""
FOREVER: Final = float("inf")
OURS: Final = (
    str(PACKAGE) + os.sep,
    *{sysconfig.get_path(name) + os.sep for name in ("stdlib", "platstdlib", "purelib", "platlib")},
    "<frozen ",
)
"""Where code lies that isn't a student's: the grader's own and libraries."""


class Expired(BaseException):
    """The time for an exercise is used up."""


@contextlib.contextmanager
def deadline(seconds: float, give_up: Callable[[str], None] | None = None) -> Iterator[None]:
    """Raise `Expired` in the block, in this thread, when `seconds` have passed.

    It is raised only while a student's code is being run, in whatever that calls, and never in what the
    grader itself does in the block. Code that swallows it gets it again, and again at once. Where that
    doesn't help (a call into C doesn't return), `give_up` is called from another thread with the student's
    lines of this one's stack; where it returns, the code is left alone. Nothing expires while a debugger is
    at work.
    """
    if seconds == FOREVER:
        yield
        return
    # Above this generator are contextlib and then the `with` statement.
    watch = _Watch(seconds, sys._getframe(2), give_up or _last_resort[-1])  # noqa: SLF001 - see above
    _active.append(watch)
    watch.start()
    try:
        yield
    finally:
        while not watch.stopped:
            with contextlib.suppress(Expired):  # one that was on its way to another thread than the main one
                watch.stop()
        _active.remove(watch)


def suspend() -> None:
    """Let nothing that runs now expire any more: a debugger was entered."""
    for watch in _active:
        watch.left.set()


@contextlib.contextmanager
def last_resort(give_up: Callable[[str], None]) -> Iterator[None]:
    """Call this about code that can't be stopped, where a deadline names nothing else."""
    _last_resort.append(give_up)
    try:
        yield
    finally:
        _last_resort.remove(give_up)


def debugged() -> bool:
    """Return whether a debugger is at work in this thread; a measurement of coverage is none."""
    trace = sys.gettrace()
    if trace is not None:
        return not (getattr(trace, "__module__", None) or type(trace).__module__).startswith("coverage")
    monitoring = getattr(sys, "monitoring", None)  # since Python 3.12
    return monitoring is not None and monitoring.get_tool(monitoring.DEBUGGER_ID) is not None


class _Watch:
    """A thread that knocks at the door of the block's thread until the block is left.

    The main thread is reached by a signal: it also wakes `time.sleep`. Another one gets an asynchronous
    exception, which doesn't.
    """

    def __init__(self, seconds: float, owner: FrameType, give_up: Callable[[str], None]) -> None:
        self.seconds = seconds
        self.owner = owner
        self.give_up = give_up
        self.left = threading.Event()
        self.thread = threading.Thread(target=self._run, name="gradbook-deadline", daemon=True)
        self.target = threading.get_ident()
        self.in_main = threading.current_thread() is threading.main_thread()
        # Windows has no SIGALRM; that of Ctrl-C wakes the main thread there, and does so everywhere.
        self.signal: signal.Signals = getattr(signal, "SIGALRM", signal.SIGINT)
        self.previous: Callable[[int, FrameType | None], object] | int | None = None
        self.due = False
        self.raised = False
        self.stopped = False

    def start(self) -> None:
        if self.in_main:
            self.previous = signal.signal(self.signal, self._answer)
        self.thread.start()

    def stop(self) -> None:
        """Knock no more. In another thread than the main one, what a last knock raises may come out of here.

        It is let out, and not taken back by `PyThreadState_SetAsyncExc(thread, NULL)`: that leaves CPython
        3.11 looking for exceptions for ever, and looping where a debugger or Hypothesis traces.
        """
        self.left.set()
        self.thread.join()
        if self.in_main:
            self.due = False
            # None stands for a handler that isn't Python's, and can't be put back.
            signal.signal(self.signal, signal.SIG_DFL if self.previous is None else self.previous)
        self.stopped = True

    def _run(self) -> None:
        if self.left.wait(self.seconds):
            return
        for _ in range(round(GRACE / PERIOD)):
            self._knock()
            if self.left.wait(PERIOD):
                return
        self.give_up("".join(traceback.format_list(self._lines())).rstrip())

    def _lines(self) -> list[traceback.FrameSummary]:
        """Return where the student's code is, the outermost call first."""
        frame = sys._current_frames().get(self.target)  # noqa: SLF001 - the documented way to another thread's stack
        lines: list[traceback.FrameSummary] = []
        while frame is not None and frame is not self.owner:
            name = frame.f_code.co_filename
            if not name.startswith((*OURS, "<")):
                lines.insert(0, traceback.FrameSummary(name, frame.f_lineno, frame.f_code.co_name))
            frame = frame.f_back
        return lines

    def _knock(self) -> None:
        self.due = True
        if not self.in_main:
            frame = sys._current_frames().get(self.target)  # noqa: SLF001 - as above
            if self._is_theirs(frame):
                thread, exception = ctypes.c_ulong(self.target), ctypes.py_object(Expired)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, exception)
        elif hasattr(signal, "pthread_kill"):
            signal.pthread_kill(self.target, self.signal)
        else:
            signal.raise_signal(self.signal)

    def _answer(self, number: int, frame: FrameType | None) -> None:
        """Handle the signal, in the main thread: ours, or somebody else's."""
        if not self.due:
            if callable(self.previous):
                self.previous(number, frame)
            return
        if debugged():
            self.left.set()
            return
        if self._is_theirs(frame):
            if self.raised:
                # It was swallowed, by an `except:` in a loop. The next one comes as soon as Python looks for
                # signals: in the handler or at the loop's end, where that `except` catches nothing. Python
                # looks after each call, so this is none.
                [_] = map(_thread.interrupt_main, [self.signal])
            self.raised = True
            raise Expired

    def _is_theirs(self, frame: FrameType | None) -> bool:
        """Return whether a student's code is being run, by itself or by what it calls."""
        while frame is not None and frame is not self.owner:
            if not frame.f_code.co_filename.startswith(OURS):
                return True
            frame = frame.f_back
        return False


_active: list[_Watch] = []


def _exit(stack: str) -> None:
    sys.stderr.write(f"The time is used up, and the code can't be interrupted:\n{stack}")
    sys.stderr.flush()
    os._exit(1)


_last_resort: list[Callable[[str], None]] = [_exit]
