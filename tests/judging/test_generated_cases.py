"""Exams: a seed gives the same inputs everywhere, and a failure shrinks to the smallest input."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import torch
from hypothesis import strategies as st
from hypothesis.database import InMemoryExampleDatabase

from grader.checks.case import Case
from grader.checks.check import Question
from grader.checks.exercise import DeclarationError
from grader.checks.return_specs import like, tensor
from grader.checks.strategies import any_of, logits, predictions, tensors
from grader.judging.generated_cases import SHRINKS, Exam, SearchEnded
from grader.records.expression import pasteable
from grader.records.values import record

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]


def question(name: str = "f", asks: str = "f(X)", **settings: Any) -> Question:  # noqa: ANN401
    return Question(
        **{"name": name, "asks": asks, "given": {"X": logits()}, "returns": like("X"), **settings}
    )


def shown(exam: Exam, of: Question) -> list[str]:
    """Return the cases as records and seeds: equal where every bit is."""
    return [repr((case.records, case.seed)) for case in exam.cases(of)]


EVERYTHING = {"X": logits(), "y_hat, y": predictions(), "Z": tensors(), "kind": any_of("a", "b", "c", "d")}

STUDENT = "NUMBERS = " + repr([number + 0.123 for number in range(-30, 30)])
ELSEWHERE = """
import sys
sys.path[:0] = {folders!r}
import student
from tests.judging.test_generated_cases import digest
print(digest(11))
"""


def digest(number: int) -> str:
    """Return a short text that stands for every bit of an exam."""
    drawn = shown(Exam(number), question(given=EVERYTHING, cases=60))
    return hashlib.sha256(repr(drawn).encode()).hexdigest()


def test_another_process_draws_the_same_whatever_its_hash_seed_and_folder(tmp_path: Path) -> None:
    """Nor does it matter which modules are loaded: Hypothesis likes to draw the constants of local ones."""
    (tmp_path / "student.py").write_text(STUDENT)
    folders = [str(tmp_path), str(ROOT)]
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE.format(folders=folders)],
        env={**os.environ, "CI": "true", "PYTHONHASHSEED": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == digest(11)


def test_the_same_seed_gives_the_same_cases_and_another_seed_others() -> None:
    assert shown(Exam(1), question()) == shown(Exam(1), question())
    assert shown(Exam(1), question()) != shown(Exam(2), question())


def test_earlier_questions_make_no_difference() -> None:
    exam = Exam(1)
    exam.cases(question("another"))
    torch.manual_seed(5)
    assert shown(exam, question()) == shown(Exam(1), question())


def test_questions_of_different_names_get_different_cases() -> None:
    assert shown(Exam(1), question("f")) != shown(Exam(1), question("g"))


def test_the_requested_number_of_cases_is_drawn_after_the_examples() -> None:
    x = torch.tensor([[1.0, 2.0]])
    asked = question(examples=({"X": x},), cases=7)
    cases = Exam(1).cases(asked)
    assert len(cases) == 8
    assert torch.equal(cases[0].inputs["X"], x)
    assert len({case.seed for case in cases}) == 8


def test_cases_are_drawn_once_and_cached() -> None:
    exam, asked = Exam(1), question()
    assert exam.cases(asked) is exam.cases(asked)


def test_a_question_on_the_inputs_of_another_gets_its_cases() -> None:
    exam, asked = Exam(1), question()
    assert exam.cases(question("gradient", inputs_of=asked)) == exam.cases(asked)


def test_a_question_without_inputs_has_one_case_and_one_seed_a_run() -> None:
    asked = question(given={}, asks="f()")
    (case,) = Exam(1).cases(asked)
    (again,), (other,) = Exam(1).cases(asked), Exam(2).cases(asked)
    assert case.records == {}
    assert case.seed == again.seed != other.seed


def test_few_possible_inputs_are_all_used_and_none_twice() -> None:
    cases = Exam(1).cases(question(given={"k": any_of(1, 2, 3)}, asks="f(k)"))
    assert sorted(case.inputs["k"] for case in cases) == [1, 2, 3]


def test_a_drawn_tuple_is_split_into_its_inputs() -> None:
    (case, *_) = Exam(1).cases(question(given={"y_hat, y": predictions()}, asks="f(y_hat, y)"))
    assert set(case.inputs) == {"y_hat", "y"}
    assert len(case.inputs["y_hat"]) == len(case.inputs["y"])


def test_a_broken_strategy_raises() -> None:
    with pytest.raises(ZeroDivisionError):
        Exam(1).cases(question(given={"X": st.integers(1, 3).map(lambda _: 1 / 0)}))


def test_an_oracle_runs_once_in_float64_on_its_own_copy_of_the_inputs() -> None:
    calls = []

    def oracle(x: torch.Tensor, y: list[torch.Tensor], n: torch.Tensor) -> torch.Tensor:
        calls.append((x.dtype, y[0].dtype, n.dtype))
        return x.add_(1)

    case = Case({"x": record(torch.zeros(2)), "y": record([torch.ones(1)]), "n": record(torch.tensor(1))}, 0)
    assert case.expected(oracle).tolist() == [1.0, 1.0]
    assert case.expected(oracle).tolist() == [1.0, 1.0]
    assert calls == [(torch.float64, torch.float64, torch.int64)]
    assert case.inputs["x"].tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("inputs", "dtype"),
    [
        ({"n": torch.tensor(1), "X": torch.ones(1)}, torch.float32),
        ({"X": [torch.tensor(1), torch.ones(1, dtype=torch.float64)], "y": torch.ones(1)}, torch.float64),
        ({"n": 3, "y": torch.tensor([1])}, None),
    ],
)
def test_the_dtype_of_a_case_is_that_of_its_first_floating_input(
    inputs: dict[str, object], dtype: torch.dtype | None
) -> None:
    assert Case({name: record(value) for name, value in inputs.items()}, 0).dtype is dtype


def smallest(given: dict[str, Any], fails: Callable[..., bool], asks: str, seed: int = 1) -> str:
    """Return the call to which a failure shrinks."""
    found = Exam(seed).shrink(question(given=given, asks=asks), lambda case: fails(**case.inputs))
    assert found is not None
    return pasteable(asks, found.records)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    ("given", "fails", "asks", "expected"),
    [
        # The axis is the wrong one: it takes two rows or two columns to see it.
        (
            {"x": logits()},
            lambda x: x.shape[0] > 1 and x.shape[1] > 1,
            "f(x)",
            "f(torch.tensor([[0., 0.], [0., 0.]]))",
        ),
        # Negative numbers are forgotten.
        ({"x": logits()}, lambda x: bool((x < 0).any()), "f(x)", "f(torch.tensor([[-1.]]))"),
        # A threshold in the middle of nowhere.
        ({"x": logits()}, lambda x: bool((x > 20.5).any()), "f(x)", "f(torch.tensor([[21.]]))"),
        # Only float64 shows it.
        (
            {"x": tensors(dims=(1, 2))},
            lambda x: x.dtype == torch.float64,
            "f(x)",
            "f(torch.tensor([0.], dtype=torch.float64))",
        ),
        # Two equal elements: a tie.
        (
            {"x": logits(rows=(1, 3))},
            lambda x: any(len(set(row)) < len(row) for row in x.tolist()),
            "f(x)",
            "f(torch.tensor([[0., 0.]]))",
        ),
        # The largest label is off by one.
        (
            {"y_hat, y": predictions(rows=(1, 4), classes=(2, 5))},
            lambda y_hat, y: int(y.max()) == y_hat.shape[1] - 1,
            "f(y)",
            "f(torch.tensor([1]))",
        ),
        # Two inputs, both of which matter.
        (
            {"a": st.integers(0, 99), "b": st.integers(0, 99)},
            lambda a, b: a + b > 40 and b > 3,
            "f(a, b)",
            "f(0, 41)",
        ),
    ],
)
def test_known_bugs_shrink_to_the_smallest_input_that_shows_them(
    given: dict[str, Any], fails: Callable[..., bool], asks: str, expected: str, seed: int
) -> None:
    assert smallest(given, fails, asks, seed) == expected


def test_shrinking_finds_nothing_if_nothing_fails() -> None:
    assert Exam(1).shrink(question(), lambda _case: False) is None


def test_shrinking_has_a_limit_of_evaluations_and_repeats_none() -> None:
    asked = question(given={"n": st.lists(st.integers(0, 2**60), min_size=9, max_size=9)}, asks="f(n)")
    tried = []

    def fails(case: Case) -> bool:
        tried.append(repr(case.records))
        return bool(sum(case.inputs["n"]) > 2**50)

    found = Exam(1).shrink(asked, fails)
    assert found is not None
    assert sum(found.inputs["n"]) > 2**50
    assert 50 < len(tried) <= SHRINKS + asked.cases
    assert len(set(tried)) == len(tried)


def test_a_search_that_is_ended_draws_nothing_more_and_keeps_what_it_found() -> None:
    asked, failed = [], []

    def fails(case: Case) -> bool:
        asked.append(case)
        if len(asked) == 8:
            raise SearchEnded
        if case.inputs["X"].abs().sum() > 3:
            failed.append(case)
        return case in failed

    found = Exam(4).shrink(question(), fails)
    assert len(asked) == 8
    assert found is failed[-1]


def test_the_same_failure_shrinks_by_the_same_steps() -> None:
    def search() -> list[str]:
        steps: list[str] = []

        def fails(case: Case) -> bool:
            steps.append(repr((case.records, case.seed)))
            return bool(case.inputs["X"].sum() > 7)

        Exam(4).shrink(question(), fails)
        return steps

    assert search() == search()


def test_an_answer_that_fails_only_sometimes_still_gets_an_input_on_which_it_did() -> None:
    outcomes = iter([True, False] * SHRINKS)
    failed = []

    def fails(case: Case) -> bool:
        if next(outcomes):
            failed.append(repr(case.records))
            return True
        return False

    found = Exam(1).shrink(question(), fails)
    assert found is not None
    assert repr(found.records) in failed


def test_an_error_of_the_judge_propagates_from_shrinking() -> None:
    def fails(_case: Case) -> bool:
        raise DeclarationError("a bug")

    with pytest.raises(DeclarationError):
        Exam(1).shrink(question(), fails)


def at_least_a_thousand(case: Case) -> bool:
    return bool(case.inputs["n"] >= 1000)


def test_with_a_database_earlier_failures_come_first_until_they_pass() -> None:
    database, asked = InMemoryExampleDatabase(), question(given={"n": st.integers(0, 10**6)}, asks="f(n)")
    assert Exam(5, database).shrink(asked, at_least_a_thousand) is not None
    for number in (6, 7):  # asking alone forgets nothing
        cases = Exam(number, database).cases(asked)
        assert cases[0].inputs["n"] == 1000
        assert len(cases) == asked.cases
    assert Exam(8, database).shrink(asked, lambda _case: False) is None
    assert Exam(9, database).cases(asked)[0].inputs["n"] != 1000


def test_without_a_database_nothing_is_stored() -> None:
    asked = question(given={"n": st.integers(0, 10**6)}, asks="f(n)")
    assert Exam(5).shrink(asked, at_least_a_thousand) is not None
    assert Exam(6).cases(asked)[0].inputs["n"] != 1000


def test_returns_of_a_question_are_no_part_of_its_inputs() -> None:
    assert question(returns=tensor()).inputs == ("X",)
