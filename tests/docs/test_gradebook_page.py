"""The pages on the gradebook and on privacy show what the commands say, in their order, and every setting."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from grader.course.mark_policy import GradebookEntry, MarkPolicy
from tests.authoring.test_new_exercise import left_out
from tests.fixtures.page_commands import printed_by

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "instructors"
PAGE = (FOLDER / "gradebook.md").read_text(encoding="utf-8")
PRIVACY = (FOLDER / "privacy.md").read_text(encoding="utf-8")
PAIRS = re.compile(r"^```bash\n(.*?)^```\n\n```text\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_it_explains_every_setting_and_no_other() -> None:
    explained = re.findall(r"^\| `((?:marks|gradebook)\.[a-z_]+)` \|", PAGE, re.MULTILINE)
    settings = [f"marks.{name}" for name in MarkPolicy.__struct_fields__]
    settings += [f"gradebook.{name}" for name in GradebookEntry.__struct_fields__]
    assert sorted(explained) == sorted(settings)


@pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")
@pytest.mark.timeout(400)
def test_the_sunday_before_term_and_the_end_of_it(tmp_path: Path) -> None:
    """The commands of both pages, in their order, print what the pages show.

    There is a sandbox for the regrading only.
    """
    example = ROOT / "examples" / "regularization"
    shutil.copytree(example, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__", ".*"))
    pairs = [*PAIRS.findall(PAGE), *PAIRS.findall(PRIVACY)]
    assert len(pairs) == 7
    for commands, shown in pairs:
        printed = printed_by(commands, tmp_path, sandboxed=["regrade"])
        assert "Traceback" not in printed, printed
        printed = re.sub(r"^ +\d+  \d{4}-\d\d-\d\d \d\d:\d\d\S+  ", "", printed, flags=re.MULTILINE)
        assert left_out(spaced(shown), spaced(printed)) == [], printed


def spaced(text: str) -> str:
    """Return a text in which it doesn't matter how columns are aligned."""
    return re.sub(r"(?<=\S) {2,}", "  ", text)
