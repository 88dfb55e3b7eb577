"""The output folder: its seed, and telling it apart from submissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.reporting import output_dir
from grader.reporting.output_dir import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_folder_gets_a_new_seed_that_every_json_reader_can_represent(tmp_path: Path) -> None:
    seeds = {output_dir.seed_for(tmp_path / "out", None) for _ in range(20)}
    assert len(seeds) == 20
    assert all(0 <= seed < 2**53 for seed in seeds)
    assert not (tmp_path / "out").exists()


def test_a_folder_keeps_its_seed(tmp_path: Path) -> None:
    output_dir.create(tmp_path / "deep" / "out")
    output_dir.save_run(tmp_path / "deep" / "out", output_dir.RunFile(schema=1, seed=2**53 - 1))
    assert output_dir.seed_for(tmp_path / "deep" / "out", None) == 2**53 - 1
    assert output_dir.seed_for(tmp_path / "deep" / "out", 2**53 - 1) == 2**53 - 1
    with pytest.raises(UsageError, match="choose another folder"):
        output_dir.seed_for(tmp_path / "deep" / "out", 0)


def test_the_output_folder_and_its_parents_are_not_submissions(tmp_path: Path) -> None:
    (tmp_path / "results" / "monday").mkdir(parents=True)
    (tmp_path / "results" / ".DS_Store").touch()
    for found in (tmp_path / "results", tmp_path / "results" / "monday"):
        assert output_dir.leads_to_output(tmp_path / "results" / "monday", found)


def test_a_submission_that_contains_the_output_folder_is_a_submission(tmp_path: Path) -> None:
    (tmp_path / "alice" / "out").mkdir(parents=True)
    (tmp_path / "alice" / "mlp.py").touch()
    assert not output_dir.leads_to_output(tmp_path / "alice" / "out", tmp_path / "alice")
    assert not output_dir.leads_to_output(tmp_path / "elsewhere", tmp_path / "alice")


def test_a_folder_that_cannot_be_created_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(UsageError, match="can't be created"):
        output_dir.create(tmp_path / "out")


def test_reports_of_other_submissions_are_counted(tmp_path: Path) -> None:
    for name in ("alice", "bob"):
        (tmp_path / "submissions" / name).mkdir(parents=True)
        (tmp_path / "submissions" / name / "report.json").touch()
    assert output_dir.count_other_reports(tmp_path, ["alice"]) == 1
