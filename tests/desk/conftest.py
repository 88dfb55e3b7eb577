"""A course of two small sections, and a desk at which pytest is run on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

# pytester forgets every module that is first imported in a run of its own; torch can't be imported twice.
import grader.check_items
import grader.exam
import grader.laws  # noqa: F401

if TYPE_CHECKING:
    from pathlib import Path

ADDING = '''\
"""1.1 Adding."""

import torch
from hypothesis import strategies as st

from grader.laws import EXACT, assert_close, exercise, like, tensors, text

double = exercise(
    "double",
    asks="double(X)",
    given={"X": tensors(dims=(1, 1))},
    cases=5,
    returns=like("X"),
    gpu_ready=False,
    oracle=lambda X: X + X,
    points={"right_values": 3},
    hints={"right_values": ["What is X + X?", "Not X * X."]},
    seconds=0.4,
)


@double.law(points=1, hint="Start with 0.")
def nothing_stays_nothing(X, result):
    """double(X) is 0 where X is 0."""
    assert_close(result[X == 0], X[X == 0], EXACT)


@double.beyond_the_book(asks="double('ab')", given={}, returns=text(), examples=[])
def texts_are_doubled_too(result):
    """double("ab") is "abab"."""
    assert result == "abab"


quadruple = exercise(
    "quadruple",
    asks="quadruple(X)",
    given={"X": tensors(dims=(1, 1))},
    cases=5,
    returns=like("X"),
    gpu_ready=False,
    oracle=lambda X: 4 * X,
    points={"right_values": 2},
    uses=["double"],
    seconds=0.4,
)
'''

SHIFTING = '''\
"""1.2 Shifting, by 1 (x² ≥ 0)."""

from grader.laws import exercise, like, tensors

shift = exercise(
    "shift",
    asks="shift(X)",
    given={"X": tensors(dims=(1, 1))},
    cases=5,
    returns=like("X"),
    gpu_ready=False,
    oracle=lambda X: X + 1,
    points={"right_values": 5},
    seconds=0.4,
)
'''

STUBS = {
    "double": '''\
def double(X):
    """Return X twice."""
    raise NotImplementedError
''',
    "quadruple": '''\
def quadruple(X):
    """Return X four times."""
    raise NotImplementedError
''',
    "shift": '''\
def shift(X):
    """Return X, and 1 more."""
    raise NotImplementedError
''',
}

SOLUTIONS = {
    "double": "def double(X):\n    return 2 * X\n",
    "quadruple": "def quadruple(X):\n    return double(double(X))\n",
    "shift": "def shift(X):\n    return X + 1\n",
}


OF_CI_SYSTEMS = ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "GITLAB_CI", "CI_PROJECT_DIR")


@dataclass(frozen=True)
class Run:
    """A finished run of pytest, and what it printed (without colours)."""

    status: int
    text: str
    complaints: str

    @property
    def overview(self) -> list[str]:
        """The lines below the title of the overview."""
        lines = self.text.splitlines()
        first = next(number for number, line in enumerate(lines) if " Gradbook " in line)
        return [line.rstrip() for line in lines[first + 1 :] if line and not line.startswith("=")]

    @property
    def totals(self) -> str:
        """What pytest says last: "1 failed, 2 passed"."""
        (found,) = re.findall(r"(?m)^=* ?([a-z\d ,]+) in [\d.]+s(?: \([\d:]+\))? ?=*$", self.text)
        return str(found)

    def failure(self, title: str) -> str:
        """What is said of one failure, below its title and up to the next one's or the summary."""
        _before, _title, rest = self.text.partition(f"_ {title} _")
        assert rest, f"there is no failure {title} in\n{self.text}"
        lines = rest.splitlines()[1:]
        end = next(
            (number for number, line in enumerate(lines) if line.startswith(("____", "====", "----"))),
            len(lines),
        )
        return "\n".join(lines[:end])


@dataclass(frozen=True)
class Workplace:
    """A folder with a course in it, where a student works."""

    pytester: pytest.Pytester

    @property
    def adding(self) -> Path:
        """The stub of section 1.1."""
        return self.pytester.path / "assignments" / "ch1_sums" / "adding.py"

    @property
    def shifting(self) -> Path:
        """The stub of section 1.2."""
        return self.pytester.path / "assignments" / "ch2_more" / "shifting.py"

    def write(self, **answers: str) -> None:
        """Write the answers to some exercises, and the stubs of all others."""
        sources = {**STUBS, **answers}
        top = '"""Work."""\n\nimport time\n\nimport torch\n\n\n'
        self.adding.write_text(top + sources["double"] + "\n\n" + sources["quadruple"], encoding="utf-8")
        self.shifting.write_text(top + sources["shift"], encoding="utf-8")

    def solve(self, **answers: str) -> None:
        """Write right answers, but these."""
        self.write(**{**SOLUTIONS, **answers})

    def run(self, *arguments: str) -> Run:
        """Run pytest in this process."""
        return _finished(self.pytester.runpytest_inprocess(*(arguments or ("assignments",))))

    def run_elsewhere(self, *arguments: str) -> Run:
        """Run pytest in a process of its own."""
        return _finished(self.pytester.runpytest_subprocess(*(arguments or ("assignments",)), timeout=120))


def _finished(result: pytest.RunResult) -> Run:
    return Run(int(result.ret), re.sub(r"\x1b\[[\d;]*m", "", result.stdout.str()), result.stderr.str())


@pytest.fixture
def workplace(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("PYTEST_XDIST_TESTRUNUID", *OF_CI_SYSTEMS):
        monkeypatch.delenv(name, raising=False)
    made = Workplace(pytester)
    for stub, checks in ((made.adding, ADDING), (made.shifting, SHIFTING)):
        stub.parent.mkdir(parents=True)
        stub.with_name(f"test_{stub.name}").write_text(checks, encoding="utf-8")
    made.write()
    return made
