"""The code is in the shape that the project promises: linted, formatted, typed, and in small files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAX_LINES = 400


def run(*command: str) -> str:
    """What the tool found: empty where it is content."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, timeout=500, check=False
    )
    return "" if done.returncode == 0 else f"{done.stdout}{done.stderr}"


def test_ruff_finds_nothing() -> None:
    found = run("ruff", "check", "--output-format", "concise")
    assert not found, found


def test_every_file_is_formatted() -> None:
    found = run("ruff", "format", "--check")
    assert not found, found


def test_mypy_finds_nothing_in_strict_mode() -> None:
    found = run("mypy")
    assert not found, found


def test_no_file_of_the_grader_is_longer_than_its_readers_can_hold() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "grader").rglob("*.py")
    }
    assert len(lengths) > 1
    assert {path: length for path, length in lengths.items() if length > MAX_LINES} == {}


def test_every_module_of_the_grader_says_first_what_it_is_for() -> None:
    firsts = {path: path.read_text(encoding="utf-8")[:3] for path in (ROOT / "grader").rglob("*.py")}
    assert [path for path, start in firsts.items() if start != '"""'] == []


def test_the_development_page_names_everything_at_the_top_level() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - whichever git there is
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("this is no git checkout, so what belongs to the project can't be told from what doesn't")
    top = sorted({line.partition("/")[0] for line in listed.stdout.split("\0") if line})
    page = (ROOT / "docs" / "internals" / "development.md").read_text(encoding="utf-8")
    assert [name for name in top if f"`{name}" not in page] == []
