"""`grader watch`: check exercises whenever their file is saved, in a process that was started in advance."""

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
from grader.course.watch_targets import next_stub
from grader.local.prewarmed_run import EXIT_OFFSET
from grader.reporting.feedback import encodable, shown_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.course.watch_targets import WatchTargets

SETTLE_MS: Final = 20
"""A save is complete after this many milliseconds without another change."""
MAX_BURST_MS: Final = 400
"""A burst of saves is handled after this many milliseconds, complete or not."""
POLL_MS: Final = 50
"""Milliseconds between two checks whether a run has ended."""


class PrewarmedRun:
    """A process of `grader.local.prewarmed_run`, waiting or running."""

    def __init__(self, watched: WatchTargets, likely: Sequence[str]) -> None:
        command = [sys.executable, "-P", "-m", "grader.local.prewarmed_run", str(watched.folder), _terminal()]
        self.process = subprocess.Popen(
            [*command, ",".join(watched.names), ",".join(likely), *["--gradbook-hints"] * watched.hints],
            stdin=subprocess.PIPE,
            text=True,
        )

    def run(self, names: Sequence[str] | None) -> None:
        """Check these exercises; None: all that were collected."""
        with contextlib.suppress(OSError):  # the process has ended; its exit status says how
            if self.process.stdin is not None:
                self.process.stdin.write(f"{json.dumps(names)}\n")
                self.process.stdin.close()

    def exit_status(self) -> int | None:
        """Return the exit status; None while the process runs."""
        return self.process.poll()

    def stop(self) -> None:
        """Kill the process, wait for it, and close its pipe."""
        self.process.kill()
        self.process.wait()
        with contextlib.suppress(OSError):
            if self.process.stdin is not None:
                self.process.stdin.close()


class Watch:
    """Holds one process: it runs the checks, or waits for the next save."""

    def __init__(self, watched: WatchTargets, restore_terminal: Callable[[], None]) -> None:
        self.watched = watched
        self.restore_terminal = restore_terminal
        self.latest: tuple[str, ...] = watched.names
        self.process = PrewarmedRun(watched, self.latest)
        self.running = False

    def begin(self, names: tuple[str, ...] | None, why: str) -> None:
        """Check exercises as they are on disk now; stop a run that is still going on."""
        if self.running:
            self.process.stop()
            self.restore_terminal()
            self.process = PrewarmedRun(self.watched, names or ())
        self.latest = names or self.latest
        _clear()
        _say(f"{time.strftime('%H:%M:%S')}  {why}")
        self.process.run(names)
        self.running = True

    def poll(self) -> None:
        """If the run has ended, report its outcome and start the next process."""
        status = self.process.exit_status() if self.running else None
        if status is None:
            return
        self.running = False
        self.process.stop()
        self.restore_terminal()
        self.process = PrewarmedRun(self.watched, self.latest)
        _say(self._outcome(status))
        _say(f"Watching {', '.join(self.watched.names) or 'all exercises'}. Press Ctrl-C to stop.")

    def restart(self) -> None:
        """Start a new process, because the checks themselves have changed."""
        if not self.running:
            self.process.stop()
            self.process = PrewarmedRun(self.watched, self.latest)

    def _outcome(self, status: int) -> str:
        if status == EXIT_OFFSET:
            return self._next_step()
        if status > EXIT_OFFSET:
            return ""
        how = f"signal {-status}" if status < 0 else f"exit status {status}"
        return (
            f"The run was aborted ({how}). If nothing above explains it, your code terminates Python itself."
        )

    def _next_step(self) -> str:
        found = next_stub(self.watched.folder, self.latest or self.watched.all())
        if found is None:
            return "No exercise is left to write."
        name, file = found
        return f"Next: write {name}, in {shown_path(file)}\nThen: grader watch {name}"


def watch(watched: WatchTargets, *, polling: bool = False) -> None:
    """Check once, then after every save, until Ctrl-C."""
    restore_terminal = _terminal_restorer()
    watching = Watch(watched, restore_terminal)
    try:
        _loop(watching, _saves(watched.folder / ASSIGNMENTS, polling=polling))
    except KeyboardInterrupt:
        click.echo()
    finally:
        watching.process.stop()
        restore_terminal()


def _loop(watching: Watch, saves: Iterator[Sequence[Path]]) -> None:
    next(saves)  # from here on no save is missed
    watching.begin(None, "first run")
    for saved in saves:
        if any(path.name.startswith(("test_", "drive_")) for path in saved):
            watching.restart()
        names = watching.watched.affected_by(saved)
        if names:
            watching.begin(names, f"saved: {', '.join(path.name for path in saved)}")
        watching.poll()


def _saves(folder: Path, *, polling: bool) -> Iterator[Sequence[Path]]:
    """Yield the Python files that were saved together; an empty list every `POLL_MS`."""
    changes = watchfiles.watch(
        folder,
        watch_filter=watchfiles.PythonFilter(),
        step=SETTLE_MS,
        debounce=MAX_BURST_MS,
        rust_timeout=POLL_MS,
        yield_on_timeout=True,
        raise_interrupt=True,
        force_polling=polling or None,
    )
    for found in changes:
        yield sorted({Path(path) for _change, path in found})


def _terminal_restorer() -> Callable[[], None]:
    """Return a function that restores the terminal's settings: a debugger that is killed can't do so."""
    if sys.platform == "win32" or not sys.stdin.isatty():
        return lambda: None
    import termios

    return partial(termios.tcsetattr, 0, termios.TCSADRAIN, termios.tcgetattr(0))


def _terminal() -> str:
    """Return the file from which a process can read this terminal; empty without a terminal."""
    if not sys.stdin.isatty():
        return ""
    return "CONIN$" if os.name == "nt" else os.ctermid()


def _clear() -> None:
    if not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb":
        click.clear()  # does nothing without a terminal


def _say(text: str) -> None:
    if text:
        click.echo(encodable(text, sys.stdout.encoding or "ascii"))
