"""A deadline for code in this process: an endless loop is interrupted where it is, on any system.

pytest-timeout ends the whole run where there is no SIGALRM (Windows). Here the loop gets an exception: the
student sees the line, and the other exercises continue.
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
from grader.execution.stopwatch import WallStopwatch
from grader.execution.thread_frames import frames_of_threads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from grader.execution.stopwatch import Stopwatch

MIN_WAIT: Final = 0.01
"""Seconds after which at the earliest a stopwatch that can run faster than the clock is read again."""
RETRY_SECONDS: Final = 0.25
"""Seconds between attempts to interrupt code: it may catch the first exception, or be in a call into C."""
GRACE: Final = 10.0
"""Seconds of such attempts before `give_up` is called."""
FOREVER: Final = float("inf")
TRUSTED_PATHS: Final = (
    str(PACKAGE) + os.sep,
    *{sysconfig.get_path(name) + os.sep for name in ("stdlib", "platstdlib", "purelib", "platlib")},
    "<frozen ",
)
"""Where code is that isn't a student's: the grader's own, and libraries."""


class Expired(BaseException):
    """The time of an exercise is used up."""


@contextlib.contextmanager
def deadline(
    seconds: float, give_up: Callable[[str], None] | None = None, *, stopwatch: Stopwatch | None = None
) -> Iterator[None]:
    """Raise `Expired` in the block, in this thread, when `seconds` have passed.

    They are measured by the clock, unless a `stopwatch` is given. On a student's machine the clock counts: an
    answer may compute on all cores at once, and how long to wait is what the student knows. In the sandbox it
    is `ProcessorStopwatch`, so that it makes little difference what else runs there.

    It is raised only while a student's code runs, or what that calls, never in the grader's own code. Code
    that catches it gets it again, and again at once. If that doesn't help (a call into C doesn't return),
    `give_up` is called from another thread with the student's lines of this thread's stack; when it returns,
    the code is no longer interrupted. Nothing expires while a debugger is active.
    """
    if seconds == FOREVER:
        yield
        return
    # Above this generator are contextlib and then the `with` statement.
    owner = sys._getframe(2)  # noqa: SLF001 - see above
    watch = _Watch(seconds, stopwatch or WallStopwatch(), owner, give_up or _give_up_handlers[-1])
    _active.append(watch)
    watch.start()
    try:
        yield
    finally:
        while not watch.stopped:
            with contextlib.suppress(
                Expired
            ):  # one that was still to be raised in a thread that isn't the main one
                watch.stop()
        _active.remove(watch)


def suspend() -> None:
    """Cancel all deadlines that run now: a debugger was entered."""
    for watch in _active:
        watch.done.set()


@contextlib.contextmanager
def on_unstoppable_code(give_up: Callable[[str], None]) -> Iterator[None]:
    """Within the block, call `give_up` for code that can't be interrupted, unless a deadline has its own."""
    _give_up_handlers.append(give_up)
    try:
        yield
    finally:
        _give_up_handlers.remove(give_up)


def is_debugging() -> bool:
    """Return whether a debugger is active in this thread; coverage measurement doesn't count."""
    trace = sys.gettrace()
    if trace is not None:
        return not (getattr(trace, "__module__", None) or type(trace).__module__).startswith("coverage")
    monitoring = getattr(sys, "monitoring", None)  # since Python 3.12
    return monitoring is not None and monitoring.get_tool(monitoring.DEBUGGER_ID) is not None


class _Watch:
    """A thread that, after the deadline, interrupts the block's thread until the block is left.

    It interrupts the main thread by a signal, which also wakes `time.sleep`; another thread by an
    asynchronous exception, which doesn't.
    """

    def __init__(
        self, seconds: float, stopwatch: Stopwatch, owner: FrameType, give_up: Callable[[str], None]
    ) -> None:
        self.seconds = seconds
        self.stopwatch = stopwatch
        self.owner = owner
        self.give_up = give_up
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._run, name="gradbook-deadline", daemon=True)
        self.target = threading.get_ident()
        self.in_main = threading.current_thread() is threading.main_thread()
        # Windows has no SIGALRM; SIGINT, that of Ctrl-C, wakes the main thread on every system.
        self.signal: signal.Signals = getattr(signal, "SIGALRM", signal.SIGINT)
        self.previous: Callable[[int, FrameType | None], object] | int | None = None
        self.due = False
        self.raised = False
        self.stopped = False

    def start(self) -> None:
        if self.in_main:
            self.previous = signal.signal(self.signal, self._handle_signal)
        self.thread.start()

    def stop(self) -> None:
        """Stop interrupting. Not in the main thread, a last `Expired` may be raised by this method.

        It is not cancelled by `PyThreadState_SetAsyncExc(thread, NULL)`: after that, CPython 3.11 checks for
        exceptions forever, and loops where a debugger or Hypothesis traces.
        """
        self.done.set()
        self.thread.join()
        if self.in_main:
            self.due = False
            # None stands for a handler that isn't Python's, and can't be restored.
            signal.signal(self.signal, signal.SIG_DFL if self.previous is None else self.previous)
        self.stopped = True

    def _run(self) -> None:
        while (left := self.seconds - self.stopwatch.elapsed()) > 0:
            if self.done.wait(max(MIN_WAIT, left / self.stopwatch.max_rate)):
                return
        for _ in range(round(GRACE / RETRY_SECONDS)):
            self._interrupt()
            if self.done.wait(RETRY_SECONDS):
                return
        self.give_up("".join(traceback.format_list(self._student_lines())).rstrip())

    def _student_lines(self) -> list[traceback.FrameSummary]:
        """Return the student's lines of the thread's stack, the outermost call first."""
        frame = frames_of_threads().get(self.target)
        lines: list[traceback.FrameSummary] = []
        while frame is not None and frame is not self.owner:
            name = frame.f_code.co_filename
            if not name.startswith((*TRUSTED_PATHS, "<")):
                lines.insert(0, traceback.FrameSummary(name, frame.f_lineno, frame.f_code.co_name))
            frame = frame.f_back
        return lines

    def _interrupt(self) -> None:
        self.due = True
        if not self.in_main:
            frame = frames_of_threads().get(self.target)
            if self._runs_student_code(frame):
                thread, exception = ctypes.c_ulong(self.target), ctypes.py_object(Expired)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, exception)
        elif hasattr(signal, "pthread_kill"):
            signal.pthread_kill(self.target, self.signal)
        else:
            signal.raise_signal(self.signal)

    def _handle_signal(self, number: int, frame: FrameType | None) -> None:
        """Handle the signal, in the main thread: this object's, or another one, which is passed on."""
        if not self.due:
            if callable(self.previous):
                self.previous(number, frame)
            return
        if is_debugging():
            self.done.set()
            return
        if self._runs_student_code(frame):
            if self.raised:
                # It was caught, by an `except:` in a loop. The next one is raised once Python checks for
                # signals: in the handler or at the loop's end, where that `except` catches nothing. Python
                # checks after each call, so this must not be a call.
                [_] = map(_thread.interrupt_main, [self.signal])
            self.raised = True
            raise Expired

    def _runs_student_code(self, frame: FrameType | None) -> bool:
        """Return whether a student's code is running, or what it calls."""
        while frame is not None and frame is not self.owner:
            if not frame.f_code.co_filename.startswith(TRUSTED_PATHS):
                return True
            frame = frame.f_back
        return False


_active: list[_Watch] = []


def _exit(stack: str) -> None:
    sys.stderr.write(f"The time is used up, and the code can't be interrupted:\n{stack}")
    sys.stderr.flush()
    os._exit(1)


_give_up_handlers: list[Callable[[str], None]] = [_exit]
