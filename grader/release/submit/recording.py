"""A quiet run of `pytest assignments` that keeps what it finds as it goes, whatever ends it.

Started by `grader.release.submit.checking` as `python -P -m grader.release.submit.recording FILE`. Each check
becomes a line of JSON in FILE, which is there as soon as the check is done.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from grader.course.declarations import ASSIGNMENTS
from grader.local.terminal_summary import told_by


class Recorder:
    """Writes down what the reports of a run tell of checks."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write a line."""
        told = told_by(report)
        if told is not None:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(told) + "\n")


def main(arguments: list[str]) -> int:
    """Check everything, and return pytest's exit status."""
    # Without the cache: what changed since the last run, and --lf, are about the student's own runs.
    options = [ASSIGNMENTS, "-q", "--tb=no", "--color=no", "-p", "no:cacheprovider"]
    return int(pytest.main(options, plugins=[Recorder(Path(arguments[0]))]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
