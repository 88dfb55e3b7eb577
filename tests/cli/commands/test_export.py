"""`grader export` shows what changes, writes it for its owner alone, and writes nothing if anything is
wrong."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import msgspec
import pytest
from click.testing import CliRunner

from grader.cli.main import main
from grader.gradebook.ledger import Place, open_ledger
from grader.gradebook.pending import FILE, FOLDER, Pending
from grader.gradebook.reconcile import reconcile
from grader.reporting import output_dir, report
from grader.reporting.output_dir import RunFile
from grader.students import Identity
from tests.fixtures import exports
from tests.fixtures.downloads import people
from tests.fixtures.exports import COLUMN
from tests.fixtures.reports import not_judged_softmax, result
from tests.fixtures.reports import report as made_up

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from grader.records.verdict import ExerciseResult

GROUP = people(3)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder with reports on three students: 3, 2.5 and 0 of 4 points."""
    folder = tmp_path / "out"
    output_dir.create(folder)
    output_dir.save_run(folder, RunFile(schema=1, seed=7))
    for number, points in enumerate((3.0, 2.5, 0.0)):
        put(folder, number, result("relu", points))
    with open_ledger(folder, Place()) as ledger:
        reconcile(ledger, folder)
    return folder


def put(out: Path, number: int, *results: ExerciseResult) -> None:
    one = GROUP[number]
    made = made_up(f"student-{number}", *results, content=f"sha256:{number}")
    who = Identity(name=one.name, email=one.email, id=one.id, canvas=str(7000 + number))
    report.write(
        output_dir.reports_in(out) / made.submission, msgspec.structs.replace(made, student=who, exam=1)
    )


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "2026-11-27_Grades.csv"
    path.write_bytes(exports.canvas(GROUP, {1: "1"}, of="4"))
    return path


def run(out: Path, template: Path, *options: str) -> Result:
    return CliRunner().invoke(
        main, ["export", "--out", str(out), "--to", "canvas", "--template", str(template), *options]
    )


def test_a_file_is_written_and_what_to_do_with_it_is_said(out: Path, template: Path) -> None:
    done = run(out, template, "--column", COLUMN)
    assert done.exit_code == 0, done.output
    written = out / "export" / template.name
    assert done.output == (
        "3 marks for Homework 1 (5001); 0 the same already, 0 without a mark.\n"
        "1 mark in Homework 1 (5001) will be replaced.\n"
        f"Written: {written}\n"
        "In Canvas: Grades > Import, choose the file, and look at the changes before you save them.\n"
    )
    assert written.read_text().splitlines()[-3:] == [
        '"Lovelace, Ada",7000,004000,st.udent-000,Section A; Tuesday,3',
        '"Lovelace A, Jürgen",7001,004001,st.udent-001,Section A; Tuesday,2.5',
        '"Lovelace A, 민수",7002,004002,st.udent-002,Section A; Tuesday,0',
    ]
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert stat.S_IMODE(written.parent.stat().st_mode) == 0o700


def test_a_dry_run_shows_the_difference_and_writes_nothing(out: Path, template: Path) -> None:
    done = run(out, template, "--column", "5001", "--dry-run")
    assert done.output.splitlines()[:3] == [
        "Lovelace, Ada: none becomes 3",
        "Lovelace A, Jürgen: 1 becomes 2.5",
        "Lovelace A, 민수: none becomes 0",
    ]
    assert done.output.endswith("Nothing was written: this is a dry run.\n")
    assert not (out / "export").exists()


def test_nothing_is_written_if_nothing_changes(out: Path, template: Path) -> None:
    template.write_bytes(exports.canvas(GROUP, {0: "3.00", 1: "2.5", 2: "0"}, of="4"))
    done = run(out, template, "--column", "5001")
    assert done.output == "0 marks for Homework 1 (5001); 3 the same already, 0 without a mark.\n"
    assert not (out / "export").exists()


def test_open_points_are_refused_until_somebody_decides(out: Path, template: Path) -> None:
    put(out, 2, not_judged_softmax())
    done = run(out, template, "--column", "5001")
    assert done.exit_code == 2
    assert "Points of 1 mark are open: student-2" in " ".join(done.output.split())
    assert not (out / "export").exists()
    done = run(out, template, "--column", "5001", "--skip-open")
    assert done.exit_code == 1
    assert "Left out: student-2: points of the mark are open" in done.output
    assert (out / "export" / template.name).exists()


@pytest.mark.parametrize(
    ("change", "options", "why"),
    [
        (b"", (), "Which column of"),
        (b"", ("--column", "HW9"), "has no column HW9 for marks"),
        (b"7001", ("--column", "5001"), "1 student in it is not in the gradebook"),
        (b"Section", ("--column", "5001"), "is no gradebook of Canvas"),
    ],
)
def test_a_bad_template_gets_a_sentence_and_nothing_is_written(
    out: Path, template: Path, change: bytes, options: tuple[str, ...], why: str
) -> None:
    data = exports.canvas(people(4), {}) if change == b"7001" else template.read_bytes().replace(change, b"")
    template.write_bytes(data if change else template.read_bytes())
    done = run(out, template, *options)
    assert done.exit_code == 2
    assert why in " ".join(done.output.split())
    assert not (out / "export").exists()


def test_a_folder_is_no_template_and_the_template_is_not_overwritten(out: Path, template: Path) -> None:
    assert "is a folder: name the file" in " ".join(run(out, out).output.split())
    before = template.read_bytes()
    done = run(out, template, "--column", "5001", "--file", str(template))
    assert "is the template: write to another file" in " ".join(done.output.split())
    assert template.read_bytes() == before


def test_the_file_can_be_named(out: Path, template: Path, tmp_path: Path) -> None:
    done = run(out, template, "--column", "5001", "--file", str(tmp_path / "here.csv"))
    assert f"Written: {tmp_path / 'here.csv'}" in done.output
    done = run(out, template, "--column", "5001", "--file", str(tmp_path / "none" / "here.csv"))
    assert done.exit_code == 2
    assert "can't be written" in done.output


def test_what_is_not_published_is_not_exported_and_that_is_said(out: Path, template: Path) -> None:
    waiting = Pending(1, "all", (), ())
    (out / FOLDER).mkdir()
    (out / FOLDER / FILE).write_bytes(msgspec.json.encode(waiting))
    done = run(out, template, "--column", "5001", "--dry-run")
    assert "What `grader regrade` found is not published: these marks are without it." in done.output


def test_a_folder_without_reports_is_wrong_usage(tmp_path: Path, template: Path) -> None:
    done = run(tmp_path, template, "--column", "5001")
    assert done.exit_code == 2
    assert "There are no reports in" in done.output


def test_who_is_forgotten_is_gone_from_what_was_exported(out: Path, template: Path) -> None:
    run(out, template, "--column", "5001")
    done = CliRunner().invoke(main, ["forget", "student-1", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert f"{out / 'export'}" in done.output
    assert not (out / "export").exists()
