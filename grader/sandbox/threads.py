"""Threads of this process: which there are besides the main one, and which import started them.

A process that forks may have only one thread: a lock that another thread holds stays locked in the child.
"""

from __future__ import annotations

import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

_TASKS: Final = Path("/proc/self/task")


def other_threads() -> dict[int, str]:
    """Return the threads of this process but the main one: their names, by number.

    A library written in C names its threads as it likes; one that gives no name has that of the program.
    """
    found = {}
    for task in _TASKS.iterdir():
        try:
            found[int(task.name)] = (task / "comm").read_text(encoding="utf-8", errors="replace").strip()
        except OSError:  # it has just ended
            continue
    # Not `os.getpid()`: /proc may belong to another pid namespace.
    found.pop(int(Path("/proc/self").readlink().name), None)
    return found


def lasting_threads(seconds: float = 2.0) -> dict[int, str]:
    """Return the other threads that don't end by themselves within so many seconds.

    Matplotlib, for one, has a timer run while it builds its cache of fonts, and leaves it about to end.
    """
    deadline = time.monotonic() + seconds
    while (found := other_threads()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return found


class ThreadTrace:
    """Notes which import starts which thread, from its making to the end of the process.

    A thread that Python code starts is put down to the module that is being imported then. One that a
    library starts by itself is noticed when the next import begins, and is put down to the import before.
    """

    def __init__(self) -> None:
        self._started: dict[int, str] = {}
        self._importing = ""
        self._known = other_threads().keys()
        for name in ("_start_new_thread", "_start_joinable_thread"):  # the second one since Python 3.13
            if (original := getattr(threading, name, None)) is not None:
                setattr(threading, name, partial(self._start, original))
        sys.addaudithook(self._heed)

    def culprits(self) -> list[tuple[str, str]]:
        """Return the name of each thread that was started and still runs, with the module that did it."""
        self._look(self._importing)
        running = other_threads()
        return [(running[number], module) for number, module in self._started.items() if number in running]

    def _heed(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "import":
            self._look(self._importing)
            self._importing = str(arguments[0])

    def _start(self, original: Callable[..., Any], *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        self._look(self._importing)
        started = original(*arguments, **named)
        self._look(_module_of(sys._getframe(1)))  # noqa: SLF001 - who starts it
        return started

    def _look(self, module: str) -> None:
        now = other_threads()
        for number in now.keys() - self._known:
            self._started[number] = module
        self._known = now.keys()


def _module_of(frame: FrameType | None) -> str:
    """Return the module that is being imported in a frame or above; if there is none, the frame's own."""
    modules = []
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if frame.f_code.co_name == "<module>" and name != "__main__":
            return name
        modules.append(name)
        frame = frame.f_back
    return next((name for name in modules if name not in {"threading", __name__}), "")
