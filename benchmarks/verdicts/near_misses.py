"""False acceptances: the largest error with which an answer still passes.

The reference's answers are changed by a relative error, each floating-point element up or down, and judged by
all checks except training checks. `python benchmarks/verdicts/near_misses.py` prints, for each exercise, how
many exams accept each error: in results of float32, of float64, and in gradients of float32.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import msgspec
import torch
from flakes import answers_of, shipped_course, start, without_training  # type: ignore[import-not-found]
from rich.progress import track

from grader.course.implementations import implementations
from grader.judging.evaluation import Examination
from grader.judging.generated_cases import Exam
from grader.local.local_runner import LocalAsker
from grader.records.decode import restore
from grader.records.values import Array, Column, Entries, Items, Table, Tensor, record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.records.protocol import Ask, Observation
    from grader.records.values import Value
    from grader.records.verdict import CheckStatus

ERRORS: Final = tuple(10.0**-power for power in range(1, 15))
SHOWN: Final = 7
Part = Literal["results of float32", "results of float64", "gradients of float32"]
PARTS: Final[tuple[Part, ...]] = ("results of float32", "results of float64", "gradients of float32")


class Curve(NamedTuple):
    """How many exams accepted each error in one part of an exercise's answers.

    `changed` is whether the answers have such a part at all.
    """

    exercise: str
    part: Part
    accepted: dict[float, int]
    changed: bool


class PerturbedAsker:
    """Asks an answer, and changes its results by a relative error."""

    def __init__(self, asker: LocalAsker, known: dict[bytes, list[Observation]]) -> None:
        self.asker = asker
        self.known = known
        self.part: Part = PARTS[0]
        self.error = 0.0
        self.changed = False

    def absent(self) -> tuple[CheckStatus, str] | None:
        """Return None: there is an answer."""
        return None

    def ask(self, questions: Sequence[Ask]) -> list[Observation]:
        """Return the perturbed observations; the answer itself is run once."""
        key = hashlib.sha256(msgspec.msgpack.encode(list(questions))).digest()
        if key not in self.known:
            self.known[key] = self.asker.ask(questions)
        return [self._perturbed(one) for one in self.known[key]]

    def search(self, question: Ask) -> Observation:
        """Return the perturbed observation for one more question."""
        (seen,) = self.ask([question])
        return seen

    def _perturbed(self, seen: Observation) -> Observation:
        if self.part == "gradients of float32":
            if not seen.gradients:
                return seen
            gradients = {name: self._value(one, "float32") for name, one in seen.gradients.items()}
            return msgspec.structs.replace(seen, gradients=gradients)
        dtype = self.part.removeprefix("results of ")
        return msgspec.structs.replace(seen, result=self._value(seen.result, dtype))

    def _value(self, value: Value, dtype: str) -> Value:
        perturbed: Value = value
        match value:
            case Tensor(data=bytes()) if value.dtype == dtype:
                perturbed = msgspec.structs.replace(
                    value, data=self._with_error(restore(value).detach()).numpy().tobytes()
                )
            case Array() if value.dtype == dtype:
                perturbed = record(self._with_error(torch.as_tensor(restore(value))).numpy())
            case float() if dtype == "float64":
                perturbed = float(self._with_error(torch.tensor(value, dtype=torch.float64)))
            case Items():
                perturbed = Items(value.kind, tuple(self._value(one, dtype) for one in value.items))
            case Entries():
                perturbed = Entries({key: self._value(one, dtype) for key, one in value.entries.items()})
            case Table():
                columns = tuple(self._value(one, dtype) for one in value.columns)
                perturbed = msgspec.structs.replace(value, columns=columns)
            case Column():
                cells = tuple(self._value(one, dtype) for one in value.values)
                perturbed = msgspec.structs.replace(value, values=cells)
        return perturbed

    def _with_error(self, right: torch.Tensor) -> torch.Tensor:
        """Return numbers changed by the relative error, up or down."""
        signs = torch.randint(0, 2, right.shape, generator=_generator(right.numel())) * 2 - 1
        wrong = right * (1 + self.error * signs.to(right.dtype))
        self.changed |= not torch.equal(wrong, right)
        return wrong


@cache
def _generator(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def curves(name: str, exams: int) -> list[Curve]:
    """Return the curves of one exercise."""
    course = shipped_course()
    reference = next(
        one for one in implementations(course) if one.exercise.name == name and one.kind == "reference"
    )
    exercise = without_training(reference.exercise, training=False)
    answers = answers_of(course, reference)
    accepted = {part: Counter[float]() for part in PARTS}
    changed: set[Part] = set()
    for seed in range(1, exams + 1):
        exam = Exam(seed, shrinks=False)
        known: dict[bytes, list[Observation]] = {}
        for part in PARTS:
            for error in ERRORS:
                perturbed = PerturbedAsker(LocalAsker(answers, exercise, seconds=600), known)
                perturbed.part, perturbed.error = part, error
                examination = Examination(exercise, exam, perturbed)
                examination.judge()
                right = all(
                    examination.outcomes[check.name].status == "passed"
                    for check in exercise.checks
                    if not check.bonus
                )
                if perturbed.changed:
                    changed.add(part)
                    accepted[part][error] += right
    return [Curve(name, part, dict(accepted[part]), part in changed) for part in PARTS]


def report(made: Sequence[Curve], exams: int) -> str:
    """Return the curves as tables in Markdown."""
    lines = []
    for part in PARTS:
        heads = " | ".join(f"{error:.0e}" for error in ERRORS[:SHOWN])
        lines += [f"Errors in {part}, exams out of {exams} that accepted them:", ""]
        lines += [f"| exercise | {heads} | largest accepted |", "|" + "---|" * (SHOWN + 2)]
        for curve in made:
            if curve.part == part and curve.changed:
                cells = " | ".join(str(curve.accepted.get(error, 0)) for error in ERRORS[:SHOWN])
                largest = next((f"{error:.0e}" for error in ERRORS if curve.accepted.get(error)), "none")
                lines.append(f"| `{curve.exercise}` | {cells} | {largest} |")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Print the curves."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--exams", type=int, default=20)
    parser.add_argument("--only", default="", help="exercises, separated by commas")
    parser.add_argument("--jobs", type=int, default=multiprocessing.cpu_count())
    chosen = parser.parse_args()
    names = chosen.only.split(",") if chosen.only else [one.name for _, one in shipped_course().exercises()]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(chosen.jobs, mp_context=spawn, initializer=start) as pool:
        found = pool.map(curves, names, [chosen.exams] * len(names))
        made = [curve for each in track(found, "perturbing answers", total=len(names)) for curve in each]
    print(report(made, chosen.exams))


if __name__ == "__main__":
    main()
