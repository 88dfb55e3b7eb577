"""An output folder with reports, and its gradebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from grader.gradebook.ledger import Ledger, Place, open_ledger
from grader.reporting import output_dir, report
from grader.reporting.output_dir import RunFile
from tests.fixtures.reports import report as made_up
from tests.fixtures.reports import result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from grader.reporting.report import Report

    Reported = Callable[..., Report]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder without reports."""
    folder = tmp_path / "out"
    output_dir.create(folder)
    output_dir.save_run(folder, RunFile(schema=1, seed=7))
    return folder


@pytest.fixture
def ledger(out: Path) -> Iterator[Ledger]:
    with open_ledger(out, Place(), "grader") as opened:
        yield opened


@pytest.fixture
def reported(out: Path) -> Reported:
    """Writes a report on an attempt into the folder."""

    def write(name: str = "alice", content: str = "A", points: float = 3.0, exam: int = 1) -> Report:
        made = made_up(name, result("relu", points), content=content)
        made = msgspec.structs.replace(made, exam=exam)
        report.write(output_dir.reports_in(out) / name, made)
        return made

    return write
