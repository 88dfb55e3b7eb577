"""A class is graded from the command line, with everything in it that can go wrong; and then once more."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args
from unittest import mock

import msgspec
import pytest
from jsonschema import Draft202012Validator

from grader.course.mark_policy import MarkPolicy
from grader.gradebook.errors import GradebookError
from grader.gradebook.ledger import Ledger, Place, open_ledger
from grader.gradebook.marks import Rules
from grader.gradebook.reconcile import reconcile
from grader.grading.pool import Pool
from grader.grading.run import Request, RunObserver, untimed
from grader.grading.run import grade as run
from grader.grading.worker_handle import WorkerSlot
from grader.records import devices
from grader.records.worker_protocol import Config, Outline, Ready
from grader.reporting.report import Status
from grader.reporting.schema import FILE as SCHEMA
from tests.fixtures.reports import report as made_up
from tests.fixtures.small_class import ANSWERS, RIGHT, command, write_class
from tests.fixtures.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fixtures.small_class import Grade


ROOT = Path(__file__).parents[2]
OTHERS = {
    "bora.py": "def conv2d(x):\n    return x\n",
    "carl.pdf": "%PDF",
    "dana.py": "def doubl(n):\n    return 2 * n\n",
    "erin.ipynb": "this is no notebook",
}
"""Answers to another course, no code, a misspelt answer, and a broken notebook."""


class Session:
    """A class, the folder with its reports, and what the command said."""

    def __init__(self, root: Path, grade: Grade) -> None:
        self.grade = grade
        self.folder = write_class(root / "class", *ANSWERS)
        for name, text in OTHERS.items():
            (self.folder / name).write_text(text)
        (self.folder / "ghost.py").symlink_to("nowhere.py")
        # Within the class: it must not become a submission.
        self.out = self.folder / "out"
        self.done = self.run()

    def run(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Grade the class."""
        return self.grade(self.folder, "--out", self.out, *options)

    def report(self, name: str) -> dict[str, Any]:
        """The report on a submission."""
        return json.loads((self.out / "submissions" / name / "report.json").read_text())  # type: ignore[no-any-return]

    def rows(self) -> list[dict[str, str]]:
        """The gradebook."""
        with (self.out / "gradebook.csv").open(newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, grade: Grade) -> Session:
    """The class as handed in."""
    return Session(tmp_path_factory.mktemp("first"), grade)


def test_each_submission_gets_what_it_deserves(first: Session) -> None:
    points = {row["submission"]: (row["status"], row["points"], row["double"]) for row in first.rows()}
    assert points == {
        "alice": ("graded", "4.0", "4.0"),
        "bob": ("graded", "0.0", "0.0"),
        "bora": ("wrong_assignment", "0.0", "0.0"),
        "carl": ("no_code", "0.0", "0.0"),
        "carol": ("unreadable", "0.0", "0.0"),
        "dana": ("graded", "0.0", "0.0"),
        "dave": ("graded", "0.0", "0.0"),
        "erin": ("unreadable", "0.0", "0.0"),
        "ghost": ("unreadable", "0.0", "0.0"),
        "quirk": ("graded", "0.0", ""),
        "toxic": ("not_graded", "", ""),
    }
    assert [row["submission"] for row in first.rows()] == sorted(points)


def test_the_first_line_says_what_the_folder_was_taken_for(first: Session) -> None:
    """The folder with the reports is not counted."""
    count = len(ANSWERS) + len(OTHERS) + 1
    assert first.done.stdout.splitlines()[0] == f"{first.folder}: a class of {count} submissions."


def test_a_report_says_all_that_the_contract_promises(first: Session) -> None:
    report = first.report("alice")
    seed = json.loads((first.out / "run.json").read_text())["seed"]
    assert (report["schema"], report["submission"], report["status"]) == (1, "alice", "graded")
    assert (report["points"], report["max_points"], report["bonus"]) == (4.0, 4.0, 0.0)
    assert (report["device"], report["seed"]) == ("cpu", seed)
    assert report["seconds"] > 0
    assert {"bubblewrap", "limits"} <= set(report["sandbox"])
    assert set(report["versions"]) == {"gradbook", "torch", "python", "checks", "pandas"}
    assert report["versions"]["pandas"] == version("pandas")
    (exercise,) = report["exercises"]
    assert (exercise["name"], exercise["section"], exercise["module"]) == ("double", "1.1", "doubling")
    assert exercise["status"] == "correct"
    assert exercise["attempt"] == {"where": "alice.py", "of": 1, "last": True}
    assert exercise["location"] == {"path": "alice.py", "cell": None, "line": 1}
    assert {check["status"] for check in exercise["checks"]} == {"passed"}


def test_an_endless_loop_is_a_time_out(first: Session) -> None:
    assert first.report("dave")["exercises"][0]["status"] == "timeout"


def test_an_unreadable_submission_has_every_exercise_with_no_points_and_the_reason(first: Session) -> None:
    report = first.report("carol")
    (exercise,) = report["exercises"]
    assert "the file is empty" in report["message"]
    assert (report["points"], report["max_points"]) == (0.0, 4.0)
    assert (exercise["status"], exercise["message"]) == ("error", report["message"])
    assert exercise["checks"][0]["message"] == report["message"]
    assert {check["status"] for check in exercise["checks"][1:]} == {"blocked"}


@pytest.mark.parametrize(
    ("name", "reason"),
    [("toxic", "ended by signal 9")],
)
def test_what_the_grader_fails_at_is_not_graded_and_named(first: Session, name: str, reason: str) -> None:
    report = first.report(name)
    assert report["status"] == "not_graded"
    assert reason in report["message"]
    assert "points" not in report
    assert f"{name}: not graded: " in first.done.stderr
    assert first.done.returncode == 1


def test_a_check_that_fails_itself_costs_no_other_check_and_is_named(first: Session) -> None:
    report = first.report("quirk")
    statuses = {check["name"]: check["status"] for check in report["exercises"][0]["checks"]}
    assert report["provisional"] is True
    assert (statuses["right_type"], statuses["it_is_even"]) == ("passed", "not_judged")
    assert statuses["right_values"] == "failed"
    assert "quirk: provisional, 1 check could not be judged\n" in first.done.stderr
    assert "quirk: double: it_is_even: The check it_is_even of double failed itself" in first.done.stderr
    assert not any("provisional" in first.report(name) for name in ("alice", "bob", "dave"))


def test_what_is_no_answer_to_this_course_is_listed_for_the_instructor(first: Session) -> None:
    assert (
        "Look at bora, which has 0 points: wrong assignment: Nothing in it has a name of this course: it "
        "defines conv2d.\n"
    ) in first.done.stdout
    assert (
        "Look at carl, which has 0 points: no code: There is no Python in it, only carl.pdf."
        in first.done.stdout
    )
    assert "Is doubl (dana.py, line 1) meant to be it?" in first.report("dana")["exercises"][0]["message"]
    page = (first.out / "class.html").read_text(encoding="utf-8")
    assert "No answers to this course" in page
    assert "On average 0.5 of 4 points." in page, "of eight: bora and carl don't count, and toxic has none"


def test_every_report_is_valid_by_the_published_schema(first: Session) -> None:
    """Reports of all statuses, as runs write them."""
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    statuses = set()
    for path in first.out.glob("submissions/*/report.json"):
        fields = json.loads(path.read_text(encoding="utf-8"))
        validator.validate(fields)
        statuses.add(fields["status"])
    assert statuses == set(get_args(Status))


def test_each_submission_has_its_page_and_the_class_links_them(first: Session) -> None:
    pages = {
        path.parent.name: path.read_text("utf-8") for path in first.out.glob("submissions/*/feedback.html")
    }
    assert sorted(pages) == [row["submission"] for row in first.rows()]
    assert "4 of 4 points" in pages["alice"]
    assert "the file is empty" in pages["carol"]
    of_the_class = (first.out / "class.html").read_text("utf-8")
    linked = {name for name in pages if f'href="submissions/{name}/feedback.html"' in of_the_class}
    assert linked == pages.keys() - {"toxic"}


def test_without_a_terminal_there_is_a_line_for_each_submission_and_a_table(first: Session) -> None:
    assert "alice: 4 / 4, all correct\n" in first.done.stdout
    assert "double" in first.done.stdout
    assert str(first.out / "gradebook.csv") in first.done.stdout
    assert "\x1b" not in first.done.stdout


def test_another_seed_for_the_same_folder_is_refused(first: Session) -> None:
    done = first.run("--seed", str(first.report("alice")["seed"] + 1))
    assert done.returncode == 2
    assert "Omit --seed to continue" in done.stderr


def test_a_workers_end_leaves_nothing_but_reports(first: Session) -> None:
    found = [path.relative_to(first.out).as_posix() for path in first.out.rglob("*") if path.is_file()]
    names = [row["submission"] for row in first.rows()]
    each = [f"submissions/{name}/{file}" for name in names for file in ("feedback.html", "report.json")]
    without_content = {"carl", "ghost"}
    each += [f"submissions/{name}/attempts.json" for name in names if name not in without_content]
    assert sorted(found) == sorted(["run.json", "gradebook.csv", "gradebook.db", "class.html", *each])


def test_the_next_run_grades_what_was_not_graded_or_has_changed_and_nothing_else(
    tmp_path: Path, grade_here: Grade, first: Session
) -> None:
    session = object.__new__(Session)
    session.grade, session.folder, session.out = grade_here, first.folder, first.out
    kept = {
        name: (first.out / "submissions" / name / "report.json").stat().st_mtime_ns
        for name in ("alice", "dave")
    }
    for name in ("bob", "toxic", "quirk", "ghost"):
        (first.folder / f"{name}.py").unlink()
        (first.folder / f"{name}.py").write_text(RIGHT)
    (first.folder / "carol.py").rename(tmp_path / "carol.py")
    done = session.run()
    assert done.returncode == 0, done.stderr
    assert "5 of 10 submissions are already graded; their reports are kept." in done.stdout
    assert {row["submission"]: row["points"] for row in session.rows()} == {
        "alice": "4.0", "bob": "4.0", "bora": "0.0", "carl": "0.0", "dana": "0.0", "dave": "0.0",
        "erin": "0.0", "ghost": "4.0", "quirk": "4.0", "toxic": "4.0",
    }  # fmt: skip
    assert session.report("ghost")["seed"] == session.report("alice")["seed"]
    for name, before in kept.items():
        assert (first.out / "submissions" / name / "report.json").stat().st_mtime_ns == before
    # carol's work was withdrawn: her report stays, and the gradebook, which is this run's, is without it.
    assert session.report("carol")["status"] == "unreadable"
    assert "1 more" in done.stdout


def with_a_stand_in(course: Path, *arguments: str | Path) -> list[str]:
    """The command line that grades with stand-ins for the workers."""
    return [
        sys.executable, "-m", "tests.fixtures.stand_in_grader", "grade", "--course", str(course),
        *map(str, arguments),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "status", "program", "processes"),
    [(signal.SIGINT, 130, with_a_stand_in, 1), (signal.SIGTERM, 143, command, 2)],
    ids=["SIGINT", "SIGTERM"],
)
def test_an_interrupt_keeps_what_is_graded_and_leaves_no_process(
    tmp_path: Path,
    course: Path,
    monkeypatch: pytest.MonkeyPatch,
    sent: int,
    status: int,
    program: Callable[..., list[str]],
    processes: int,
) -> None:
    """A run ends its workers after each signal in the same way: once they are real, with a sandbox."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    folder = write_class(tmp_path / "class", "alice.py")
    for number in range(20):
        (folder / f"loop{number}.py").write_text(f"# takes 1\n{ANSWERS['dave.py']}")
    arguments = program(course, folder, "--out", tmp_path / "out", "--jobs", "1")
    with subprocess.Popen(
        arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=ROOT
    ) as run:
        wait_for(lambda: list(tmp_path.glob("out/submissions/*/report.json")))
        started = descendants(run.pid)
        run.send_signal(sent)
        _, said = run.communicate(timeout=60)
    assert run.returncode == status
    assert "The same command continues from here" in said
    assert "Traceback" not in said
    lines = (tmp_path / "out" / "gradebook.csv").read_text().splitlines()
    assert 2 <= len(lines) < 22
    assert len(started) >= processes
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in started))
    assert list(temporary.iterdir()) == []


def descendants(pid: int) -> list[int]:
    """All processes below one."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *descendants(int(child))]
    return found


def test_a_class_that_is_only_the_output_folder_is_empty(tmp_path: Path, grade_here: Grade) -> None:
    (tmp_path / "class" / "out" / "submissions").mkdir(parents=True)
    done = grade_here(tmp_path / "class", "--out", tmp_path / "class" / "out")
    assert done.returncode == 2
    assert "contains no submissions" in done.stderr


def test_all_devices_are_the_cpu_where_there_is_no_gpu(
    tmp_path: Path, grade_here: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(devices, "accelerator", lambda: None)
    folder = write_class(tmp_path / "class", "alice.py")
    done = grade_here(folder, "--out", tmp_path / "out", "--device", "all")
    assert done.returncode == 0
    report = json.loads((tmp_path / "out" / "submissions" / "alice" / "report.json").read_text())
    assert (report["device"], report["points"]) == ("cpu", 4.0)


def test_as_many_workers_are_started_as_the_gpus_have_room_for(
    tmp_path: Path, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No worker but the first is started before it is known."""
    sizes: list[int] = []

    def grow(pool: Pool, size: int) -> None:
        sizes.append(size)
        while len(pool.slots) < size:
            pool.slots.append(WorkerSlot(pool.config))

    def outline(_pool: Pool) -> Outline:
        assert sizes == [1]
        return Outline((), "sha256:00", "2.13.0", "cuda", 1.0, max_workers=2)

    monkeypatch.setattr(Pool, "grow", grow)
    monkeypatch.setattr(Pool, "outline", outline)
    monkeypatch.setattr(Pool, "wait_until_ready", lambda _pool: Ready())
    monkeypatch.setattr(Pool, "grade", lambda _pool, _to_do, _modules, *, exam_of: iter(()))
    request = Request(
        paths=(write_class(tmp_path / "class", *ANSWERS),),
        out=tmp_path / "out",
        config=Config(course=str(course), device="cuda"),
        jobs=5,
    )
    run(request, mock.Mock(spec=RunObserver))
    assert sizes == [1, 2]


@pytest.mark.usefixtures("local_workers")
def test_a_report_that_can_not_be_recorded_is_kept_and_recorded_by_the_next_run(
    tmp_path: Path, course: Path
) -> None:
    """The disk is full after the report, and before its event."""

    def failing(*_: object) -> int:
        raise GradebookError("the disk is full.")

    observer = mock.Mock(spec=RunObserver)
    out = tmp_path / "out"
    config = Config(course=str(course), seed=7)
    asked = Request(paths=(write_class(tmp_path / "class", "alice.py"),), out=out, config=config)
    with mock.patch.object(Ledger, "record", failing):
        done = run(asked, observer)
    assert [one.points for one in done.reports] == [4.0]
    said = [call.args[0] for call in observer.print_line.call_args_list]
    assert (
        "1 of the reports are not in the gradebook yet: the disk is full. The same command again records "
        "them; nothing is graded twice."
    ) in said
    with open_ledger(out, Place()) as ledger:
        assert reconcile(ledger, out).recorded == ("alice",)


def test_what_can_not_be_late_because_nobody_knows_the_time_is_counted() -> None:
    due = datetime(2026, 12, 1, tzinfo=UTC)
    reports = [made_up("alice"), msgspec.structs.replace(made_up("bob"), submitted=due)]
    rules = Rules(policy=MarkPolicy(late_penalty=(10,)), deadlines={"mlp": due})
    assert list(untimed(reports, rules)) == [
        "Nothing tells when 1 of 2 submissions were handed in: they count as in time."
    ]
    assert list(untimed(reports, Rules())) == []
