"""Transcripts that no other test runs show what the program says today."""

from __future__ import annotations

import re
from pathlib import Path

from grader.cli.commands import package
from grader.judging.exception_hints import hint_for
from grader.local import ci_plugin

ROOT = Path(__file__).parents[2]
INSTRUCTORS = ROOT / "docs" / "instructors"


def source(module: object) -> str:
    """Return the source of a module, with literals that are split over lines put together."""
    text = Path(str(module.__file__)).read_text(encoding="utf-8")  # type: ignore[attr-defined]
    return re.sub(r'"\s*\n\s*f?"', "", text)


def test_the_hint_on_the_page_about_gpus_is_that_of_the_program() -> None:
    page = (INSTRUCTORS / "gpu.md").read_text(encoding="utf-8")
    (transcript,) = re.findall(r"^```text\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    message, _, hint = transcript.partition("RuntimeError: ")[2].partition("hint:")
    assert " ".join(hint.split()) == hint_for("RuntimeError", " ".join(message.split()))


def test_the_lines_on_the_page_about_ci_are_those_of_the_program() -> None:
    page = (INSTRUCTORS / "ci.md").read_text(encoding="utf-8")
    (made,) = re.findall(r"^    autograder\.zip \([\d.]+ MiB\): (.*)$", page, re.MULTILINE)
    assert made in source(package)
    (verb,) = re.findall(r"^Next: (\w+) relu, in mlp\.py$", page, re.MULTILINE)
    assert f'"{verb}"' in source(ci_plugin)
