"""The check before answers are handed in. Answers can be handed in even if it fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
import pytest

from grader.local.check_record import CheckRecord
from grader.local.terminal_summary import in_book_order, row_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.local.terminal_summary import Row

FINISHED: Final = frozenset({pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED})
LAST_LINES: Final = 3
"""The number of lines from the end of a run's output that are shown if it ended early."""


@dataclass(frozen=True)
class CheckResult:
    """The results in the order of the book; `problem` says why they are incomplete, if they are."""

    rows: Sequence[Row]
    problem: str = ""


def check(folder: Path, seconds: float) -> CheckResult:
    """Check all answers of a course in another process, which is ended after `seconds`."""
    with tempfile.TemporaryDirectory() as temporary:
        results, log = Path(temporary, "results"), Path(temporary, "log")
        with log.open("wb") as output:
            run = subprocess.Popen(
                [sys.executable, "-P", "-m", "grader.release.submit.recording", str(results)],
                cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True,
            )  # fmt: skip
            try:
                status: int | None = run.wait(seconds)
            except subprocess.TimeoutExpired:
                status = None
            finally:
                _kill(run)
        return CheckResult(_rows(results), _problem(status, seconds, log.read_text("utf-8", "replace")))


def _kill(run: subprocess.Popen[bytes]) -> None:
    """Kill a run, and where the system has process groups, all processes that it started."""
    if run.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(run.pid, signal.SIGKILL)
        else:
            run.kill()
        run.wait()


def _rows(results: Path) -> list[Row]:
    rows: dict[tuple[str, str], Row] = {}
    lines = results.read_text(encoding="utf-8").splitlines(keepends=True) if results.exists() else []
    for line in lines:
        if line.endswith("\n"):  # else the run ended while writing it
            record = msgspec.json.decode(line, type=CheckRecord)
            row_for(record, rows).add(record)
    return in_book_order(rows.values())


def _problem(status: int | None, seconds: float, log: str) -> str:
    if status is None:
        return f"The check was stopped after {seconds:g} s."
    if status in FINISHED and "The run ends early" not in log:
        return ""
    last = [line.strip("= ") for line in log.splitlines() if line.strip("= ")][-LAST_LINES:]
    return "\n  ".join(["The check ended early. Its last output:", *last])
