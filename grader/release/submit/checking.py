"""The last check before answers are handed in: nothing that happens in it keeps them from being handed in."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from grader.local.terminal_summary import in_order, row_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.local.terminal_summary import Row

FINISHED: Final = frozenset({pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED})
LAST: Final = 3
"""So many lines of what a run says at its end are enough to know what ended it."""


@dataclass(frozen=True)
class Checked:
    """What was found, in the order of the book; `problem` is why it isn't all, where it isn't."""

    rows: Sequence[Row]
    problem: str = ""


def check(folder: Path, seconds: float) -> Checked:
    """Check all answers of a course within so many seconds, in a process of its own."""
    with tempfile.TemporaryDirectory() as place:
        kept, said = Path(place, "kept"), Path(place, "said")
        with said.open("wb") as output:
            run = subprocess.Popen(
                [sys.executable, "-P", "-m", "grader.release.submit.recording", str(kept)],
                cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True,
            )  # fmt: skip
            try:
                status: int | None = run.wait(seconds)
            except subprocess.TimeoutExpired:
                status = None
            finally:
                _end(run)
        return Checked(_rows(kept), _problem(status, seconds, said.read_text("utf-8", "replace")))


def _end(run: subprocess.Popen[bytes]) -> None:
    """End a run, and on systems that can tell what it started, that too."""
    if run.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(run.pid, signal.SIGKILL)
        else:
            run.kill()
        run.wait()


def _rows(kept: Path) -> list[Row]:
    rows: dict[tuple[str, str], Row] = {}
    lines = kept.read_text(encoding="utf-8").splitlines(keepends=True) if kept.exists() else []
    for line in lines:
        if line.endswith("\n"):  # else the run ended within it
            told = json.loads(line)
            row_of(told, rows).take(told, "")
    return in_order(rows.values())


def _problem(status: int | None, seconds: float, said: str) -> str:
    if status is None:
        return f"The check was ended after {seconds:g} s."
    if status in FINISHED and "The run ends early" not in said:
        return ""
    last = [line.strip("= ") for line in said.splitlines() if line.strip("= ")][-LAST:]
    return "\n  ".join(["The check ended early. It said last:", *last])
