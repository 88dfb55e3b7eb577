"""How often an incorrect answer gets the right misconception, for answers not taken from the catalogue.

    python benchmarks/misconceptions/run.py first.toml [second.toml ...]
    python benchmarks/misconceptions/run.py --leave-one-out [--only softmax,relu]

For each answer a file contains the exercise, its bug in words, the expected misconception (empty if the
catalogue has none, or if the bug is not a single misconception) and the code. Intervals are Wilson's, 95 %.
"""

from __future__ import annotations

import argparse
import math
import time
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from grader.course.course import load
from grader.datasets import training_data
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.misconceptions import Catalogue, find_explanation
from grader.grading.worker import sandbox_server
from grader.judging.generated_cases import Exam
from grader.records.sources import Cell, SourceFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course.course import Course

HERE = Path(__file__).parent
Z = 1.959964


def main() -> None:
    """Print the misconception of each answer, and how many are right, missing and wrong."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("files", nargs="*")
    options.add_argument("--leave-one-out", action="store_true")
    options.add_argument("--only", default="")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    torch.set_num_threads(1)
    answers = [one for name in chosen.files for one in read(HERE / name)]
    wanted = [name for name in chosen.only.split(",") if name] or sorted({one["exercise"] for one in answers})
    course = load(only=wanted)
    training_data.use(course.data, data_set=course.data_set)
    exam = Exam(chosen.seed, shrinks=False)
    with sandbox_server(course, course.data) as server:
        catalogue = Catalogue(course, exam, server)
        if chosen.leave_one_out:
            left_out(course, catalogue)
        else:
            named(course, SubmissionGrader(course, exam, server, catalogue=catalogue), answers)


def read(path: Path) -> list[dict[str, Any]]:
    """Return the answers in a file."""
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["answer"])


def named(course: Course, submission_grader: SubmissionGrader, answers: Sequence[dict[str, Any]]) -> None:
    """Grade each answer, inserted into the reference, and compare its misconception with the expected one."""
    count: Counter[str] = Counter()
    places = {exercise.name: (section, exercise) for section, exercise in course.exercises()}
    for answer in answers:
        section, exercise = places[answer["exercise"]]
        source = course.solution(section).read_text(encoding="utf-8") + "\n\n" + answer["code"]
        files = [SourceFile("answer", section.module, (Cell(None, source),))]
        result = submission_grader.grade_exercises(section, files, [exercise])[exercise.name]
        got = result.misconception.id if result.misconception else ""
        expected = answer["expected"]
        if result.status == "correct":
            outcome = "passes"
        elif got == expected:
            outcome = "right" if got else "rightly none"
        else:
            outcome = "wrong" if got else "none"
        count[outcome] += 1
        print(f"{outcome:12} {exercise.name}: {answer['bug']}: expected {expected or '-'}, got {got or '-'}")
    total = sum(count.values()) - count["passes"]
    print(f"{len(answers)} answers, {count['passes']} of which pass; {count['rightly none']} rightly no name")
    print(share("right name, of those that have one", count["right"], total - count["rightly none"]))
    print(share("no name, of those that have one", count["none"], total - count["rightly none"]))
    print(share("right name, of all wrong answers", count["right"], total))
    print(share("wrong name, of all wrong answers", count["wrong"], total))


def left_out(course: Course, catalogue: Catalogue) -> None:
    """Count the chaff that other chaff would explain: the misconceptions that an unknown bug would get."""
    count: Counter[str] = Counter()
    for section, exercise in course.exercises():
        started = time.perf_counter()
        entries = catalogue.entries(section, exercise)
        seconds = time.perf_counter() - started
        for left in entries:
            found = find_explanation(left.symptoms, [entry for entry in entries if entry is not left])
            kin = [entry.misconception for entry in entries if entry.family == left.family]
            outcome = "none" if found is None else "the same" if found in kin else "another"
            count[outcome] += 1
            if outcome == "another" and found is not None:
                print(f"{exercise.name}: {left.misconception.id} looks like {found.id}")
            count["ambiguous"] += find_explanation(left.symptoms, entries) is None
        print(f"{exercise.name}: {len(entries)} in {seconds:.2f} s", flush=True)
    total = count["none"] + count["the same"] + count["another"]
    print(share("left out, another misconception is named", count["another"], total))
    print(share("left in, none is named, because others behave the same", count["ambiguous"], total))


def share(what: str, part: int, total: int) -> str:
    """Return a share in words, with its confidence interval."""
    low, high = wilson(part, total)
    return f"{what}: {part} of {total}, {part / max(total, 1):.1%} ({low:.1%} to {high:.1%})"


def wilson(part: int, total: int) -> tuple[float, float]:
    """Return Wilson's 95 % confidence interval of a share."""
    if not total:
        return 0.0, 1.0
    rate, square = part / total, Z * Z / total
    middle = (rate + square / 2) / (1 + square)
    half = Z / (1 + square) * math.sqrt(rate * (1 - rate) / total + square / (4 * total))
    return max(0.0, middle - half), min(1.0, middle + half)


if __name__ == "__main__":
    main()
