"""The graders that are compared: how each is set the assignment, and how it is asked to grade a class.

A contestant prepares a folder, once, and names the commands that grade all submissions in it, one after
another; afterwards it reads what each submission got, so that no grader is fast by grading nothing.
"""

from __future__ import annotations

import csv
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assignment import ALL
from measuring import Command, activated, environment

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent


class Contestant(Protocol):
    """A grader."""

    name: str

    def prepare(self, folder: Path, sources: dict[str, str], names: Sequence[str]) -> list[Command]:
        """Set the assignment, take in sources by student, and return what grades these functions of them."""

    def points(self, folder: Path) -> dict[str, float]:
        """Return the share of the functions that each student got right."""


def run(arguments: Sequence[str], folder: Path) -> None:
    """Run a command that prepares something, and stop with what it said where it fails."""
    found = activated(arguments, environment(PYTHONPATH=str(HERE)))
    done = subprocess.run(arguments, cwd=folder, env=found, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")


def handed_in(folder: Path, sources: dict[str, str], name: str = "submission.py") -> list[Path]:
    """Write each source into a folder of its own."""
    places = []
    for student, source in sources.items():
        place = folder / "class" / student
        place.mkdir(parents=True)
        (place / name).write_text(source, encoding="utf-8")
        places.append(place)
    return places


class Gradbook:
    """All submissions in one run, each in the sandbox."""

    name = "gradbook"

    def prepare(self, folder: Path, sources: dict[str, str], names: Sequence[str]) -> list[Command]:
        """Make a course of the assignment."""
        section, reference = folder / "course/assignments/ch0_six", folder / "course/reference/ch0_six"
        section.mkdir(parents=True)
        reference.mkdir(parents=True)
        for path in (HERE / "graders/test_six_functions.py", HERE / "assignment.py", HERE / "expected.pt"):
            shutil.copy(path, section)
        shutil.copy(HERE / "styles/plain.py", section / "six_functions.py")
        shutil.copy(HERE / "styles/plain.py", reference / "six_functions.py")
        handed_in(folder, sources, "six_functions.py")
        grader = Path(sys.executable).with_name("grader")
        options = ["--course", "course", "--out", "out", "--jobs", "1", "--seed", "1"]
        command = [str(grader), "grade", "class", *options, "--only", ",".join(names)]
        # Otherwise the reports of the run before would be kept.
        return [Command(["/bin/sh", "-c", f"rm -rf out && exec {shlex.join(command)}"], folder)]

    def points(self, folder: Path) -> dict[str, float]:
        """Read the gradebook."""
        with (folder / "out/gradebook.csv").open(encoding="utf-8-sig", newline="") as stream:
            return {
                row["submission"]: float(row["points"]) / float(row["max_points"])
                for row in csv.DictReader(stream)
            }


class Pytest:
    """One process a submission."""

    name = "bare pytest"

    def __init__(self, python: str) -> None:
        self.python = python

    def prepare(self, folder: Path, sources: dict[str, str], names: Sequence[str]) -> list[Command]:  # noqa: ARG002
        """The tests are those of `graders/test_assignment.py`."""
        tests = shutil.copy(HERE / "graders/test_assignment.py", folder)
        options = ["-q", "-p", "no:cacheprovider", "--junit-xml", "results.xml", "--rootdir", ".", str(tests)]
        return [
            Command(["sh", "-c", '"$@" || [ $? = 1 ]', "sh", self.python, "-m", "pytest", *options], place)
            for place in handed_in(folder, sources)
        ]

    def points(self, folder: Path) -> dict[str, float]:
        """Read how many tests failed."""
        found = {}
        for path in folder.glob("class/*/results.xml"):
            counts = dict(re.findall(r'(failures|errors|tests)="(\d+)"', path.read_text(encoding="utf-8")))
            tests, failed = int(counts["tests"]), int(counts["failures"]) + int(counts["errors"])
            found[path.parent.name] = (tests - failed) / tests
        return found


class GradescopeUtils:
    """One process a submission, as Gradescope starts them."""

    name = "gradescope-utils"

    def __init__(self, python: str) -> None:
        self.python = python

    def prepare(self, folder: Path, sources: dict[str, str], names: Sequence[str]) -> list[Command]:  # noqa: ARG002
        """Its `run_tests.py` lies beside each submission."""
        places = handed_in(folder, sources)
        for place in places:
            shutil.copy(HERE / "graders/run_tests.py", place)
        return [Command([self.python, "run_tests.py"], place) for place in places]

    def points(self, folder: Path) -> dict[str, float]:
        """Read the results as Gradescope does."""
        found = {}
        for path in folder.glob("class/*/results.json"):
            tests = json.loads(path.read_text(encoding="utf-8"))["tests"]
            found[path.parent.name] = sum(one["score"] for one in tests) / sum(
                one["max_score"] for one in tests
            )
        return found


OTTER_TEST = """from otter.test_files import test_case

OK_FORMAT = False
name = "{name}"
points = 1


@test_case()
def test_{name}(env):
    import assignment

    assert assignment.is_right("{name}", env["{name}"])
"""


class Otter:
    """One `otter run` a submission; its other way, a container for each, needs an engine."""

    name = "otter-grader"

    def __init__(self, python: str) -> None:
        self.otter = str(Path(python).with_name("otter"))

    def prepare(self, folder: Path, sources: dict[str, str], names: Sequence[str]) -> list[Command]:
        """Generate the autograder from a test file a function."""
        tests = folder / "tests"
        tests.mkdir()
        for name in names:
            (tests / f"{name}.py").write_text(OTTER_TEST.format(name=name), encoding="utf-8")
        made = [self.otter, "generate", "-t", "tests", "-o", "autograder.zip", "--no-environment"]
        run(made, folder)
        grade = [self.otter, "run", "-a", str(folder / "autograder.zip"), "--no-logo", "-o", "."]
        return [Command([*grade, "submission.py"], place) for place in handed_in(folder, sources)]

    def points(self, folder: Path) -> dict[str, float]:
        """Read the results, which have the form that Gradescope reads."""
        found = {}
        for path in folder.glob("class/*/results.json"):
            tests = [
                one for one in json.loads(path.read_text(encoding="utf-8"))["tests"] if "max_score" in one
            ]
            found[path.parent.name] = sum(one["score"] for one in tests) / sum(
                one["max_score"] for one in tests
            )
        return found


class Nbgrader:
    """All submissions in one `nbgrader autograde`, each in a kernel of its own."""

    name = "nbgrader"

    def __init__(self, python: str) -> None:
        self.nbgrader = str(Path(python).with_name("nbgrader"))

    def prepare(self, folder: Path, sources: dict[str, str], names: Sequence[str]) -> list[Command]:
        """Make the assignment's notebook, and those that are handed in."""
        config = "c = get_config()\nc.CourseDirectory.course_id = 'six'\n"
        (folder / "nbgrader_config.py").write_text(config, encoding="utf-8")
        plain = (HERE / "styles/plain.py").read_text(encoding="utf-8")
        solved = f"### BEGIN SOLUTION\n{plain}\n### END SOLUTION"
        _write(folder / "source/six/six.ipynb", _notebook(solved, names))
        for student, source in sources.items():
            _write(folder / "submitted" / student / "six/six.ipynb", _notebook(source, names))
        made = [self.nbgrader, "generate_assignment", "six"]
        run(made, folder)
        return [Command([self.nbgrader, "autograde", "six"], folder)]

    def points(self, folder: Path) -> dict[str, float]:
        """Have the grades exported, and read them."""
        run([self.nbgrader, "export"], folder)
        with (folder / "grades.csv").open(encoding="utf-8", newline="") as stream:
            return {
                row["student_id"]: float(row["score"]) / float(row["max_score"])
                for row in csv.DictReader(stream)
            }


def _notebook(source: str, names: Sequence[str]) -> dict[str, object]:
    """Return a notebook with one cell that holds an answer, and a graded cell a function."""
    tests = [
        _cell(
            f"import assignment\nassert assignment.is_right({name!r}, {name})",
            {"grade_id": f"test_{name}", "grade": True, "locked": True, "solution": False, "points": 1},
        )
        for name in names
    ]
    answer = {"grade_id": "answer", "grade": False, "locked": False, "solution": True}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": kernel},
        "cells": [_cell(source, answer), *tests],
    }


def _cell(source: str, metadata: dict[str, object]) -> dict[str, object]:
    return {
        "cell_type": "code",
        "id": str(metadata["grade_id"]).replace("_", "-"),
        "execution_count": None,
        "metadata": {"nbgrader": {"schema_version": 3, "task": False, **metadata}},
        "outputs": [],
        "source": source,
    }


def _write(path: Path, notebook: dict[str, object]) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def contestants(python: str) -> list[Contestant]:
    """Return Gradbook, and its peers, which are installed beside another Python."""
    return [Gradbook(), Pytest(python), GradescopeUtils(python), Otter(python), Nbgrader(python)]


def wrong(source: str) -> str:
    """Return a submission whose functions are all wrong: each gives twice what it should.

    The right functions get other names: of several definitions of a name, Gradbook counts the best.
    """
    renamed = re.sub(rf"\b({'|'.join(ALL)})\b", r"_\1", source)
    doubled = "\n\n\n".join(
        f"def {name}(*args, **named):\n    return 2 * _{name}(*args, **named)" for name in ALL
    )
    return f"{renamed}\n\n\n{doubled}\n"
