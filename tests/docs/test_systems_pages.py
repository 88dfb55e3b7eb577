"""The pages on other systems show what the commands print, and what they make of the files on the pages."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from click.testing import CliRunner

from grader.cli.main import main
from grader.exchange.mailboxes import MAILBOXES
from grader.exchange.systems import SYSTEMS
from grader.gradebook.ledger import Place, open_ledger
from grader.gradebook.reconcile import reconcile
from grader.records.verdict import ExerciseResult
from grader.reporting import output_dir, report
from grader.reporting.output_dir import RunFile
from grader.reporting.pages import student
from grader.students import Identity
from tests.fixtures.reports import check
from tests.fixtures.reports import report as made_up

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[2] / "docs" / "instructors" / "systems"
INDEX = (FOLDER / "index.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(csv|bash|text)\n(.*?)^```", re.MULTILINE | re.DOTALL)
MARKS = {
    "Ada Lovelace": (8.5, "7001", "004001", "ada", "111"),
    "Bora Park": (10.0, "7002", "004002", "bora", "112"),
    "Jürgen Müller": (7.25, "7003", "004003", "juergen", "113"),
}
"""The class of all pages: points, Canvas' id, the university's, login, participant in Moodle."""
DOWNLOAD = (
    "lovelaceada_7001_90001_softmax.ipynb",
    "parkbora_LATE_7002_90002_softmax.py",
    "mullerjurgen_7003_text.html",
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with `out/`, and what was downloaded from Canvas."""
    out = tmp_path / "out"
    output_dir.create(out)
    output_dir.save_run(out, RunFile(schema=1, seed=7))
    for name, (points, canvas, number, login, moodle) in MARKS.items():
        softmax = ExerciseResult(
            "softmax", "4.4", "softmax", "partial", points, 10.0, 0.0, (check("right_values", "passed"),)
        )
        who = Identity(
            name=name, email=f"{login}@example.org", id=number, login=login, canvas=canvas, moodle=moodle
        )
        made = msgspec.structs.replace(made_up(name, softmax, content=f"sha256:{login}"), student=who, exam=1)
        report.write(output_dir.reports_in(out) / name, made)
        student.write(output_dir.reports_in(out) / name, made)
    with open_ledger(out, Place()) as ledger:
        reconcile(ledger, out)
    for name in DOWNLOAD:
        (tmp_path / "submissions" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "submissions" / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def steps(page: str) -> Iterator[tuple[str, str]]:
    """Yield the blocks of a page."""
    for block in BLOCK.finditer(page):
        yield block[1], block[2]


def run(line: str) -> str:
    """What a command prints."""
    program, *arguments = shlex.split(line)
    if program == "cat":
        return Path(arguments[0]).read_text(encoding="utf-8-sig")
    assert program == "grader"
    return CliRunner().invoke(main, arguments).output


@pytest.mark.parametrize("name", [name for name in SYSTEMS if name != "csv"])
def test_the_commands_print_what_the_page_shows(here: Path, name: str) -> None:
    """The first table of a page is the template that its first command names."""
    page = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    blocks = list(steps(page))
    (kind, template), *rest = blocks
    assert kind == "csv"
    commands = [text for kind, text in rest if kind == "bash"]
    (path,) = set(re.findall(r"grader export .*--template (\S+)", commands[0]))
    Path(path).write_text(template, encoding="utf-8")
    printed = ""
    for kind, text in rest:
        if kind == "bash":
            printed = "".join(map(run, text.strip().splitlines()))
        elif kind == "text":
            assert text == printed
        else:
            assert text in printed
    assert len(commands) >= 2


def test_every_system_has_a_page_and_a_row_in_the_table() -> None:
    pages = {path.stem for path in FOLDER.glob("*.md")} - {"index"}
    assert pages == {*SYSTEMS, "prairielearn", "classroom50"} - {"csv"}
    for name in (*SYSTEMS, *MAILBOXES):
        assert f"--to {name}" in INDEX or f"`{name}`" in INDEX
    for page in pages:
        assert f"]({page}.md)" in INDEX


@pytest.mark.parametrize("name", [name for name in SYSTEMS if name not in {"csv", "gradescope"}])
def test_every_page_says_that_it_has_not_met_the_system_and_how_to_find_out(name: str) -> None:
    page = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    assert "not run against" in page
    assert "--dry-run" in page.partition("not run against")[2]
