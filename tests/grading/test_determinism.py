"""The same seed gives the same report, but for times, in any order, with any jobs, and locally.

Graded are wrong answers, whose counterexamples are searched for; a notebook with several attempts; answers
that draw random numbers; and answers that follow the order of a set, which Python draws anew in each process.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import torch

from grader.audit.class_audit import run_section_locally
from grader.course.course import load
from grader.judging.generated_cases import Exam, shown_exam
from grader.judging.withheld import FROM_SHOWN
from grader.submissions import CourseNames, collect, find, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAMPLE_CLASS = Path(__file__).parents[2] / "reference" / "sample_class"
SEED = 5
ONLY = ("relu", "softmax")

DRAWS = """\
import random

import numpy
import torch


def relu(X):
    return X + torch.rand_like(X) * random.random()


def softmax(X):
    return X * numpy.random.rand()
"""
ORDERS = """\
import torch

NAMES = {"ada", "bert", "carl", "dora", "emil", "fritz", "gina", "hans"}


def softmax(X):
    names = " ".join(NAMES)
    raise ValueError(names)


def relu(X):
    return X + list(NAMES).index("gina")
"""
NAMES = ("draws", "olga", "orders", "quinn")
"""As a folder is graded: quinn's wrong answers come after all others."""


class Runs:
    """Reports of one class, graded in several ways."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "class"
        self.folder.mkdir()
        (self.folder / "draws.py").write_text(DRAWS)
        (self.folder / "orders.py").write_text(ORDERS)
        for name in ("olga.ipynb", "quinn.ipynb"):
            shutil.copy(SAMPLE_CLASS / name, self.folder)
        self.reference = self.grade("reference", [self.folder], hash_seed="1")

    def grade(
        self, out: str, paths: Sequence[Path], *, jobs: int = 1, hash_seed: str = "1"
    ) -> dict[str, dict[str, Any]]:
        """Grade, and return the reports by the names of submissions, as far as they are not about time."""
        options = [
            "--out", str(self.root / out), "--seed", str(SEED), "--jobs", str(jobs), "--only", ",".join(ONLY)
        ]  # fmt: skip
        subprocess.run(
            [str(Path(sys.executable).with_name("grader")), "grade", *map(str, paths), *options],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            timeout=300,
            check=True,
        )
        return {one.parent.name: without_times(json.loads(one.read_text())) for one in self.files(out)}

    def files(self, out: str) -> list[Path]:
        """The reports of a run, in the order in which they were written."""
        return sorted((self.root / out).rglob("report.json"), key=lambda path: path.stat().st_mtime_ns)


def without_times(thing: Any) -> Any:  # noqa: ANN401 - JSON
    """A report but for how long things took."""
    if isinstance(thing, dict):
        return {key: without_times(value) for key, value in thing.items() if key != "seconds"}
    return [without_times(one) for one in thing] if isinstance(thing, list) else thing


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """The class, graded once."""
    return Runs(tmp_path_factory.mktemp("determinism"))


@pytest.fixture
def one_thread() -> Iterator[None]:
    """Torch computes in one thread, as in the sandbox."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def exercises(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The exercises of a report, by name."""
    return {one["name"]: one for one in report["exercises"]}


def test_the_class_holds_what_could_differ(runs: Runs) -> None:
    quinn = exercises(runs.reference["quinn"])
    assert all(any(check.get("counterexample") for check in quinn[name]["checks"]) for name in ONLY)
    assert exercises(runs.reference["olga"])["softmax"]["attempt"]["of"] > 1
    draws = exercises(runs.reference["draws"])
    assert {draws[name]["status"] for name in ONLY} <= {"partial", "incorrect"}
    assert exercises(runs.reference["orders"])["softmax"]["status"] == "error"


def test_it_is_the_same_in_another_order_with_other_hashes_and_several_jobs(runs: Runs) -> None:
    """Then quinn's answers are examined first, by a judge that has seen nobody else's."""
    backwards = [path for name in reversed(NAMES) for path in runs.folder.glob(f"{name}.*")]
    found = runs.grade("backwards", backwards, jobs=2, hash_seed="2")
    assert tuple(runs.reference) == NAMES
    assert found == runs.reference


@pytest.mark.usefixtures("one_thread")
@pytest.mark.parametrize("name", ["draws", "quinn"])
def test_it_is_the_same_at_a_desk(runs: Runs, name: str) -> None:
    """Statuses and points are those of the exam that counts; a failure reads as in the exam that is shown.

    Attempts and misconceptions are found in the sandbox only.
    """
    course = load(only=ONLY)
    modules = [section.module for section in course.sections]
    (entry,) = find(list(runs.folder.glob(f"{name}.*")), CourseNames(frozenset(modules))).entries
    submission, shown = read(collect(entry, modules)), shown_exam()
    counted, readable = (
        {
            result.name: without_times(json.loads(msgspec.json.encode(result.checks)))
            for section in course.sections
            for result in run_section_locally(course, exam, section, submission)
        }
        for exam in (Exam(SEED, shown=shown), shown)
    )
    there = {one: exercise["checks"] for one, exercise in exercises(runs.reference[name]).items()}
    for check, secret in pairs(there, counted):
        assert (check["status"], check["points"]) == (secret["status"], secret["points"])
    explained = [(check, known) for check, known in pairs(there, readable) if check["counterexample"]]
    assert explained
    for check, known in explained:
        assert {field: check[field] for field in FROM_SHOWN} == {field: known[field] for field in FROM_SHOWN}


def pairs(
    one: dict[str, list[dict[str, Any]]], other: dict[str, list[dict[str, Any]]]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield each check of all exercises, as it is here and there."""
    assert one.keys() == other.keys()
    for name, checks in one.items():
        yield from zip(checks, other[name], strict=True)
