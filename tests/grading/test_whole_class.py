"""A class goes from each system's download to the gradebook and back: no row is lost, none is invented."""

from __future__ import annotations

import csv
import re
import shutil
from typing import TYPE_CHECKING, ClassVar
from unittest import mock

import msgspec
import pytest
from click.testing import CliRunner

from grader.cli.main import main
from grader.exchange import template as templates
from grader.exchange.systems import SYSTEMS
from grader.grading.pool import Pool
from grader.grading.progress import Progress
from grader.grading.run import Request, Run, RunObserver
from grader.grading.run import grade as run
from grader.grading.worker_handle import WorkerSlot
from grader.records.verdict import Verdict, summarize
from grader.records.worker_protocol import Config, Graded, Outline, Ready
from grader.reporting import matches, report
from grader.reporting.output_dir import UsageError
from tests.fixtures.downloads import ALL_ATTEMPTS, DOWNLOADS, Person, code, is_second, people, put, roster
from tests.fixtures.exports import EXPORTS, OPTIONS
from tests.fixtures.thorough import case

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from grader.records.verdict import ExerciseResult
    from grader.submissions import HandIn


def result(points: float) -> ExerciseResult:
    check = Verdict(
        "right_values", "It is right.", "passed" if points else "failed", points, 3.0, bonus=False
    )
    return summarize("double", "1.1", "doubling", (check,))


class StandIn(WorkerSlot):
    """Gives a submission the points that its files name."""

    checks = "sha256:00"
    mended: ClassVar[dict[int, int]] = {}
    """What mended checks give in place of these points."""

    def grade(self, hand_in: HandIn, exam: int) -> Graded:
        found = [int(one) for file in hand_in.files for one in re.findall(rb"points = (\d)", file.data)]
        assert found, hand_in
        points = self.mended.get(sum(found), sum(found))
        return Graded((result(float(points)),), (), 0.1, exam=exam)


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the workers."""

    def grow(pool: Pool, size: int) -> None:
        while len(pool.slots) < size:
            pool.slots.append(StandIn(pool.config))

    monkeypatch.setattr(Pool, "grow", grow)
    monkeypatch.setattr(
        Pool, "outline", lambda _: Outline((result(0.0),), StandIn.checks, "2.13.0", "cpu", 1.0)
    )
    monkeypatch.setattr(Pool, "wait_until_ready", lambda _: Ready())


def grade(folder: Path, course: Path, layout: str = "auto", listed: Path | None = None) -> Run:
    out = folder.with_name(f"{folder.name}-out")
    request = Request(
        paths=(folder,), out=out, config=Config(course=str(course)), jobs=2, layout=layout, roster=listed
    )
    return run(request, mock.Mock(spec=RunObserver))


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder.with_name(f"{folder.name}-out") / "gradebook.csv").open(
        newline="", encoding="utf-8"
    ) as file:
        return list(csv.DictReader(file))


def confirm(out: Path, students: dict[str, str]) -> None:
    """Say yes in some rows of the suggestions."""
    known = [
        one._replace(is_confirmed=students.get(one.submission) == one.student) for one in matches.read(out)
    ]
    assert sum(one.is_confirmed for one in known) == len(students)
    matches.write(out, known)


def mark(one: Person) -> tuple[str, str]:
    """The status and points of a student whose last attempt counts."""
    points = one.points[-1]
    return ("no_code", "0.0") if points is None else ("graded", f"{points}.0")


def hand_back(system: str, folder: Path, every: Sequence[Person], points: Mapping[str, str]) -> None:
    """Fill in what the system exports of the class, and read it back by the rules of its importer.

    Every fifth student has 1 point there already.
    """
    known = SYSTEMS[system]
    now = {one.number: "1" for one in every if one.number % 5 == 0}
    template = folder.with_name("template.csv")
    template.write_bytes(EXPORTS[system](every, now))
    out, target = folder.with_name(f"{folder.name}-out"), folder.with_name("upload.csv")
    arguments = ["export", "--to", system, "--template", template, "--out", out, "--file", target]
    done = CliRunner().invoke(main, [*map(str, arguments), "--column", OPTIONS[system]])
    assert done.exit_code == 0, done.output
    sheet = known.sheet(templates.read(template, known.separators), OPTIONS[system])
    ids = {entry.key: entry.identity.id for entry in sheet.entries} if system != "moodle" else {}
    ids |= {str(3000 + one.number): one.id for one in every}
    read_back = {ids[key]: float(value) for key, value in known.imported(target.read_bytes(), sheet).items()}
    before = {one.id: 1.0 for one in every if one.number in now}
    wanted = {key: float(value) for key, value in points.items() if value}
    assert before | read_back == before | wanted
    if known.takes_part:
        changed = {key for key, value in wanted.items() if before.get(key) != value}
        assert read_back.keys() == changed


ALL = people()
SOME = [*ALL[:104], *ALL[300:304]]
"""All first with all last names; two students of one name; and all kinds of hand-ins."""


@pytest.mark.parametrize(
    ("system", "every"),
    [
        *(case(one, SOME, thorough=False, name=one) for one in DOWNLOADS if one != "moodle"),
        *(case(one, ALL, thorough=one != "moodle", name=f"{one} of 400") for one in DOWNLOADS),
    ],
)
def test_a_class_goes_from_the_download_to_the_gradebook(
    tmp_path: Path, course: Path, system: str, every: Sequence[Person]
) -> None:
    """`make thorough` has classes of 400 from each system: more of the same."""
    folder = tmp_path / "download"
    away = {5, 77, 301}
    there = [one for one in every if one.number not in away]
    DOWNLOADS[system](folder, there)
    done = grade(folder, course, listed=roster(tmp_path / "roster.csv", every))
    by_number = {one.number: one for one in every}
    if system == "brightspace":  # two students have one name, and nothing else tells who is who
        assert [one.rpartition("-")[0] for one in done.class_list.strangers] == ["Ada Lovelace"] * 2
        confirm(tmp_path / "download-out", {"Ada Lovelace-600": "004000", "Ada Lovelace-700": "004100"})
        done = grade(folder, course, listed=tmp_path / "roster.csv")
    expected = {}
    for one in every:
        first = by_number[one.number - 1] if system == "gradescope" and is_second(one) else one
        expected[one.id] = ("not_handed_in", "") if one.number in away else mark(first)
    found = rows(folder)
    assert {row["id"]: (row["status"], row["points"]) for row in found} == expected
    assert len(found) == len({row["submission"] for row in found}) == len(every)
    assert done.class_list.strangers == ()
    assert {one.id for one in done.class_list.missing} == {by_number[number].id for number in away}
    assert len(done.paths) == len(done.reports)
    if system in ALL_ATTEMPTS:
        twice = [one for one in done.reports if one.exam == 2]
        assert len(twice) == sum(
            len(one.points) > 1 for one in there if system != "gradescope" or not is_second(one)
        )
    if system in EXPORTS:
        hand_back(system, folder, every, {key: points for key, (_, points) in expected.items()})
    if system == "canvas":
        assert {row["id"] for row in found if row["late"] == "yes"} == {
            one.id for one in there if one.number % 10 == 0
        }
    if system == "gradescope":
        assert {row["id"] for row in found if row["group"]} == {
            one.id for one in there if is_second(one) or (one.number % 20 == 0 and one.number not in {0, 300})
        }


@pytest.mark.parametrize("system", DOWNLOADS)
def test_without_a_roster_nobody_is_lost_either(tmp_path: Path, course: Path, system: str) -> None:
    folder = tmp_path / "download"
    group = people(40)
    DOWNLOADS[system](folder, group)
    grade(folder, course)
    found = sorted((row["status"], row["points"]) for row in rows(folder))
    firsts = {one.number: one for one in group}
    own = [firsts[one.number - 1] if system == "gradescope" and is_second(one) else one for one in group]
    assert found == sorted(map(mark, own))


TERM = """
title = "D"
points = 3
[[sections]]
module = "doubling"
deadline = 2026-12-01T23:59:00Z
[marks]
late_penalty = [50]
"""
METADATA = """---
submission_1:
  :submitters:
  - :name: Bob Ng
    :sid: '2'
  :created_at: 2026-12-01 10:00:00 Z
submission_2:
  :submitters:
  - :name: Bob Ng
    :sid: '2'
  :created_at: 2026-12-02 10:00:00 Z
"""


def command(out: Path, *arguments: str, status: int = 0) -> str:
    """Run a command on an output folder, and return what it says."""
    done = CliRunner().invoke(main, [*arguments, "--out", str(out)])
    assert done.exit_code == status, done.output
    return done.output


def marks_in(out: Path) -> dict[str, tuple[str, str, str]]:
    """The points, penalty and mark of each student, by the id in the roster."""
    with (out / "gradebook.csv").open(newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    return {row["id"]: (row["points"], row.get("penalty", ""), row["mark"]) for row in table}


def test_a_term_from_downloads_with_a_roster_to_marks_and_a_regrading(
    tmp_path: Path, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The steps of one story: who is who, late and better, a group, decisions, mended checks, forgetting."""
    ours = shutil.copytree(course, tmp_path / "course")
    (ours / "course.toml").write_text(TERM)
    listed = tmp_path / "roster.csv"
    listed.write_text(
        "name,id,group\nLovelace Ada,1,\nBob Ng,2,\nCem Oz,3,Team 1\nDee Ito,4,Team 1\nEva Kim,5,\n"
    )
    moodle, export, out = tmp_path / "moodle", tmp_path / "export", tmp_path / "out"
    ada = moodle / "Ada Lovelace_111_assignsubmission_file" / "doubling.py"
    put(ada, code(2))
    put(moodle / "Team 1_112_assignsubmission_file" / "doubling.py", code(1))
    put(export / "submission_metadata.yml", METADATA)
    put(export / "submission_1" / "doubling.py", code(1))
    put(export / "submission_2" / "doubling.py", code(3))

    def graded() -> dict[str, tuple[str, str, str]]:
        request = Request(
            paths=(moodle, export), out=out, config=Config(course=str(ours)), jobs=2, roster=listed
        )
        run(request, mock.Mock(spec=RunObserver))
        return marks_in(out)

    # Bob's second attempt is a day late, and better even so.
    expected = {
        "1": ("2.0", "0.0", "2.0"), "2": ("3.0", "1.5", "1.5"), "3": ("1.0", "0.0", "1.0"),
        "4": ("1.0", "0.0", "1.0"), "5": ("", "", ""),
    }  # fmt: skip
    assert graded() == expected
    assert graded() == expected, "nothing changes by itself"

    # More time for Bob; a point for one member of the group; an oral exam of whom there is nothing else.
    command(out, "extend", "Bob Ng", "--days", "1", "--reason", "ill")
    command(out, "adjust", "Dee Ito", "--add", "1", "--reason", "she explained it")
    command(out, "adjust", "Eva Kim", "--set", "2", "--reason", "an oral exam")
    assert marks_in(out) == {
        "1": ("2.0", "", "2.0"), "2": ("3.0", "", "3.0"), "3": ("1.0", "", "1.0"), "4": ("1.0", "", "2.0"),
        "5": ("", "", "2.0"),
    }  # fmt: skip
    told = command(out, "history", "Dee Ito")
    assert "she explained it" in told
    assert "Mark: 2 of 3" in told
    assert "she explained it" not in command(out, "history", "Cem Oz")
    told = command(out, "history", "Bob Ng")
    assert told.count("seen (") == told.count("graded (") == 2, told
    assert "Mark: 3 of 3" in told

    # Ada hands in again; the checks are mended, and all attempts are graded anew.
    put(ada, code(1))
    graded()
    monkeypatch.setattr(StandIn, "checks", "sha256:01")
    monkeypatch.setattr(StandIn, "mended", {1: 2})
    shown = command(out, "regrade", status=1)
    assert "Lovelace Ada (attempt 1): not graded anew: what was graded is not where it was" in shown
    assert "Lovelace Ada: 1 becomes 2 (+1)" in shown
    assert "Bob Ng (attempt 1): 1 becomes 2 (+1)" in shown
    assert "Team 1: 1 becomes 2 (+1)" in shown
    assert "4 graded anew: 3 gain points, 0 lose points, 1 keep theirs." in shown
    command(out, "publish")
    assert {id_: mark for id_, (_, _, mark) in marks_in(out).items()} == {
        "1": "2.0", "2": "3.0", "3": "2.0", "4": "3.0", "5": "2.0",
    }  # fmt: skip
    before = marks_in(out)
    assert graded() == before, "what was published is kept"

    somebody_goes(out)


def somebody_goes(out: Path) -> None:
    """Forget Bob, and Eva of whom there is only a decision; what is about the others stays."""
    assert "whose reports have the names of all members" in command(out, "forget", "Cem Oz", status=2)
    command(out, "forget", "Bob Ng")
    command(out, "forget", "Eva Kim")
    assert marks_in(out).keys() == {"1", "3", "4"}
    kept = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert b"Bob Ng" not in kept
    assert b"Eva Kim" not in kept


def test_another_run_keeps_every_report_and_adds_an_attempt(tmp_path: Path, course: Path) -> None:
    folder, out = tmp_path / "class", tmp_path / "class-out"
    put(folder / "ada.py", code(3))
    put(folder / "bob.py", code(2))
    grade(folder, course)
    put(folder / "ada.py", code(1))
    done = grade(folder, course)
    assert done.kept == 1
    assert {row["submission"]: (row["points"], row["attempt"]) for row in rows(folder)} == {
        "ada": ("1.0", "2"), "bob": ("2.0", "1"),
    }  # fmt: skip
    earlier = msgspec.json.decode((out / "submissions/ada/attempts/1/report.json").read_bytes())
    assert (earlier["points"], earlier["exam"]) == (3.0, 1)
    assert (out / "submissions/ada/attempts/1/feedback.html").is_file()
    put(folder / "ada.py", code(3))
    done = grade(folder, course)
    assert done.kept == 2, "what was handed in before is graded already"
    assert [one.points for one in done.reports] == [3.0, 2.0]
    assert (out / "submissions/ada/attempts/2/report.json").is_file()
    assert not (out / "submissions/ada/attempts/1").exists()


@pytest.mark.parametrize(("policy", "points"), [("last", 1.0), ("best", 3.0), ("first", 2.0)])
def test_course_toml_says_which_attempt_counts(
    tmp_path: Path, course: Path, policy: str, points: float
) -> None:
    ours = shutil.copytree(course, tmp_path / "course")
    section = '[[sections]]\nmodule = "doubling"\n'
    (ours / "course.toml").write_text(f'title = "D"\npoints = 4\nmarks.attempt = "{policy}"\n{section}')
    folder = tmp_path / "class"
    for number, own in enumerate((2, 3, 1), start=1):
        put(folder / f"hw1_ada_attempt_2026-11-0{number}-10-00-00_mlp.py", code(own))
    (counts,) = grade(folder, ours).reports
    assert counts.points == points
    others = sorted(one.name for one in (tmp_path / "class-out/submissions/ada/attempts").iterdir())
    assert others == sorted({"1", "2", "3"} - {str(counts.exam)})


def test_those_that_took_long_before_are_begun_first(tmp_path: Path, course: Path) -> None:
    """All cores are busy to the end: nothing long is left for it."""
    folder = tmp_path / "class"
    for name in ("ada", "bob", "cem", "dee"):
        put(folder / f"{name}.py", code(1))
    grade(folder, course)
    for name, seconds in (("ada", 1.0), ("bob", 3.0), ("cem", 60.0)):
        path = tmp_path / "class-out" / "submissions" / name / "report.json"
        known = msgspec.json.decode(path.read_bytes(), type=report.Report)
        report.write(path.parent, msgspec.structs.replace(known, seconds=seconds))
    for name in ("ada", "bob", "cem", "dee", "eve"):
        put(folder / f"{name}.py", code(2))
    begun: list[str] = []
    with (
        mock.patch.object(Progress, "begin", lambda _, entry: begun.append(entry.name)),
        mock.patch.object(Progress, "end"),
    ):
        grade(folder, course)
    assert begun[0] == "cem"
    assert begun.index("eve") < begun.index("bob"), "nothing is known of her: she is taken for usual"
    assert begun[-1] == "dee"


def test_a_run_that_is_interrupted_leaves_earlier_marks_in_the_gradebook(
    tmp_path: Path, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "class"
    for name in ("ada", "bob"):
        put(folder / f"{name}.py", code(1))
    grade(folder, course)
    for name in ("ada", "bob"):
        put(folder / f"{name}.py", code(2))

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Pool, "grade", interrupted)
    assert grade(folder, course).interrupted
    assert {row["submission"]: row["points"] for row in rows(folder)} == {"ada": "1.0", "bob": "1.0"}


def test_what_is_handed_in_again_unchanged_is_no_attempt(tmp_path: Path, course: Path) -> None:
    folder = tmp_path / "class"
    for number in (1, 2, 3):
        put(folder / f"hw1_ada_attempt_2026-11-0{number}-10-00-00_mlp.py", code(2 if number < 3 else 1))
    (counts,) = grade(folder, course).reports
    assert (counts.exam, counts.points) == (2, 1.0)


def test_a_name_that_a_roster_tells_takes_the_earlier_reports_along(tmp_path: Path, course: Path) -> None:
    folder, out = tmp_path / "class", tmp_path / "class-out"
    put(folder / "004001.py", code(3))
    grade(folder, course)
    done = grade(folder, course, listed=roster(tmp_path / "roster.csv", [Person(1)]))
    assert done.kept == 1
    assert done.renamed == (("004001", "Lovelace A, Jürgen"),)
    assert [one.name for one in (out / "submissions").iterdir()] == ["Lovelace A, Jürgen"]


def test_files_of_a_student_in_two_places_are_one_attempt(tmp_path: Path, course: Path) -> None:
    folder = tmp_path / "class"
    put(folder / "004001.py", code(1))
    put(folder / "st.udent-001.py", code(2))
    done = grade(folder, course, listed=roster(tmp_path / "roster.csv", [Person(1)]))
    (counts,) = done.reports
    assert counts.points == 3.0


def test_a_likely_match_is_suggested_and_counts_once_a_person_confirms_it(
    tmp_path: Path, course: Path
) -> None:
    folder, out = tmp_path / "class", tmp_path / "class-out"
    put(folder / "hw1_lovelace_juergen.py", code(3))
    listed = roster(tmp_path / "roster.csv", [Person(1), Person(2)])
    done = grade(folder, course, listed=listed)
    assert done.class_list.strangers == ("hw1_lovelace_juergen",)
    said = "\n".join(done.class_list.lines(out))
    assert "1 submission belongs to nobody in it: hw1_lovelace_juergen." in said
    assert "hw1_lovelace_juergen may be Lovelace A, Jürgen" in said
    text = (out / "matches.csv").read_text(encoding="utf-8")
    assert text.splitlines()[1].startswith("hw1_lovelace_juergen,004001,")
    (out / "matches.csv").write_text(re.sub(r"(004001.*),\n", r"\1,yes\n", text), encoding="utf-8")
    for _again in range(2):
        done = grade(folder, course, listed=listed)
        assert done.class_list.strangers == ()
        assert {row["id"]: row["status"] for row in rows(folder)} == {
            "004001": "graded", "004002": "not_handed_in",
        }  # fmt: skip


def test_two_students_of_one_name_never_share_a_folder(tmp_path: Path, course: Path) -> None:
    """Not even if each is in another download."""
    folder, out = tmp_path / "class", tmp_path / "class-out"
    for number, points in ((111, 1), (112, 3)):
        for path in folder.glob("*"):
            path.rename(tmp_path / path.name)
        put(folder / f"Min Kim_{number}_assignsubmission_file" / "mlp.py", code(points))
        grade(folder, course, layout="moodle")
    assert sorted(one.name for one in (out / "submissions").iterdir()) == ["Min Kim", "Min Kim-112"]


def test_the_members_of_a_team_are_told_by_the_roster(tmp_path: Path, course: Path) -> None:
    folder = tmp_path / "class"
    put(folder / "Team 1_31_assignsubmission_file" / "mlp.py", code(3))
    put(folder / "Team 2_32_assignsubmission_file" / "mlp.py", code(2))
    listed = tmp_path / "roster.csv"
    listed.write_text("name,group\nAda,Team 1\nBob,Team 1\nCarl,\n")
    grade(folder, course, listed=listed)
    assert [(row["submission"], row["status"], row["points"], row["group"]) for row in rows(folder)] == [
        ("Ada", "graded", "3.0", "Team 1"), ("Bob", "graded", "3.0", "Team 1"),
        ("Carl", "not_handed_in", "", ""), ("Team 2", "graded", "2.0", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("roster_text", "matches_text", "why"),
    [
        ("grade\n1\n", "", "has no column that tells who is who"),
        ("name,id\nAda,1\nBob,1\n", "", "two students with the id 1: in line 2 (Ada) and in line 3 (Bob)"),
        ("name\nAda\n", "submission,student,confirmed\nx,Eve,yes\n", "and that is nobody in the roster"),
        ("name\nAda\nAda\n", "submission,student,confirmed\nx,Ada,yes\n", "and that is 2 students in the"),
    ],
)
def test_a_roster_that_can_not_be_used_ends_the_run_before_anything_is_written(
    tmp_path: Path, course: Path, roster_text: str, matches_text: str, why: str
) -> None:
    folder, out, listed = tmp_path / "class", tmp_path / "class-out", tmp_path / "roster.csv"
    put(folder / "ada.py", code(3))
    listed.write_text(roster_text)
    out.mkdir()
    if matches_text:
        (out / "matches.csv").write_text(matches_text)
    with pytest.raises(UsageError, match=re.escape(why)):
        grade(folder, course, listed=listed)
    assert not (out / "submissions").exists()
