"""The doctor: what holds, what is missing, what to do."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from click.testing import CliRunner

from grader.cli import main
from grader.commands.doctor import wall
from grader.wall import LAYERS
from tests.grading.conftest import without_bubblewrap

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_machine_with_everything_is_fine() -> None:
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 0, result.output
    assert result.output.count("holds") == len(LAYERS)
    assert "The whole wall can be built here." in result.output


def test_what_is_missing_is_named_with_the_reason_and_the_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", without_bubblewrap(tmp_path))
    monkeypatch.setitem(sys.modules, "pyseccomp", None)
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1
    assert "No permissions to create new namespace" in result.output
    assert "apt install bubblewrap" in result.output
    assert "apt install libseccomp2" in result.output
    assert "--sandbox weak" in result.output
    assert wall()[0] == ("namespaces", "landlock", "limits")
