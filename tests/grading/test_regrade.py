"""A check is broken, then mended: the regrading shows exactly who is affected, and nothing changes before.

All is graded in this process; `test_gradebook_page.py` regrades in a sandbox.
"""

from __future__ import annotations

import csv
import json
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from grader.cli.main import main
from tests.fixtures.local_workers import in_this_process
from tests.fixtures.small_class import ANSWERS, CHECKS

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = CHECKS.replace("assert twice % 2 == 0", "assert isinstance(twice, int)")
ANSWERS_HERE = {
    "alice.py": ANSWERS["alice.py"],
    "bob.py": ANSWERS["bob.py"],
    "carol.py": ANSWERS["carol.py"],
    "frank.py": "def double(n):\n    return 2.0 * n\n",
    "grace.py": "def double(n):\n    return n + float(n)\n",
}
"""Two right answers that the broken check takes for wrong ones, beside a right, a wrong and an empty one."""


class Desk:
    """An instructor's folder: a course, a class, and what was graded."""

    def __init__(self, root: Path, course: Path) -> None:
        self.course = shutil.copytree(course, root / "course")
        self.folder, self.out = root / "class", root / "out"
        self.folder.mkdir()
        for name, text in ANSWERS_HERE.items():
            (self.folder / name).write_text(text)

    def checks(self, text: str) -> None:
        """Write the course's checks."""
        (self.course / "assignments" / "ch1" / "test_doubling.py").write_text(text)

    def grade(self) -> str:
        """Grade the class."""
        return said(["grade", str(self.folder), "--course", str(self.course), "--out", str(self.out)])

    def run(self, name: str, *arguments: str, status: int = 0) -> str:
        """Run another command on the folder."""
        return said([name, *arguments, "--out", str(self.out)], status)

    def points(self) -> dict[str, str]:
        """The points in `gradebook.csv`."""
        with (self.out / "gradebook.csv").open(encoding="utf-8") as file:
            return {row["submission"]: row["points"] for row in csv.DictReader(file)}

    def files(self) -> dict[Path, bytes]:
        """All files that count, with their contents."""
        return {
            path: path.read_bytes()
            for path in self.out.rglob("*")
            if path.is_file() and "regrade" not in path.parts and not path.name.startswith("gradebook.db")
        }


def said(arguments: list[str], status: int = 0) -> str:
    """Run a command in this process, workers included."""
    with in_this_process():
        done = CliRunner().invoke(main, arguments)
    assert done.exit_code == status, done.output
    return done.output


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, course: Path) -> Desk:
    made = Desk(tmp_path_factory.mktemp("desk"), course)
    made.checks(BROKEN)
    made.grade()
    return made


WRONG = {"alice": "4.0", "bob": "0.0", "carol": "0.0", "frank": "3.0", "grace": "3.0"}


def test_a_mended_check_shows_exactly_those_who_are_affected(desk: Desk) -> None:
    """The steps of one story, in their order."""
    assert desk.points() == WRONG
    assert "Nothing to grade anew" in desk.run("regrade")
    desk.checks(CHECKS)
    assert "5 of 5 submissions were graded before the course's checks changed." in desk.grade()
    before = desk.files()

    assert "this is a dry run" in desk.run("regrade", "--dry-run")
    assert not (desk.out / "regrade").exists()
    shown = desk.run("regrade")
    assert (
        "frank: 3 becomes 4 (+1)\n  doubling.double: 3 becomes 4\n    it_is_even: failed, now passed\n"
        in shown
    )
    assert "grace: 3 becomes 4 (+1)" in shown
    for name in ("alice", "bob", "carol"):
        assert f"{name}: 4 becomes" not in shown
        assert f"{name}: 0 becomes" not in shown
    assert "Other results of checks, and the same points: bob\n" in shown
    assert "5 graded anew: 2 gain points, 0 lose points, 3 keep theirs." in shown
    page = (desk.out / "regrade" / "regrade.html").read_text()
    assert page.count("it_is_even: failed, now passed") == 2
    assert "double(" in page  # the counterexample
    assert str(json.loads((desk.out / "run.json").read_text())["seed"]) not in page
    assert desk.files() == before

    assert "Nothing was published: this is a dry run." in desk.run("publish", "--dry-run")
    assert desk.files() == before
    assert "Published: 5 reports." in desk.run("publish", "--author", "Prof. N.")
    assert desk.points() == WRONG | {"frank": "4.0", "grace": "4.0"}
    assert not (desk.out / "regrade").exists()
    assert "There is nothing to publish" in desk.run("publish", status=2)
    told = desk.run("history", "frank")
    assert "Prof. N.: published: 3 became 4 by regrading (all)" in told
    assert "Mark: 4 of 4" in told
    assert "shows what would change" not in desk.grade()


def test_nobody_loses_by_never_lower_and_only_takes_one_exercise(desk: Desk) -> None:
    desk.checks(BROKEN)
    kept = desk.run("regrade", "--policy", "never-lower")
    assert "0 gain points, 0 lose points, 5 keep theirs" in kept
    lost = desk.run("regrade")
    assert "frank: 4 becomes 3 (-1)" in lost
    assert "2 lose points" in lost
    assert "there is no exercise" in desk.run("regrade", "--only", "halve", status=2).lower()
    only = desk.run("regrade", "--only", "double", "--student", "grace")
    assert "grace: 4 becomes 3 (-1)" in only
    assert "frank" not in only
    desk.checks(CHECKS)


def test_what_is_gone_or_changed_is_named_and_stays(desk: Desk) -> None:
    desk.checks(BROKEN)
    answer = desk.folder / "frank.py"
    answer.write_text("def double(n):\n    return 0\n")
    try:
        shown = desk.run("regrade", status=1)
        assert "frank: not graded anew: what was graded is not where it was" in shown
        elsewhere = desk.folder.parent / "kept"
        elsewhere.mkdir()
        (elsewhere / "frank.py").write_text(ANSWERS_HERE["frank.py"])
        assert "frank: 4 becomes 3" in desk.run("regrade", str(elsewhere / "frank.py"), "--student", "frank")
    finally:
        answer.write_text(ANSWERS_HERE["frank.py"])
        desk.checks(CHECKS)
        shutil.rmtree(desk.out / "regrade", ignore_errors=True)


def test_a_resubmission_in_between_is_not_published_over(desk: Desk) -> None:
    """What was graded anew is the earlier attempt's; both keep what was found on them."""
    desk.checks(BROKEN)
    desk.run("regrade", "--student", "frank")
    answer = desk.folder / "frank.py"
    answer.write_text("def double(n):\n    return n + n + 0\n")
    desk.grade()
    assert "Published: 1 reports." in desk.run("publish")
    assert desk.points()["frank"] == "4.0"
    earlier = json.loads((desk.out / "submissions" / "frank" / "attempts" / "1" / "report.json").read_text())
    assert earlier["points"] == 3.0
    desk.checks(CHECKS)
    first = desk.folder.parent / "first" / "frank.py"
    first.parent.mkdir()
    first.write_text(ANSWERS_HERE["frank.py"])
    shown = desk.run("regrade", str(desk.folder), str(first), "--student", "frank")
    assert "frank (attempt 1): 3 becomes 4 (+1)" in shown
    assert "2 graded anew: 1 gain points, 0 lose points, 1 keep theirs." in shown
