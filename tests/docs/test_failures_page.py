"""Every transcript in docs/students/failures.md is what pytest prints today.

`make test` looks at every fifth of them, `make thorough` at all.

`python -m tests.docs.test_failures_page` updates them; read the diff before you commit it.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.fixtures.thorough import case

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "students" / "failures.md"
ANSWER: Final = re.compile(
    r"```python\n(?P<code>.*?)```(?P<between>.*?```text\n)(?P<output>.*?)```", re.DOTALL
)
"""A wrong answer, and below it what pytest prints."""
TITLE: Final = re.compile(r"^_{3,} (.+?) _{3,}$", re.MULTILINE)
NEXT: Final = re.compile(r"^(?:_{3,} .* _{3,}|[=-]{3,} .*)$", re.MULTILINE)


@dataclass(frozen=True)
class Transcript:
    """An answer, and the first failure that pytest explains."""

    code: str
    output: str

    @property
    def name(self) -> str:
        """Return the name that the answer defines."""
        found = re.match(r"(?:def|class) (\w+)", self.code)
        assert found, f"an answer on the page begins with its definition:\n{self.code}"
        return found[1]


def transcripts(page: str) -> list[Transcript]:
    return [Transcript(found["code"], found["output"]) for found in ANSWER.finditer(page)]


def hand_in(answers: list[Transcript], course: Path) -> None:
    """Copy the course, and replace stubs by the answers."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "assignments", course / "assignments", ignore=ignored)
    shutil.copytree(ROOT / "reference", course / "reference", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", course)
    left = {answer.name: answer.code for answer in answers}
    for stub in (course / "assignments").glob("ch*/*.py"):
        if stub.name.startswith(("test_", "drive_")):
            continue
        lines = stub.read_text(encoding="utf-8").splitlines(keepends=True)
        for node in reversed(ast.parse("".join(lines)).body):
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in left:
                lines[node.lineno - 1 : node.end_lineno] = [left.pop(node.name)]
        stub.write_text("".join(lines), encoding="utf-8")
    assert not left, f"the course has no {', '.join(left)}"


def failures(asked: list[Transcript], course: Path) -> dict[str, str]:
    """Let pytest check some of the page's answers; return the first failure of each exercise."""
    hand_in(SHOWN, course)
    names = ",".join(answer.name for answer in asked)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "assignments", "--only", names, "--hypothesis-seed", "2",
         "--device", "cpu", "--color", "no"],
        cwd=course, env={**environment, "COLUMNS": "80", "PYTHONPATH": str(ROOT)}, capture_output=True,
        text=True, encoding="utf-8", check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == pytest.ExitCode.TESTS_FAILED, done.stdout + done.stderr
    first: dict[str, str] = {}
    for title in TITLE.finditer(done.stdout):
        below = NEXT.search(done.stdout, title.end())
        assert below
        first.setdefault(title[1].partition(":")[0], done.stdout[title.start() : below.start()])
    return first


SHOWN: Final = transcripts(PAGE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What pytest prints about the answers that are looked at in this run."""
    asked = [
        one.callspec.params["shown"]
        for one in request.session.items
        if getattr(one, "module", None) is request.module and hasattr(one, "callspec")
    ]
    return failures(asked, tmp_path_factory.mktemp("handed_in"))


def test_there_are_at_least_thirty_answers() -> None:
    assert len({answer.name for answer in SHOWN}) >= 30


@pytest.mark.parametrize(
    "shown", [case(one, name=one.name, thorough=bool(number % 5)) for number, one in enumerate(SHOWN)]
)
def test_the_transcript_is_what_pytest_prints(shown: Transcript, printed: dict[str, str]) -> None:
    assert shown.output == printed.get(shown.name)


def write() -> None:
    """Update the transcripts on the page."""
    with tempfile.TemporaryDirectory() as folder:
        now = failures(SHOWN, Path(folder))

    def renewed(found: re.Match[str]) -> str:
        answer = Transcript(found["code"], found["output"])
        return f"```python\n{answer.code}```{found['between']}{now[answer.name]}```"

    PAGE.write_text(ANSWER.sub(renewed, PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
