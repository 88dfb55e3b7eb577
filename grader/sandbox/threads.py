"""Threads of this process: which there are besides the main one, and which import started them.

A process that forks may have one thread only: a lock that another thread holds stays locked in the child for ever.
"""

from __future__ import annotations

import _thread
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
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
    found.pop(os.getpid(), None)
    return found


class ThreadTrace:
    """Notes which import starts which thread, from its making to the end of the process.

    A thread that Python code starts is put down to the module that is being run. One that a library starts by
    itself is noticed when the next import begins, and is put down to the import before.
    """

    def __init__(self) -> None:
        self._started: dict[str, str] = {}
        self._importing = ""
        self._known = other_threads().keys()
        self._start_new_thread = _thread.start_new_thread
        _thread.start_new_thread = threading._start_new_thread = self._start  # type: ignore[attr-defined] # noqa: SLF001
        sys.addaudithook(self._heed)

    def culprits(self) -> dict[str, str]:
        """Return the names of the threads that were started, each with the module whose import did it."""
        self._look(self._importing)
        return dict(self._started)

    def _heed(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "import":
            self._look(self._importing)
            self._importing = str(arguments[0])

    def _start(self, *arguments: Any, **named: Any) -> int:  # noqa: ANN401 - as Python's own
        self._look(self._importing)
        number = self._start_new_thread(*arguments, **named)
        self._look(_imported_by(sys._getframe(1)) or self._importing)  # noqa: SLF001 - who starts it
        return number

    def _look(self, module: str) -> None:
        now = other_threads()
        for number in now.keys() - self._known:
            self._started.setdefault(now[number], module)
        self._known = now.keys()


def _imported_by(frame: FrameType | None) -> str:
    """Return the name of the module whose import runs a frame; "" if there is none."""
    while frame is not None:
        if frame.f_code.co_name == "<module>":
            return str(frame.f_globals.get("__name__", ""))
        frame = frame.f_back
    return ""
