"""How often an incorrect answer gets the right misconception, for answers not taken from the catalogue.

    python benchmarks/misconceptions/run.py first.toml [second.toml ...]
    python benchmarks/misconceptions/run.py --leave-one-out [--only softmax,relu]

For each answer a file contains the exercise, its bug in words and the code. `expected` is the name that is
right, or a list of those that are; "" if none would be (no single misconception). Without it the name is
printed and counted as not judged: read its explanation and judge whether it is true of the code. Intervals
are Wilson's, 95 %. At the end, answers without a name are counted by cause.
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

from grader.course.course import SHIPPED, load
from grader.datasets import training_data
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.misconceptions import Catalogue, find_explanation
from grader.grading.retries import Asked, Program
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
    options.add_argument("--course", type=Path, default=SHIPPED)
    options.add_argument("--only", default="")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    torch.set_num_threads(1)
    answers = [
        one for name in chosen.files for one in read(HERE / name if (HERE / name).is_file() else Path(name))
    ]
    wanted = [name for name in chosen.only.split(",") if name] or sorted({one["exercise"] for one in answers})
    course = load(chosen.course, only=wanted)
    training_data.use(course.data, data_set=course.data_set)
    exam = Exam(chosen.seed, shrinks=False)
    with sandbox_server(course, course.data) as server:
        catalogue = Catalogue(course, exam, server)
        if chosen.leave_one_out:
            left_out(course, catalogue)
        else:
            named(
                course, SubmissionGrader(course, exam, server, attempts="last", catalogue=catalogue), answers
            )


def read(path: Path) -> list[dict[str, Any]]:
    """Return the answers in a file."""
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["answer"])


def named(course: Course, submission_grader: SubmissionGrader, answers: Sequence[dict[str, Any]]) -> None:
    """Grade each answer, inserted into the reference, and compare its misconception with the expected one."""
    count: Counter[str] = Counter()
    causes: Counter[str] = Counter()
    places = {exercise.name: (section, exercise) for section, exercise in course.exercises()}
    for answer in answers:
        section, exercise = places[answer["exercise"]]
        source = course.solution(section).read_text(encoding="utf-8") + "\n\n" + answer["code"]
        program = Program(section, [SourceFile("answer", section.module, (Cell(None, source),))])
        budget = submission_grader.full_budget()
        examined = submission_grader.examine([Asked(program, [exercise])], budget)[exercise.name]
        got = examined.result.misconception.id if examined.result.misconception else ""
        outcome = outcome_of(examined.result.status, got, answer.get("expected"))
        count[outcome] += 1
        why = ""
        if not got and outcome != "passes" and submission_grader.catalogue is not None:
            cause = submission_grader.catalogue.cause(section, examined.examination)
            causes[cause] += 1
            why = f" ({cause})"
        expected = answer.get("expected") or "-"
        print(f"{outcome:12} {exercise.name}: {answer['bug']}: expected {expected}, got {got or '-'}{why}")
    report(count, causes)


def outcome_of(status: str, got: str, expected: str | list[str] | None) -> str:
    """Return what to call a name: `expected` is the right one, several, "" for none; None: nobody judged."""
    if status == "correct":
        return "passes"
    if expected is None:
        return "not judged" if got else "none"
    right = [expected] if isinstance(expected, str) else expected
    if not got:
        return "rightly none" if right == [""] else "none"
    return "right" if got in right else "wrong"


def report(count: Counter[str], causes: Counter[str]) -> None:
    """Print how many answers are named, how many names are wrong, and why others have none."""
    total = sum(count.values()) - count["passes"]
    names = count["right"] + count["wrong"] + count["not judged"]
    print(f"{sum(count.values())} answers, {count['passes']} of which pass")
    print(share("named, of all wrong answers", names, total))
    print(share("right name, of all wrong answers", count["right"], total))
    print(share("wrong name, of the names that were judged", count["wrong"], count["right"] + count["wrong"]))
    print(f"{count['not judged']} names not judged; {count['rightly none']} answers rightly without a name")
    for cause, number in causes.most_common():
        print(f"{number:4} without a name: {cause}")


def left_out(course: Course, catalogue: Catalogue) -> None:
    """Count the chaff that other chaff would explain: the misconceptions that an unknown bug would get."""
    count: Counter[str] = Counter()
    for section, exercise in course.exercises():
        started = time.perf_counter()
        known = catalogue.known(section, exercise)
        wrong = {one.misconception.id: one.symptoms for one in known}
        seconds = time.perf_counter() - started
        for left in known:
            symptoms = wrong[left.misconception.id]
            if symptoms is None:
                continue
            found = find_explanation(symptoms, [one for one in known if one is not left])
            kin = [one.misconception for one in known if one.family == left.family]
            outcome = "none" if found is None else "the same" if found in kin else "another"
            count[outcome] += 1
            if outcome == "another" and found is not None:
                print(f"{exercise.name}: {left.misconception.id} looks like {found.id}")
            count["ambiguous"] += find_explanation(symptoms, known) is None
        print(f"{exercise.name}: {len(known)} in {seconds:.2f} s", flush=True)
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
