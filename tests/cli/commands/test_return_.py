"""`grader return` packs feedback pages, and says who gets none."""

from __future__ import annotations

import stat
import zipfile
from typing import TYPE_CHECKING

from click.testing import CliRunner

from grader.cli.main import main
from grader.reporting import output_dir
from grader.reporting.output_dir import RunFile
from tests.exchange.test_feedback import graded, template_of
from tests.fixtures.downloads import people

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def run(out: Path, template: Path, *options: str) -> Result:
    return CliRunner().invoke(
        main, ["return", "--out", str(out), "--to", "moodle", "--template", str(template), *options]
    )


def filled(folder: Path) -> Path:
    out = folder / "out"
    output_dir.create(out)
    output_dir.save_run(out, RunFile(schema=1, seed=7))
    for one in people(3):
        graded(out, one)
    return out


def test_an_archive_is_written_and_what_to_do_with_it_is_said(tmp_path: Path) -> None:
    out = filled(tmp_path)
    done = run(out, template_of("moodle", tmp_path, people(3)))
    assert done.exit_code == 0, done.output
    written = out / "export" / "feedback-moodle.zip"
    assert done.output.splitlines()[:2] == ["3 pages for Moodle.", f"Written: {written}"]
    assert "Upload multiple feedback files in a zip" in done.output
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    with zipfile.ZipFile(written) as archive:
        assert archive.namelist()[0] == "Ada Lovelace_3000_assignsubmission_file/feedback.html"


def test_who_gets_no_page_is_named(tmp_path: Path) -> None:
    out = filled(tmp_path)
    done = run(out, template_of("moodle", tmp_path, people(2)), "--dry-run")
    assert done.exit_code == 1
    assert "Left out: student-2: not in" in done.output
    assert done.output.endswith("Nothing was written: this is a dry run.\n")
    assert not (out / "export").exists()


def test_wrong_usage_writes_nothing(tmp_path: Path) -> None:
    out = filled(tmp_path)
    done = run(out, tmp_path)
    assert (done.exit_code, "is a folder" in done.output) == (2, True)
    done = run(tmp_path, template_of("moodle", tmp_path, people(2)))
    assert (done.exit_code, "There are no reports in" in done.output) == (2, True)
    assert not (out / "export").exists()
