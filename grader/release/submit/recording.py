"""Run `pytest assignments` quietly, and record each result at once: none is lost if the run is killed.

Started by `grader.release.submit.checking` as `python -P -m grader.release.submit.recording FILE`. Each
finished check appends a line of JSON to FILE.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest

from grader.course.declarations import ASSIGNMENTS
from grader.local.check_record import from_report


class Recorder:
    """A pytest plugin that appends the result of each check to a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Append a line to the file."""
        record = from_report(report)
        if record is not None:
            with self.path.open("ab") as file:
                file.write(msgspec.json.encode(record) + b"\n")


def main(arguments: list[str]) -> int:
    """Check everything, and return pytest's exit status."""
    # Without the cache, which is for --lf and the differences between the student's own runs.
    options = [ASSIGNMENTS, "-q", "--tb=no", "--color=no", "-p", "no:cacheprovider"]
    return int(pytest.main(options, plugins=[Recorder(Path(arguments[0]))]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
