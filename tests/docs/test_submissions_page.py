"""The page on who handed in what shows the first lines of a run, and what a roster makes of a class."""

from __future__ import annotations

import re
from pathlib import Path

from grader.grading.who_is_who import class_list
from grader.reporting.output_dir import reports_in
from grader.submissions import CourseNames, find
from grader.submissions.announcing import first_lines
from grader.submissions.layouts import NAMED

PAGE = (Path(__file__).parents[2] / "docs" / "instructors" / "submissions.md").read_text(encoding="utf-8")
COURSE = CourseNames(frozenset(["mlp"]))
METADATA = """\
submission_1001:
  :submitters:
  - :name: Ada Lovelace
    :email: ada@example.org
  - :name: Bora Park
    :email: bora@example.org
submission_1003:
  :submitters:
  - :name: Min Kim
"""
DOWNLOADS = {
    "canvas/lovelaceada_104_2041_mlp.ipynb": "", "canvas/parkbora_LATE_105_2043_hw1.zip": "",
    "canvas/kimmin_106_text.html": "", "canvas/grades.csv": "",
    "moodle/Ada Lovelace_111_assignsubmission_file/mlp.ipynb": "",
    "moodle/Ada Lovelace_111_assignsubmission_onlinetext/onlinetext.html": "",
    "moodle/Bora Park_112_assignsubmission_file/hw1.zip": "", "moodle/all.zip": "",
    "export/submission_metadata.yml": METADATA, "export/submission_1001/mlp.ipynb": "",
    "export/submission_1002/mlp.ipynb": "", "export/submission_1003/mlp.py": "",
}  # fmt: skip


def shown(first: str) -> list[str]:
    """The lines of the block of the page that begins so."""
    (block,) = re.findall(rf"(?m)^    {re.escape(first)}.*\n(?:^    .*\n)*", PAGE)
    return [line.removeprefix("    ") for line in block.splitlines()]


def test_the_first_lines_are_those_of_a_run(tmp_path: Path) -> None:
    for name, text in DOWNLOADS.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = find([tmp_path / name for name in ("canvas", "moodle", "export")], COURSE)
    assert [line.replace(f"{tmp_path}/", "") for line in first_lines(found)] == shown("canvas: ")


def test_the_lines_on_a_roster_are_those_of_a_run(tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    for name in ("hw1_lovelace.py", "park.py"):
        (tmp_path / "class" / name).touch()
    roster = tmp_path / "roster.csv"
    roster.write_text('name,id,login\n"Lovelace, Ada",007,\n"Park, Bora",008,park\n"Kim, Min",009,\n')
    out = tmp_path / "DIR"
    people = class_list(find([tmp_path / "class"], COURSE).entries, roster, out, reports_in(out))
    assert [line.replace(f"{tmp_path}/", "") for line in people.lines(out)] == shown("Roster: ")


def test_every_layout_is_on_the_page() -> None:
    listed = re.findall(r"^\| `([a-z]+)` \|", PAGE, re.MULTILINE)
    assert listed == [
        name for name in listed if name in {"auto", *NAMED} or name in {"group", "attempt", "late"}
    ]
    assert {"auto", *NAMED} <= set(listed)
