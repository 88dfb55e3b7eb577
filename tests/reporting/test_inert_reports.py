"""Whatever a student's program says, no output holds characters that act on the program that shows it."""

from __future__ import annotations

import html
import io
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from junitparser import JUnitXml
from msgspec.structs import replace
from rich.console import Console

from grader.records.inert_text import LAYOUT, is_active
from grader.records.verdict import Attempt, Location, Misconception, Verdict, summarize
from grader.records.written import WrittenAnswer
from grader.reporting import gradebook, report
from grader.reporting.annotations import Failure
from grader.reporting.console import Screen
from grader.reporting.formats import FORMATS, Results
from grader.reporting.pages import class_overview, student
from tests.fixtures.reports import CONTEXT

if TYPE_CHECKING:
    from grader.reporting.report import Report

ACTIVE = "\x00\x07\x1b\x7f\x9b\r\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u200b\u2028\ufeff\uffff\ud800"

hostile = st.text(st.sampled_from([*ACTIVE, *"a<&'\"=`\n\t:]>"]), min_size=1, max_size=12)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Reports in which every text that may come from a student is hostile."""
    text = hostile
    verdict = Verdict(
        "right_values", draw(text), "failed", 0.0, 4.0, bonus=False, message=draw(text),
        counterexample=draw(text), got=draw(text), expected=draw(text), hint=draw(text),
        further_hints=(draw(text),),
    )  # fmt: skip
    result = summarize("softmax", "4.4", "scratch", (verdict,), Attempt(draw(text), 2))
    result = replace(
        result, misconception=Misconception("columns", draw(text)), title=draw(text), code=draw(text),
        location=Location(draw(text), None, 1),
    )  # fmt: skip
    written = (WrittenAnswer("4.4", draw(text), draw(text)),)
    return report.graded(f"a{draw(text)}", CONTEXT, (result,), layers=("limits",), written=written)


def acting(text: str, layout: str = LAYOUT) -> list[str]:
    """Return the active characters of an output."""
    return [character for character in text if is_active(character) and character not in layout]


@given(one=reports(), reason=hostile)
@settings(max_examples=30, deadline=None)
def test_no_output_has_active_characters(one: Report, reason: str) -> None:
    failed = report.not_graded(f"b{reason}", CONTEXT, reason)
    exercises = list(one.exercises)
    screen = io.StringIO()
    Screen(Console(file=screen, width=200)).show([one, failed], exercises)
    Screen(Console(file=screen, width=200)).print_line(reason)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        out = Path(folder)
        patch.setenv("GITHUB_STEP_SUMMARY", str(out / "summary.md"))
        printed: list[str] = []
        paths = {failed.submission: out / "b.py", one.submission: out / "a.py"}
        FORMATS["github"].write(
            Results(reports=[one, failed], paths=paths, out=out, print_line=printed.append)
        )
        FORMATS["junit"].write(Results(reports=[one, failed], paths=paths, out=out))
        FORMATS["gradescope"].write(Results(reports=[one], paths=paths, out=out))
        report.write(out, one)
        gradebook.write(out, [one, failed], exercises)
        texts = {path.name: path.read_bytes().decode() for path in out.iterdir()}
        assert len(JUnitXml.fromfile(str(out / "junit.xml"))) == 2
    texts |= {"page": student.page(one), "class page": class_overview.page([one, failed], exercises)}
    texts |= {"terminal": screen.getvalue(), "annotations": "\n".join(printed)}
    for name in ("report.json", "results.json"):
        texts[f"values of {name}"] = "\n".join(strings(json.loads(texts[name])))
    assert {name: acting(html.unescape(text)) for name, text in texts.items()} == {name: [] for name in texts}
    rows = texts["gradebook.csv"].splitlines()
    assert len(rows) == 3


def strings(value: object) -> list[str]:
    """Return all texts in a decoded JSON document."""
    if isinstance(value, dict | list):
        members = value.values() if isinstance(value, dict) else value
        return [text for member in members for text in strings(member)]
    return [value] if isinstance(value, str) else []


def test_a_path_in_an_annotation_has_none_either(tmp_path: Path) -> None:
    from grader.reporting import github

    failure = Failure("softmax", "right_values", tmp_path / "\x1b[2J\u202e.py", "It fails.")
    assert acting(github.annotation(failure, tmp_path)) == []


def test_a_report_of_another_program_is_read_without_them(tmp_path: Path) -> None:
    written = report.not_graded("alice", CONTEXT, "The disk was full.")
    report.write(tmp_path, written)
    file = tmp_path / report.FILE
    file.write_text(file.read_text().replace("The disk", "\\u202eThe \\u0000disk"))
    found = report.read(tmp_path)
    assert found is not None
    assert found.message == "?The ?disk was full."
