"""`grader match` lists who submissions may be from, and keeps what a person confirms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from grader.cli.main import main
from grader.reporting import matches
from grader.reporting.matches import Match

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder with two suggestions for one submission."""
    matches.write(
        tmp_path, [Match("hw1_ada", "007", "Lovelace, Ada", "90"), Match("hw1_ada", "008", "", "80")]
    )
    return tmp_path


def run(out: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["match", str(out), *options])


def test_suggestions_are_listed(out: Path) -> None:
    done = run(out)
    assert (done.exit_code, done.output.splitlines()) == (
        0,
        ["hw1_ada = 007 (Lovelace, Ada): may be, 90 of 100", "hw1_ada = 008: may be, 80 of 100"],
    )


def test_a_match_is_confirmed_and_taken_back(out: Path) -> None:
    done = run(out, "--confirm", "hw1_ada=007")
    assert "hw1_ada = 007 (Lovelace, Ada): confirmed" in done.output
    assert [one.is_confirmed for one in matches.read(out)] == [True, False]
    run(out, "--confirm", "hw1_ada=")
    assert not any(one.is_confirmed for one in matches.read(out))


def test_a_dry_run_writes_nothing(out: Path) -> None:
    done = run(out, "--dry-run", "--confirm", "hw1_ada=007")
    assert "confirmed" in done.output
    assert not any(one.is_confirmed for one in matches.read(out))


@pytest.mark.parametrize("pair", ["hw1_ada", "=007", ""])
def test_a_pair_without_a_submission_is_wrong_usage(out: Path, pair: str) -> None:
    done = run(out, "--confirm", pair)
    assert done.exit_code == 2
    assert "must be SUBMISSION=STUDENT" in done.output


def test_a_folder_without_suggestions_says_so(tmp_path: Path) -> None:
    assert run(tmp_path).output == f"There is nothing to confirm in {tmp_path}.\n"
