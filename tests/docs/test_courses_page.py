"""The page on courses shows the real course.toml, its keys and its error messages."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from grader.course.course import CourseError, load
from grader.course.course_toml import SectionEntry, Seed, Syllabus
from tests.authoring.test_new_exercise import left_out
from tests.fixtures.page_commands import printed_by

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "authors" / "courses.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "examples" / "regularization"
ERRORS = re.findall(r"^\| `(.+)` \| (course\.toml:.*) \|$", PAGE, re.MULTILINE)
LINES = {"points = {clip_": 19, "dedline": 10}
"""The line number of a mistake whose key is unknown, or not the first of its name."""


def test_it_shows_the_file_of_the_example() -> None:
    (shown,) = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert shown == (EXAMPLE / "course.toml").read_text(encoding="utf-8")


def test_it_explains_every_key_and_no_other() -> None:
    explained = set(re.findall(r"^\| `([a-z._]+)` \| [^|]+ \| [^|]+ \|$", PAGE, re.MULTILINE))
    nested = {f"seed.{key}" for key in Seed.__struct_fields__}
    nested |= {f"sections.{key}" for key in SectionEntry.__struct_fields__}
    elsewhere = {"seed", "marks", "gradebook"}  # docs/instructors/gradebook.md
    assert explained == {*Syllabus.__struct_fields__} - elsewhere | nested


@pytest.mark.parametrize(("line", "message"), ERRORS)
def test_a_mistake_gives_the_message_on_the_page(
    line: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = shutil.copytree(EXAMPLE, tmp_path / "course")
    lines = (course / "course.toml").read_text(encoding="utf-8").splitlines()
    key = line.partition(" = ")[0]
    position = next((number for start, number in LINES.items() if line.startswith(start)), 0)
    position = position or 1 + next(n for n, text in enumerate(lines) if text.startswith(f"{key} = "))
    lines[position - 1] = line
    (course / "course.toml").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.chdir(course)
    with pytest.raises(CourseError) as caught:
        load(course)
    assert str(caught.value) == message


@pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")
@pytest.mark.timeout(300)
def test_the_page_leads_from_a_release_to_a_gradebook(tmp_path: Path) -> None:
    """The commands of the page, in its order, print what the page shows."""
    shutil.copytree(EXAMPLE, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__", ".*"))
    pairs = re.findall(r"^```bash\n(.*?)^```\n\n```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert len(pairs) == 4
    for commands, shown in pairs:
        printed = printed_by(commands, tmp_path, sandboxed=["grade"])
        assert "Traceback" not in printed
        assert left_out(timeless(shown), timeless(printed)) == [], printed


def timeless(text: str) -> str:
    """Return a command's output without what depends on time and place: deadlines and alignment."""
    return re.sub(r" {2,}", "  ", re.sub(r", (was )?due \d+ \w+( \d{4})? [\d:]+( UTC\S*)?", "", text))


def test_the_page_shows_mistakes() -> None:
    assert len(ERRORS) > 8
