"""Checks exercises again whenever their file is saved, in a process that was made ready before."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import watchfiles

from grader.course.declarations import ASSIGNMENTS
from grader.local.prewarmed_run import FINISHED
from grader.reporting.feedback import printable, shown_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.course.watch_targets import Watched

SETTLED: Final = 20
"""Milliseconds without a further change after which a save counts as finished."""
LONGEST: Final = 400
"""Milliseconds after which a burst of saves is acted upon all the same."""
LOOK: Final = 50
"""Milliseconds between two looks at whether a run has ended."""


class Spare:
    """A process of `grader.local.prewarmed_run`, waiting or running."""

    def __init__(self, watched: Watched, likely: Sequence[str]) -> None:
        command = [sys.executable, "-P", "-m", "grader.local.prewarmed_run", str(watched.folder), _terminal()]
        self.process = subprocess.Popen(
            [*command, ",".join(watched.names), ",".join(likely), *["--hints"] * watched.hints],
            stdin=subprocess.PIPE,
            text=True,
        )

    def run(self, names: Sequence[str] | None) -> None:
        """Let it check these exercises; None: all that it collected."""
        with contextlib.suppress(OSError):  # it has ended; its exit status says how
            if self.process.stdin is not None:
                self.process.stdin.write(f"{json.dumps(names)}\n")
                self.process.stdin.close()

    def ended(self) -> int | None:
        """Return its exit status, once it has ended."""
        return self.process.poll()

    def stop(self) -> None:
        """End it, whatever it does, and leave nothing of it behind."""
        self.process.kill()
        self.process.wait()
        with contextlib.suppress(OSError):
            if self.process.stdin is not None:
                self.process.stdin.close()


class Watch:
    """What is going on: one process that runs, or one that waits for the next save."""

    def __init__(self, watched: Watched, mend_terminal: Callable[[], None]) -> None:
        self.watched = watched
        self.mend_terminal = mend_terminal
        self.latest: tuple[str, ...] = watched.names
        self.spare = Spare(watched, self.latest)
        self.running = False

    def begin(self, names: tuple[str, ...] | None, why: str) -> None:
        """Check exercises, on what is on disk now; a run that is going on is of no use any more."""
        if self.running:
            self.spare.stop()
            self.mend_terminal()
            self.spare = Spare(self.watched, names or ())
        self.latest = names or self.latest
        _clear()
        _say(f"{time.strftime('%H:%M:%S')}  {why}")
        self.spare.run(names)
        self.running = True

    def look(self) -> None:
        """If the run has ended, say so, and have the next process made ready."""
        status = self.spare.ended() if self.running else None
        if status is None:
            return
        self.running = False
        self.spare.stop()
        self.mend_terminal()
        self.spare = Spare(self.watched, self.latest)
        _say(self._outcome(status))
        _say(f"Watching {', '.join(self.watched.names) or 'all exercises'}. Ctrl-C ends.")

    def renew(self) -> None:
        """Forget what was collected: the checks themselves have changed."""
        if not self.running:
            self.spare.stop()
            self.spare = Spare(self.watched, self.latest)

    def _outcome(self, status: int) -> str:
        if status == FINISHED:
            return self._following()
        if status > FINISHED:
            return ""
        how = f"a signal, {-status}" if status < 0 else f"exit status {status}"
        return f"The run broke off ({how}). If nothing above says why, what you saved ends Python itself."

    def _following(self) -> str:
        found = self.watched.following(self.latest or self.watched.all())
        if found is None:
            return "Nothing is left to write."
        name, file = found
        return f"Next: write {name}, in {shown_path(file)}\nThen: grader watch {name}"


def watch(watched: Watched, *, polling: bool = False) -> None:
    """Check at once, and then after every save, until Ctrl-C."""
    mend_terminal = _terminal_mender()
    watching = Watch(watched, mend_terminal)
    try:
        _go_on(watching, _saves(watched.folder / ASSIGNMENTS, polling=polling))
    except KeyboardInterrupt:
        click.echo()
    finally:
        watching.spare.stop()
        mend_terminal()


def _go_on(watching: Watch, saves: Iterator[Sequence[Path]]) -> None:
    next(saves)  # from here on no save is missed
    watching.begin(None, "at the start")
    for saved in saves:
        if any(path.name.startswith(("test_", "drive_")) for path in saved):
            watching.renew()
        names = watching.watched.touched(saved)
        if names:
            watching.begin(names, f"saved: {', '.join(path.name for path in saved)}")
        watching.look()


def _saves(folder: Path, *, polling: bool) -> Iterator[Sequence[Path]]:
    """Yield the Python files that were saved together, in any way; none, now and then."""
    changes = watchfiles.watch(
        folder,
        watch_filter=watchfiles.PythonFilter(),
        step=SETTLED,
        debounce=LONGEST,
        rust_timeout=LOOK,
        yield_on_timeout=True,
        raise_interrupt=True,
        force_polling=polling or None,
    )
    for found in changes:
        yield sorted({Path(path) for _change, path in found})


def _terminal_mender() -> Callable[[], None]:
    """Return what puts the terminal's settings back: a debugger that is killed can't do so itself."""
    if sys.platform == "win32" or not sys.stdin.isatty():
        return lambda: None
    import termios

    return partial(termios.tcsetattr, 0, termios.TCSADRAIN, termios.tcgetattr(0))


def _terminal() -> str:
    """Return the file by which a process reads from this terminal; "", where there is none."""
    if not sys.stdin.isatty():
        return ""
    return "CONIN$" if os.name == "nt" else os.ctermid()


def _clear() -> None:
    if not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb":
        click.clear()  # does nothing where there is no terminal


def _say(text: str) -> None:
    if text:
        click.echo(printable(text, sys.stdout.encoding or "ascii"))
