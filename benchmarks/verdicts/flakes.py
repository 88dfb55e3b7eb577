"""False rejections: every reference and every wheat sits many exams, and none may be told that it is wrong.

`python benchmarks/verdicts/flakes.py --seeds 500` asks all checks but those that train, whose error rate
follows from how their bands are made (`docs/bands.md`); `--training` asks these as well. With `--log FILE`
what was done is kept, and the same command again goes on with the rest.
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
from grader.course.implementations import specimens
from grader.datasets import training_data
from grader.execution.student_code import Answers
from grader.judging.evaluation import Examination
from grader.judging.generated_cases import Exam
from grader.local.local_runner import DeskAsker, drive_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.checks.exercise import Exercise
    from grader.course.course import Course
    from grader.course.implementations import Specimen

BATCH: Final = 10
"""How many exams an implementation sits after it was loaded."""


class Share(msgspec.Struct, frozen=True):
    """What one process does at a time: one exercise, and so many exams."""

    exercise: str
    first_seed: int
    seeds: int
    training: bool


class Sat(msgspec.Struct, frozen=True):
    """What came of a share: exams sat, inputs asked by the dtype of the answer, and rejections."""

    share: Share
    exams: int
    cases: dict[str, int]
    rejections: list[str]


def sat(share: Share) -> Sat:
    """Let the reference and every wheat of an exercise sit their exams."""
    course = the_course()
    ours = [one for one in specimens(course) if one.exercise.name == share.exercise]
    right = [specimen for specimen in ours if specimen.kind in {"reference", "wheat"}]
    exercise = asked(right[0].exercise, training=share.training)
    loaded = [(specimen, answers_of(course, specimen)) for specimen in right]
    cases: Counter[str] = Counter()
    rejections = []
    exams = 0
    for seed in range(share.first_seed, share.first_seed + share.seeds):
        exam = Exam(seed, shrinks=False)
        for specimen, answers in loaded:
            examination = Examination(exercise, exam, DeskAsker(answers, exercise, seconds=600))
            wrong = [one for one in examination.all() if not one.bonus and one.status != "passed"]
            rejections += [
                f"{specimen}, seed {seed}: {one.name} {one.status}: {one.message} {one.counterexample}"
                for one in wrong
            ]
            exams += 1
            for question in examination.seen:
                dtypes = (case.dtype for case in exam.cases(question))
                cases.update("other" if one is None else str(one).removeprefix("torch.") for one in dtypes)
    return Sat(share, exams, dict(cases), rejections)


def asked(exercise: Exercise, *, training: bool) -> Exercise:
    """Return an exercise without the checks that train, unless these are asked for."""
    return replace(exercise, checks=[check for check in exercise.checks if training or not check.band])


@lru_cache(maxsize=1)
def the_course() -> Course:
    """Return the course that ships."""
    course = load(SHIPPED)
    training_data.use(course.data)
    return course


def answers_of(course: Course, specimen: Specimen) -> Answers:
    """Load a specimen."""
    wanted = {one.name: one.spellings for one in specimen.section.exercises}
    return Answers(specimen.files(course), wanted, drive_names(specimen.section))


def start() -> None:
    """Prepare a process."""
    torch.set_num_threads(1)


def shares(names: Iterable[str], first_seed: int, seeds: int, *, training: bool) -> list[Share]:
    """Cut the work into pieces; all exercises take turns, so that an early end has seen them all alike."""
    last = first_seed + seeds
    return [
        Share(name, seed, min(BATCH, last - seed), training)
        for seed in range(first_seed, last, BATCH)
        for name in names
    ]


def report(done: Sequence[Sat]) -> str:
    """Return the figures as a table in Markdown, and what was rejected."""
    lines = ["| exercise | exams | inputs | rejections |", "|---|---|---|---|"]
    names = list(dict.fromkeys(one.share.exercise for one in done))
    for name in names:
        ours = [one for one in done if one.share.exercise == name]
        inputs = sum(sum(one.cases.values()) for one in ours)
        wrong = sum(len(one.rejections) for one in ours)
        lines.append(f"| `{name}` | {sum(one.exams for one in ours):,} | {inputs:,} | {wrong} |")
    exams = sum(one.exams for one in done)
    cases = Counter[str]()
    for one in done:
        cases.update(one.cases)
    rejections = [told for one in done for told in one.rejections]
    lines.append(f"| all | {exams:,} | {cases.total():,} | {len(rejections)} |")
    kinds = ", ".join(f"{count:,} {dtype}" for dtype, count in cases.most_common())
    lines += ["", f"Inputs by dtype: {kinds}.", *rejections]
    if not rejections:
        lines.append(
            f"No rejection: with 95 % confidence, fewer than 1 in {exams / 3:,.0f} exams (rule of three)."
        )
    return "\n".join(lines)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=500)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--only", default="", help="exercises, separated by commas")
    parser.add_argument("--jobs", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--training", action="store_true", help="train as well")
    parser.add_argument("--log", type=Path, help="keep here what was done")
    chosen = parser.parse_args()
    names = chosen.only.split(",") if chosen.only else [one.name for _, one in the_course().exercises()]
    done = []
    if chosen.log and chosen.log.exists():
        done = [msgspec.json.decode(line, type=Sat) for line in chosen.log.read_bytes().splitlines()]
    known = {one.share for one in done}
    todo = [
        share
        for share in shares(names, chosen.first_seed, chosen.seeds, training=chosen.training)
        if share not in known
    ]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(chosen.jobs, mp_context=spawn, initializer=start) as pool:
        for one in track(pool.map(sat, todo), "sitting exams", total=len(todo)):
            done.append(one)
            if chosen.log:
                with chosen.log.open("ab") as log:
                    log.write(msgspec.json.encode(one) + b"\n")
    print(report(done))


if __name__ == "__main__":
    main()
