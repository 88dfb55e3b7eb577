"""False rejections: run many exams on every reference and every wheat, all of which must pass.

`python benchmarks/verdicts/flakes.py --seeds 500` runs all checks except training checks, whose error rate
follows from the calibration of their bands (`docs/authors/bands.md`); `--training` runs these as well. With
`--log FILE`, results are saved, and the same command again continues from there.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
import torch
from rich.progress import track

from grader.course.course import SHIPPED, load
from grader.course.implementations import implementations
from grader.datasets import training_data
from grader.execution.student_code import Answers
from grader.judging.evaluation import Examination
from grader.judging.generated_cases import Exam
from grader.local.local_runner import LocalAsker, drive_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.checks.exercise import Exercise
    from grader.course.course import Course
    from grader.course.implementations import Implementation

BATCH_SIZE: Final = 10
"""The number of exams per loaded implementation."""


class Batch(msgspec.Struct, frozen=True):
    """A unit of work: some exams on one exercise."""

    exercise: str
    first_seed: int
    seeds: int
    training: bool


class BatchResult(msgspec.Struct, frozen=True):
    """The result of a unit of work: the exams, the inputs by dtype of the answer, and the rejections."""

    batch: Batch
    exams: int
    cases: dict[str, int]
    rejections: list[str]


def run_batch(batch: Batch) -> BatchResult:
    """Run the exams of a batch on the reference and every wheat of its exercise."""
    course = shipped_course()
    ours = [one for one in implementations(course) if one.exercise.name == batch.exercise]
    right = [implementation for implementation in ours if implementation.kind in {"reference", "wheat"}]
    exercise = without_training(right[0].exercise, training=batch.training)
    loaded = [(implementation, answers_of(course, implementation)) for implementation in right]
    cases: Counter[str] = Counter()
    rejections = []
    exams = 0
    for seed in range(batch.first_seed, batch.first_seed + batch.seeds):
        exam = Exam(seed, shrinks=False)
        for implementation, answers in loaded:
            examination = Examination(exercise, exam, LocalAsker(answers, exercise, seconds=600))
            wrong = [one for one in examination.all() if not one.bonus and one.status != "passed"]
            rejections += [
                f"{implementation}, seed {seed}: {one.name} {one.status}: {one.message} {one.counterexample}"
                for one in wrong
            ]
            exams += 1
            for question in examination.seen:
                dtypes = (case.dtype for case in exam.cases(question))
                cases.update("other" if one is None else str(one).removeprefix("torch.") for one in dtypes)
    return BatchResult(batch, exams, dict(cases), rejections)


def without_training(exercise: Exercise, *, training: bool) -> Exercise:
    """Return an exercise without its training checks, unless `training` is set."""
    return replace(exercise, checks=[check for check in exercise.checks if training or not check.band])


@lru_cache(maxsize=1)
def shipped_course() -> Course:
    """Return the course that ships."""
    course = load(SHIPPED)
    training_data.use(course.data, data_set=course.data_set)
    return course


def answers_of(course: Course, implementation: Implementation) -> Answers:
    """Load an implementation."""
    wanted = {one.name: one.spellings for one in implementation.section.exercises}
    return Answers(implementation.files(course), wanted, drive_names(implementation.section))


def start() -> None:
    """Initialize a worker process."""
    torch.set_num_threads(1)


def batches(names: Iterable[str], first_seed: int, seeds: int, *, training: bool) -> list[Batch]:
    """Divide the work into batches, alternating between exercises, so that an early stop covers all alike."""
    last = first_seed + seeds
    return [
        Batch(name, seed, min(BATCH_SIZE, last - seed), training)
        for seed in range(first_seed, last, BATCH_SIZE)
        for name in names
    ]


def report(done: Sequence[BatchResult]) -> str:
    """Return a table in Markdown, and the list of rejections."""
    lines = ["| exercise | exams | inputs | rejections |", "|---|---|---|---|"]
    names = list(dict.fromkeys(one.batch.exercise for one in done))
    for name in names:
        ours = [one for one in done if one.batch.exercise == name]
        inputs = sum(sum(one.cases.values()) for one in ours)
        wrong = sum(len(one.rejections) for one in ours)
        lines.append(f"| `{name}` | {sum(one.exams for one in ours):,} | {inputs:,} | {wrong} |")
    exams = sum(one.exams for one in done)
    cases = Counter[str]()
    for one in done:
        cases.update(one.cases)
    rejections = [text for one in done for text in one.rejections]
    lines.append(f"| all | {exams:,} | {cases.total():,} | {len(rejections)} |")
    kinds = ", ".join(f"{count:,} {dtype}" for dtype, count in cases.most_common())
    lines += ["", f"Inputs by dtype: {kinds}.", *rejections]
    if not rejections:
        lines.append(
            f"No rejection: with 95 % confidence, fewer than 1 in {exams / 3:,.0f} exams (rule of three)."
        )
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=500)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--only", default="", help="exercises, separated by commas")
    parser.add_argument("--jobs", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--training", action="store_true", help="train as well")
    parser.add_argument("--log", type=Path, help="save results in this file")
    chosen = parser.parse_args()
    names = chosen.only.split(",") if chosen.only else [one.name for _, one in shipped_course().exercises()]
    done = []
    if chosen.log and chosen.log.exists():
        done = [msgspec.json.decode(line, type=BatchResult) for line in chosen.log.read_bytes().splitlines()]
    known = {one.batch for one in done}
    todo = [
        batch
        for batch in batches(names, chosen.first_seed, chosen.seeds, training=chosen.training)
        if batch not in known
    ]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(chosen.jobs, mp_context=spawn, initializer=start) as pool:
        for one in track(pool.map(run_batch, todo), "running exams", total=len(todo)):
            done.append(one)
            if chosen.log:
                with chosen.log.open("ab") as log:
                    log.write(msgspec.json.encode(one) + b"\n")
    print(report(done))


if __name__ == "__main__":
    main()
