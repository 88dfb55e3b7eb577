"""What the inputs of a secret exam can be learned from: nothing that a student reads.

The answers here do what they can to carry inputs out. Each sits the secret exam and the one that is shown, as
a fresh answer each time, as in two processes.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import torch

from grader.checks import bands
from grader.checks.case import Case
from grader.checks.declaration import exercise
from grader.checks.return_specs import like, number
from grader.checks.strategies import logits
from grader.execution.observe import observe
from grader.judging import withheld
from grader.judging.evaluation import Examination, Interrupted
from grader.judging.generated_cases import Exam, shown_exam
from grader.judging.problems import Problem
from grader.records.expression import evaluate
from grader.records.values import record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.checks.exercise import Exercise
    from grader.records.protocol import Ask, Observation
    from grader.records.verdict import CheckStatus, Verdict

    Answer = Callable[..., Any]

HERE = __file__
SHOWN = shown_exam()
SECRET = Exam(7, shown=SHOWN)


class FunctionAsker:
    """Calls a function of this file."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def absent(self) -> tuple[CheckStatus, str] | None:
        return None

    def ask(self, questions: Sequence[Ask]) -> list[Observation]:
        return [observe(one, {"double": self.answer}, files={HERE})[0] for one in questions]

    def search(self, question: Ask) -> Observation:
        return self.ask([question])[0]


def doubling() -> Exercise:
    """Declare an exercise: twice a matrix, with a law and a bonus."""
    made = exercise(
        "double",
        asks="double(x)",
        given={"x": logits()},
        returns=like("x"),
        oracle=lambda x: 2 * x,
        differentiable=["x"],
        cases=12,
        points={"right_values": 4, "right_gradient": 1},
        gpu_ready=True,
    )

    @made.law(points=1)
    def it_keeps_signs(x: torch.Tensor, y: torch.Tensor) -> None:
        """double(x) has the signs of x."""
        if not torch.equal(x.sign(), y.sign()):
            raise AssertionError(f"{y.tolist()} from {x.tolist()}")

    @made.beyond_the_book(given={"x": logits()})
    def it_is_more(y: torch.Tensor) -> None:
        """What no answer does."""
        if not y.isinf().all():
            raise AssertionError(str(y))

    return made


def graded(make_answer: Callable[[], Answer], of: Exercise, secret: Exam = SECRET) -> dict[str, Verdict]:
    """Return the verdicts on an answer, which `make_answer` makes for each of its two processes."""
    here = Examination(of, secret, FunctionAsker(make_answer()))
    there = Examination(of, SHOWN, FunctionAsker(make_answer()))
    return {one.name: one for one in withheld.explained(here, there)}


def numbers_in(exam: Exam, of: Exercise) -> set[str]:
    """Return the inputs of an exam and its random states, in the spellings in which they could be shown."""
    found: set[float] = set()
    states: set[str] = set()
    for question in {check.question for check in of.checks if check.question is not None}:
        for case in exam.cases(question):
            found |= set(case.inputs["x"].flatten().tolist())
            states.add(str(case.seed))
    uncommon = {one for one in found if one != round(one)}
    return states | {repr(one) for one in uncommon} | {f"{one:.4g}" for one in uncommon}


def numerals(verdicts: dict[str, Verdict]) -> set[str]:
    """Return all numbers in the texts of verdicts."""
    texts = [
        repr(msgspec.to_builtins(msgspec.structs.replace(one, seconds=0.0))) for one in verdicts.values()
    ]
    return set(re.findall(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", " ".join(texts)))


def in_a_message() -> Answer:
    def double(x: torch.Tensor) -> torch.Tensor:
        raise ValueError(f"{torch.initial_seed()} {random.getstate()[1][:3]} {x.tolist()}")

    return double


def in_the_name_of_a_class() -> Answer:
    def double(x: torch.Tensor) -> torch.Tensor:
        raise type(f"x{x.flatten().tolist()[:4]}", (Exception,), {})

    return double


def from_memory() -> Answer:
    """What was seen in the exam is told whenever something is shown."""
    seen: list[Any] = []

    def double(x: torch.Tensor) -> torch.Tensor:
        seen.append((x.tolist(), torch.initial_seed()))
        raise ValueError(str(seen))

    return double


def as_values() -> Answer:
    seen: list[torch.Tensor] = []

    def double(x: torch.Tensor) -> torch.Tensor:
        seen.append(x.detach().clone())
        flat = torch.cat([one.flatten().float() for one in seen])
        return -flat.repeat(x.numel())[: x.numel()].reshape(x.shape).to(x)

    return double


def as_a_shape() -> Answer:
    return lambda x: torch.empty(0, *(abs(int(one * 1e6)) for one in x.flatten().tolist()[:3]))


def as_a_gradient() -> Answer:
    return lambda x: x + x + (x - x.detach()) * x.detach()


def when_it_is_a_bonus() -> Answer:
    return lambda x: x + x


def on_the_simulated_gpu() -> Answer:
    def double(x: torch.Tensor) -> torch.Tensor:
        if str(x.device) != "cpu":
            raise ValueError(str(x.shape) + str(torch.initial_seed()))
        return x + x

    return double


SPIES = [
    in_a_message, in_the_name_of_a_class, from_memory, as_values, as_a_shape, as_a_gradient,
    when_it_is_a_bonus, on_the_simulated_gpu,
]  # fmt: skip


@pytest.mark.parametrize("spy", SPIES)
def test_no_input_of_the_exam_and_no_seed_is_in_any_field_of_any_verdict(spy: Callable[[], Answer]) -> None:
    made = doubling()
    verdicts = graded(spy, made)
    assert any(one.status not in {"passed", "blocked"} for one in verdicts.values())
    assert not numerals(verdicts) & (numbers_in(SECRET, made) - numbers_in(SHOWN, made))


def test_the_same_spies_would_tell_inputs_that_are_not_secret() -> None:
    """Else the test above would search for what can't be found."""
    for spy in (in_a_message, as_values):
        made, known = doubling(), Exam(7)
        there = {one.name: one for one in Examination(made, known, FunctionAsker(spy())).all()}
        assert numerals(there) & numbers_in(known, made)


def test_a_failure_is_shown_on_inputs_that_are_the_same_for_everybody() -> None:
    made = doubling()
    first, second = (graded(lambda: torch.abs, made, Exam(seed, shown=SHOWN)) for seed in (7, 8))
    desk = {one.name: one for one in Examination(made, SHOWN, FunctionAsker(torch.abs)).all()}
    shown = withheld.FROM_SHOWN
    for check in made.checks:
        for field in shown:
            assert getattr(first[check.name], field) == getattr(second[check.name], field)
    assert first["right_values"].counterexample
    assert first["right_values"].got
    assert all(
        getattr(first["right_values"], field) == getattr(desk["right_values"], field) for field in shown
    )


def test_where_nothing_fails_in_the_shown_exam_the_sizes_and_the_line_are_told() -> None:
    made = doubling()
    question = made.question
    assert question is not None
    shown = {case.inputs["x"].numpy().tobytes() for case in SHOWN.cases(question)}

    def only_in_the_exam(x: torch.Tensor) -> torch.Tensor:
        if x.detach().numpy().tobytes() not in shown and x.numel() > 3:
            raise ValueError(str(x))
        return x + x

    verdict = graded(lambda: only_in_the_exam, made)["accepts_its_arguments"]
    assert (verdict.status, verdict.points) == ("error", 0.0)
    assert (verdict.counterexample, verdict.got, verdict.expected) == ("", "", "")
    assert re.search(
        r"raise ValueError\(str\(x\)\)\nValueError\nit fails on an input that is not shown: x is a tensor of "
        r"shape \(\d+, \d+\) and dtype float(32|64)$",
        verdict.message,
    )


def test_a_table_made_of_everything_that_is_shown_answers_nothing_of_the_next_exam() -> None:
    """Without a formula: what one attempt is told about inputs and right values is looked up in the next."""
    made = doubling()
    first = graded(as_values, made)
    table: dict[bytes, torch.Tensor] = {}
    names = {"torch": torch, "double": lambda x: x}
    for verdict in first.values():
        if verdict.counterexample:
            shown = evaluate(verdict.counterexample, names)
            table[shown.numpy().tobytes()] = 2 * shown
    for question in {check.question for check in made.checks if check.question is not None}:
        for case in SHOWN.cases(question):
            table[case.inputs["x"].numpy().tobytes()] = 2 * case.inputs["x"]
    assert len(table) > 12

    def by_heart() -> Answer:
        return lambda x: table.get(x.detach().numpy().tobytes(), torch.zeros_like(x))

    for secret in (Exam(7, number=2, shown=SHOWN), Exam(8, shown=SHOWN)):
        verdicts = graded(by_heart, made, secret)
        points = [verdicts[name].points for name in ("right_values", "right_gradient")]
        assert points == [0.0, 0.0]
    assert graded(lambda: lambda x: x + x, made)["right_values"].points == 4


def test_points_and_statuses_are_those_of_the_secret_exam() -> None:
    made = doubling()
    shown = {case.inputs["x"].numpy().tobytes() for case in SHOWN.cases(made.question)}

    def right_where_it_counts(x: torch.Tensor) -> torch.Tensor:
        return x if x.detach().numpy().tobytes() in shown else x + x

    verdicts = graded(lambda: right_where_it_counts, made)
    alone = {one.name: one for one in Examination(made, SECRET, FunctionAsker(right_where_it_counts)).all()}
    assert {name: (one.status, one.points) for name, one in verdicts.items()} == {
        name: (one.status, one.points) for name, one in alone.items()
    }


def test_an_answer_that_is_stopped_is_not_run_once_more() -> None:
    made = doubling()

    class Stuck(FunctionAsker):
        def ask(self, questions: Sequence[Ask]) -> list[Observation]:
            raise Interrupted("timeout", "stopped after 5 s", len(questions) - 1)

    class Untouched(FunctionAsker):
        def ask(self, questions: Sequence[Ask]) -> list[Observation]:
            raise AssertionError(questions)

    here, there = (Examination(made, SECRET, Stuck(abs)), Examination(made, SHOWN, Untouched(abs)))
    verdict = withheld.explained(here, there)[1]
    assert verdict.status == "timeout"
    assert verdict.message.startswith("stopped after 5 s\nit fails on an input that is not shown: x is")


OUTSIDE = "final loss ended at {}, above the band of 1 to 2 in which right models end"


@pytest.mark.parametrize(
    ("shown", "told"),
    [(6.0, OUTSIDE.format(6)), (1.5, OUTSIDE.format(5) + "\nthe values are not shown")],
)
def test_a_model_outside_its_band_is_trained_once_more_and_that_figure_is_told(
    monkeypatch: pytest.MonkeyPatch, shown: float, told: str
) -> None:
    monkeypatch.setattr(bands, "band", lambda *_: bands.Band(1, 2))
    made = doubling()

    @made.trains(band="final_loss", asks="double(1.5)", returns=number(), points=2)
    def it_ends_well(figure: float) -> float:
        """It ends between 1 and 2."""
        return figure

    ends = iter([5.0, shown])

    def trains() -> Answer:
        end = next(ends)
        return lambda x: end if isinstance(x, float) else x + x

    verdict = graded(trains, made)["it_ends_well"]
    assert (verdict.status, verdict.points, verdict.message) == ("failed", 0.0, told)
    assert verdict.counterexample == ""


def test_a_figure_is_told_even_if_nothing_else_is() -> None:
    wrong = Problem("failed", "accuracy ended at 0.5", got="0.5", withheld="accuracy ended at 0.5")
    assert withheld.withheld(Case({}, 0), wrong).message == "accuracy ended at 0.5\nthe values are not shown"


def test_sizes_say_nothing_about_values() -> None:
    case = Case(
        {
            "x": record(torch.ones(2, 3)),
            "Ws": record([torch.ones(1)]),
            "n": record(7),
            "name": record("relu"),
        },
        0,
    )
    assert withheld.sizes(case) == (
        "x is a tensor of shape (2, 3) and dtype float32, Ws is a list of length 1, n is of type int, "
        "name is of type str"
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [("ValueError", "ValueError"), ("X0123", withheld.OWN_EXCEPTION), ("print", withheld.OWN_EXCEPTION)],
)
def test_only_classes_of_python_are_named(name: str, shown: str) -> None:
    assert withheld.kind_of_exception(name) == shown


def test_only_the_last_frame_is_told() -> None:
    lines = "a.py, line 3, in f\n    g(x)\na.py, line 7, in g\n    raise ValueError"
    assert withheld.last_frame(lines) == "a.py, line 7, in g\n    raise ValueError"
    assert withheld.last_frame("") == ""


class CountingAsker(FunctionAsker):
    """Counts how often its function was called."""

    calls = 0

    def ask(self, questions: Sequence[Ask]) -> list[Observation]:
        self.calls += len(questions)
        return super().ask(questions)


def test_what_passed_is_not_asked_again_to_explain_what_failed() -> None:
    made, asker = doubling(), CountingAsker(lambda x: 2 * x)
    withheld.explained(
        Examination(made, SECRET, FunctionAsker(lambda x: 2 * x)), Examination(made, SHOWN, asker)
    )
    failed = made.checks[-1]
    assert failed.name == "it_is_more"
    assert failed.question is not None
    assert asker.calls == len(SHOWN.cases(failed.question))
