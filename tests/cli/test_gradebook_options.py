"""The commands on a gradebook: shown first, recorded all together, with marks in gradebook.csv at once."""

from __future__ import annotations

import csv
import os
import shutil
import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec
import pytest
from click.testing import CliRunner

from grader.cli.main import main
from grader.reporting import output_dir, report
from grader.reporting.output_dir import RunFile, Source
from tests.fixtures.reports import report as made_up
from tests.fixtures.reports import result, wrong_softmax
from tests.fixtures.small_class import BY_0_1

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Three graded submissions of a course with a policy."""
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "course.toml").write_text(
        'title = "T"\npoints = 8\n[[sections]]\nmodule = "mlp"\ndeadline = 2026-12-01T23:59:00Z\n'
        "[marks]\nlate_penalty = [10]\n"
    )
    folder = tmp_path / "out"
    output_dir.create(folder)
    run = RunFile(
        schema=1, seed=987654321, course=str(tmp_path / "course"), submissions=("alice", "bob", "carol"),
        sources=(Source(("/class/bob.py", "/class"), "auto"),),
    )  # fmt: skip
    output_dir.save_run(folder, run)
    for name, points in (("alice", 4.0), ("bob", 2.0), ("carol", 0.0)):
        made = made_up(name, result("relu", points, "correct" if points == 4 else "partial"))
        made = msgspec.structs.replace(
            made, submitted=datetime(2026, 12, 2, 12, tzinfo=UTC), exam=1, seed=987654321
        )
        report.write(output_dir.reports_in(folder) / name, made)
    return folder


def said(out: Path, name: str, *arguments: str, status: int = 0) -> str:
    done = CliRunner().invoke(main, [name, *arguments, "--out", str(out)])
    assert done.exit_code == status, done.output
    return done.output


def rows(out: Path) -> dict[str, dict[str, str]]:
    with (out / "gradebook.csv").open(encoding="utf-8") as file:
        return {row["submission"]: row for row in csv.DictReader(file)}


def test_an_adjustment_is_shown_recorded_and_in_the_csv(out: Path) -> None:
    arguments = ("alice", "--exercise", "relu", "--add", "-1", "--reason", "copied", "--author", "Prof. N.")
    dry = said(out, "adjust", *arguments, "--dry-run")
    assert "alice: adjustment, mlp.relu: -1 points: copied\n  the mark: 3.6 becomes 2.7\n" in dry
    assert "Nothing was recorded" in dry
    assert not (out / "gradebook.csv").exists()
    assert "Recorded as event" in said(out, "adjust", *arguments)
    assert rows(out)["alice"]["points"] == "4.0"
    assert rows(out)["alice"]["mark"] == "2.7"
    assert rows(out)["bob"]["mark"] == "1.8"
    assert "Prof. N.: adjustment, mlp.relu: -1 points: copied" in said(out, "history", "alice")


def test_an_extension_takes_the_penalty_away_and_an_undoing_brings_it_back(out: Path) -> None:
    recorded = said(out, "extend", "alice", "--days", "1", "--reason", "ill")
    assert "the mark: 3.6 becomes 4" in recorded
    assert rows(out)["alice"]["penalty"] == "0.0"
    number = recorded.rpartition("event ")[2].strip(". \n")
    undone = said(out, "extend", "--undo", number, "--reason", "not ill")
    assert f"event {number} undone: not ill\n  the mark: 4 becomes 3.6" in undone
    assert rows(out)["alice"]["penalty"] == "0.4"


def test_a_table_is_recorded_as_a_whole_or_not_at_all(out: Path, tmp_path: Path) -> None:
    table = tmp_path / "excused.csv"
    table.write_text("student,reason\nalice,ill\nboob,ill\n")
    assert "line 3: there is no student boob. Did you mean bob?" in said(
        out, "excuse", "--csv", str(table), status=2
    )
    assert "excused" not in said(out, "history", "alice")
    table.write_text("student,reason\nalice,ill\nbob,ill\n")
    assert "Recorded as events" in said(out, "excuse", "--csv", str(table))
    assert rows(out)["alice"]["mark"] == ""
    assert rows(out)["carol"]["mark"] == "0.0"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("adjust", "--add", "1"), "Name either students, or a table with --csv, or an event with --undo."),
        (("adjust", "alice", "--undo", "3", "--reason", "r"), "Name either students"),
        (
            ("adjust", "--undo", "3", "--add", "1", "--reason", "r"),
            "--add is for students on the",
        ),
        (("adjust", "alice", "--add", "1"), "why? alice has no reason."),
        (("history", "alicia"), "There is no student alicia"),
        (("forget", "alicia"), "There is nothing about a student alicia"),
        (("publish",), "There is nothing to publish"),
    ],
)
def test_wrong_usage_has_its_sentence(out: Path, arguments: tuple[str, ...], sentence: str) -> None:
    assert sentence in " ".join(said(out, *arguments, status=2).split())


def test_a_folder_that_grade_did_not_write_is_refused(tmp_path: Path) -> None:
    assert "is it the folder that `grader grade --out` wrote?" in said(tmp_path, "history", "alice", status=2)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_gradebook_gets_one_with_all_reports(tmp_path: Path) -> None:
    out = shutil.copytree(BY_0_1, tmp_path / "out")
    told = said(out, "history", "alice")
    assert "Reports by Gradbook 0.1.0 on 1 student were taken over" in told
    assert "Mark: 4 of 4" in told


def test_a_damaged_gradebook_is_left_as_it_is(out: Path) -> None:
    (out / "gradebook.db").write_bytes(b"broken" * 999)
    assert "is damaged" in said(out, "adjust", "alice", "--add", "1", "--reason", "r", status=2)
    assert (out / "gradebook.db").read_bytes() == b"broken" * 999


def test_the_page_for_an_appeal_has_all_but_the_seed(out: Path, tmp_path: Path) -> None:
    made = msgspec.structs.replace(made_up("dave", wrong_softmax()), exam=2, seed=987654321)
    report.write(output_dir.reports_in(out) / "dave", made)
    page = tmp_path / "dave.html"
    said(out, "history", "dave", "--page", str(page))
    text = page.read_text()
    for part in ("Exam 2", "softmax(torch.tensor([[0., 0.]]))", "off by 0.5", "grader regrade --out"):
        assert part in text
    assert "987654321" not in text
    assert "http" not in text.replace("http-equiv", "")
    assert stat.S_IMODE(page.stat().st_mode) == 0o600


def test_forgetting_removes_a_person_and_leaves_the_statistics(out: Path) -> None:
    said(out, "excuse", "bob", "--section", "mlp", "--reason", "a private reason")
    mean = "On average 2 of 4 points."
    assert mean in (out / "class.html").read_text()
    assert "Would remove" in said(out, "forget", "bob", "--dry-run")
    assert "excused for mlp: a private reason" in said(out, "history", "bob")
    told = said(out, "forget", "bob")
    assert "3 events" in told
    assert "without a name" in told
    for path in out.rglob("*"):
        assert path.name != "bob"
        if path.is_file():
            assert b"bob" not in path.read_bytes(), path
            assert b"private" not in path.read_bytes(), path
    assert mean in (out / "class.html").read_text()
    assert sorted(rows(out)) == ["alice", "carol"]
    assert "There is no student bob" in said(out, "history", "bob", status=2)


def test_files_with_marks_are_their_owners_alone_whatever_the_umask(tmp_path: Path, out: Path) -> None:
    mask = os.umask(0)
    try:
        fresh = tmp_path / "fresh"
        output_dir.create(fresh)
        said(out, "adjust", "alice", "--add", "1", "--reason", "r")
    finally:
        os.umask(mask)
    for folder in (fresh, fresh / "submissions", out, out / "submissions"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder
    for name in ("gradebook.csv", "gradebook.db", "class.html", "run.json", "submissions/alice/report.json"):
        assert stat.S_IMODE((out / name).stat().st_mode) == 0o600, name
