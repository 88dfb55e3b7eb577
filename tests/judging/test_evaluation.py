"""Evaluation of one answer: which check fails, why, on which input, and which others it blocks."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
import torch
from hypothesis import strategies as st

from grader.checks.declaration import exercise
from grader.checks.return_specs import boolean, like, number, scalar, several, tensor
from grader.checks.strategies import logits, tensors
from grader.execution.observe import observe
from grader.judging.evaluation import (
    NOT_JUDGED,
    Examination,
    GraderFault,
    Interrupted,
    timeout_of,
)
from grader.judging.generated_cases import Exam, PassedChecks
from grader.judging.problems import MAX_SHOWN
from grader.records.expression import pasteable
from grader.records.protocol import MAX_KIND, MAX_LINES, MAX_MESSAGE, Observation, Raised
from grader.records.values import (
    MAX_DIMS,
    MAX_ITEMS,
    MAX_NAME,
    MAX_OPAQUE,
    MAX_TEXT,
    Entries,
    Items,
    Opaque,
    Tensor,
)
from grader.records.verdict import Broken

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.checks.exercise import Exercise
    from grader.records.protocol import Ask
    from grader.records.verdict import CheckStatus, Verdict

HERE = __file__
CASES = 12


class FunctionAsker:
    """Calls a function of this file; after `patience` questions the time is used up."""

    def __init__(
        self, answer: object, *, absent: tuple[CheckStatus, str] | None = None, patience: float = float("inf")
    ) -> None:
        self.answer = answer
        self.why = absent
        self.patience = patience
        self.asked: list[Ask] = []

    def absent(self) -> tuple[CheckStatus, str] | None:
        return self.why

    def ask(self, questions: Sequence[Ask]) -> list[Observation]:
        self.asked += questions
        if len(self.asked) > self.patience:
            raise Interrupted("timeout", "the time is used up")
        return [observe(one, {"double": self.answer}, files={HERE})[0] for one in questions]

    def search(self, question: Ask) -> Observation:
        (seen,) = self.ask([question])
        return seen


class ForgedAsker(FunctionAsker):
    """Sends whatever observation it was given, to every question."""

    def ask(self, questions: Sequence[Ask]) -> list[Observation]:
        assert isinstance(self.answer, Observation)
        return [self.answer for _ in questions]


def doubling(**settings: Any) -> Exercise:  # noqa: ANN401
    """Declare an exercise: twice a matrix."""
    declared: dict[str, Any] = {
        "asks": "double(x)",
        "given": {"x": logits()},
        "returns": like("x"),
        "oracle": lambda x: 2 * x,
        "differentiable": ["x"],
        "hints": {"leaves_arguments_alone": "Work on a copy."},
        "cases": CASES,
        "gpu_ready": False,
    }
    declared |= settings
    points = {"leaves_arguments_alone": 1}
    if declared["oracle"] is not None:
        points["right_values"] = 4
        if declared["differentiable"]:
            points["right_gradient"] = 1
    return exercise("double", **{"points": points, **declared})


def with_laws() -> Exercise:
    """Declare the exercise with laws of every kind."""
    made = doubling()

    @made.law(points=1)
    def it_keeps_signs(x: torch.Tensor, y: torch.Tensor) -> None:
        """double(x) has the signs of x."""
        if not torch.equal(x.sign(), y.sign()):
            raise AssertionError("a sign is lost")

    @made.law(
        points=2,
        given={"x": logits()},
        asks="(double(x), double(-x))",
        returns=several(like("x"), like("x")),
        hint="Look at negative numbers.",
    )
    def it_is_odd(there: torch.Tensor, back: torch.Tensor) -> None:
        """double(-x) is -double(x)."""
        if not torch.equal(there, -back):
            raise Broken("there and back differ", got=there, expected=-back)

    @made.beyond_the_book(given={"x": st.just(torch.tensor([[float("inf")]]))})
    def it_survives_infinity(y: torch.Tensor) -> None:
        """double(inf) is inf."""
        assert y.isinf().all()

    return made


def examined(answer: object, of: Exercise, asker: type[FunctionAsker] = FunctionAsker) -> dict[str, Verdict]:
    verdicts = Examination(of, Exam(7), asker(answer)).all()
    assert [verdict.name for verdict in verdicts] == [check.name for check in of.checks]
    return {verdict.name: verdict for verdict in verdicts}


def test_identical_observations_are_judged_once() -> None:
    exam, judged = Exam(7), list[torch.Tensor]()
    made = doubling(differentiable=[])

    @made.law(points=1)
    def it_keeps_signs(x: torch.Tensor, y: torch.Tensor) -> None:
        """double(x) has the signs of x."""
        judged.append(y)
        assert torch.equal(x.sign(), y.sign())

    def wrong_in_one_case(x: torch.Tensor) -> torch.Tensor:
        return x * -2 if torch.equal(x, last) else x * 2

    def points(answer: object) -> float:
        return sum(one.points for one in Examination(made, exam, FunctionAsker(answer)).all())

    assert points(lambda x: x * 2) == 6
    assert len(judged) == CASES
    assert points(lambda x: x + x) == 6
    assert len(judged) == CASES
    last = exam.cases(made.checks[-1].question or made.question)[-1].inputs["x"]
    assert points(wrong_in_one_case) < 6
    assert len(judged) > CASES


def test_the_oldest_passed_checks_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.judging.generated_cases.MAX_CACHED_PASSES", 3)
    check, passes = doubling().checks[0], PassedChecks()
    for digest in (b"a", b"b", b"c", b"d", b"e"):
        passes.add(check, digest)
    assert {digest for digest in (b"a", b"b", b"c", b"d", b"e") if (check, digest) in passes} == {
        b"c",
        b"d",
        b"e",
    }


def statuses(verdicts: dict[str, Verdict]) -> dict[str, str]:
    """Return the status of every check that didn't pass; for blocked ones, the message."""
    return {
        name: verdict.message if verdict.status == "blocked" else verdict.status
        for name, verdict in verdicts.items()
        if verdict.status != "passed"
    }


def test_a_right_answer_passes_every_check_and_gets_all_points() -> None:
    verdicts = examined(lambda x: x * 2, with_laws())
    assert statuses(verdicts) == {}
    assert sum(verdict.points for verdict in verdicts.values() if not verdict.bonus) == 9
    assert sum(verdict.points for verdict in verdicts.values() if verdict.bonus) == 1
    assert {verdict.hint + verdict.message + verdict.counterexample for verdict in verdicts.values()} == {""}


BY_CHECK: dict[str, Callable[[torch.Tensor], Any]] = {
    "accepts_its_arguments": lambda: None,  # type: ignore[misc, dict-item]
    "right_type": lambda x: (x * 2).tolist(),
    "right_shape": lambda x: (x * 2).reshape(-1),
    "right_dtype": lambda x: (x * 2).to(torch.float16),
    "right_device": lambda x: torch.empty_like(x, device="meta"),
    "leaves_arguments_alone": lambda x: x.mul_(2).clone(),
    "right_values": lambda x: x * x,
    "right_gradient": lambda x: (x * 2).detach(),
}


@pytest.mark.parametrize("name", BY_CHECK)
def test_an_answer_fails_the_first_broken_check_and_the_others_are_blocked_by_it(name: str) -> None:
    verdicts = examined(BY_CHECK[name], doubling())
    order = list(verdicts)
    place = order.index(name)
    expected = {name: "failed"} | dict.fromkeys(order[place + 1 :], f"waits for {name}")
    assert statuses(verdicts) == expected
    assert sum(verdict.points for verdict in verdicts.values()) == (5 if name == "right_gradient" else 0)


def test_a_missing_answer_fails_the_first_check_with_the_reason() -> None:
    asker = FunctionAsker(None, absent=("error", "answer.py, line 3\nNameError: no"))
    verdicts = Examination(doubling(), Exam(7), asker).all()
    assert (verdicts[0].name, verdicts[0].status) == ("is_defined", "error")
    assert verdicts[0].message == "answer.py, line 3\nNameError: no"
    assert {verdict.message for verdict in verdicts[1:]} == {"waits for is_defined"}
    assert asker.asked == []


def test_laws_are_blocked_by_their_prerequisites_and_not_by_each_other() -> None:
    verdicts = examined(lambda x: x.abs() * 2, with_laws())
    assert statuses(verdicts) == {
        "right_values": "failed",
        "right_gradient": "waits for right_values",
        "it_keeps_signs": "failed",
        "it_is_odd": "failed",
        "it_survives_infinity": "waits for right_values",
    }
    assert verdicts["it_keeps_signs"].message == "a sign is lost"
    assert verdicts["it_is_odd"].message == "there and back differ"


def test_laws_earn_points_only_if_the_values_are_right() -> None:
    """An answer that hands its argument back obeys both laws, and earns nothing."""
    examination = Examination(with_laws(), Exam(7), FunctionAsker(lambda x: x * 1))
    verdicts = {verdict.name: verdict for verdict in examination.all()}
    for name, worth in (("leaves_arguments_alone", 1), ("it_keeps_signs", 1), ("it_is_odd", 2)):
        found = verdicts[name]
        assert (found.status, found.points, found.max_points) == ("passed", 0, worth)
        assert found.message == "earns its points once right_values passes"
    assert examination.uncounted("right_values") == (
        "leaves_arguments_alone", "it_keeps_signs", "it_is_odd",
    )  # fmt: skip
    assert examination.uncounted("right_gradient") == ()


def added_in_place(x: torch.Tensor) -> torch.Tensor:
    x += x.detach().clone()
    return x


@pytest.mark.parametrize(
    ("answer", "blocks", "points"),
    [
        (lambda x: (2 * x).double(), "right_dtype", 3),
        (lambda x: (2 * x).long(), "right_dtype", 0),
        (added_in_place, "leaves_arguments_alone", 3),
        (lambda x: x.mul_(3), "leaves_arguments_alone", 0),
        (lambda x: (2 * x).to("meta"), "right_device", 0),
        (lambda x: (2 * x)[None], "right_shape", 0),
        (lambda x: [2 * x], "right_type", 0),
    ],
)
def test_values_may_be_right_although_dtype_device_or_arguments_are_not(
    answer: object, blocks: str, points: float
) -> None:
    made = doubling(differentiable=[])

    @made.law(points=3, asks="double(x) is None", returns=boolean())
    def something_comes_back(nothing: bool) -> None:
        """double(x) is something."""
        assert not nothing

    verdicts = examined(answer, made)
    assert verdicts["right_values"].blocked_by == blocks
    assert verdicts["something_comes_back"].status == "passed"
    assert verdicts["something_comes_back"].points == points


def broken_oracle(x: torch.Tensor) -> torch.Tensor:
    raise ZeroDivisionError


@pytest.mark.parametrize("oracle", [None, broken_oracle])
def test_laws_count_by_themselves_if_nothing_says_which_values_are_right(oracle: object) -> None:
    made = doubling(oracle=oracle, differentiable=[])

    @made.law(points=3)
    def it_keeps_the_shape(x: torch.Tensor, y: torch.Tensor) -> None:
        """double(x) has the shape of x."""
        assert x.shape == y.shape

    assert examined(lambda x: x * 1, made)["it_keeps_the_shape"].points == 3


def test_a_failure_shows_the_smallest_input_the_result_and_the_expected_one() -> None:
    failed = examined(lambda x: x.abs() * 2, with_laws())["right_values"]
    assert failed.counterexample == "double(torch.tensor([[-1.]]))"
    assert (failed.got, failed.expected) == ("torch.tensor([[2.]])", "torch.tensor([[-2.]])")
    assert failed.message == "the result is off by 4 at [0, 0]"
    assert failed.hint == ""
    changed = examined(lambda x: x.mul_(2).clone(), with_laws())["leaves_arguments_alone"]
    assert changed.hint == "Work on a copy."


def test_the_hint_of_a_failure_comes_before_those_of_its_check() -> None:
    made = doubling()

    @made.law(hint=["Look at the signs.", "Look at negative numbers."])
    def it_keeps_signs(y: torch.Tensor) -> None:
        """double(x) has the signs of x."""
        if (y < 0).any():
            raise Broken("a sign is lost", hint="Is abs called?")
        if y.gt(100).any():
            raise Broken("too much")

    hints = [
        (verdict.hint, *verdict.further_hints)
        for answer in (lambda x: -x.abs() - 1, lambda x: x.abs() + 101, lambda x: 2 * x.abs())
        for verdict in [examined(answer, made)["it_keeps_signs"]]
    ]
    own = ("Look at the signs.", "Look at negative numbers.")
    assert hints == [("Is abs called?", *own), own, ("",)]


def test_shrinking_keeps_the_failure_and_the_passed_prerequisites() -> None:
    """Smaller inputs on which the answer raises, or has another shape, are no example of wrong values."""

    def answer(x: torch.Tensor) -> torch.Tensor:
        if x.shape[1] == 1:
            raise ValueError("too narrow")
        return x * 2 if x.shape[1] % 2 else x.sum(1)

    verdicts = examined(answer, doubling(given={"x": logits(rows=(2, 3), classes=(2, 6))}))
    assert verdicts["right_shape"].counterexample == "double(torch.tensor([[0., 0.], [0., 0.]]))"


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (ValueError("no"), "error", "ValueError: no"),
        (NotImplementedError(), "failed", "still to do: NotImplementedError"),
        (NotImplementedError("later"), "failed", "still to do: NotImplementedError: later"),
        (MemoryError(), "out_of_memory", "MemoryError"),
        (RuntimeError("DefaultCPUAllocator: can't allocate"), "out_of_memory", "DefaultCPUAllocator"),
        (SystemExit(0), "error", "SystemExit"),
        (AssertionError("mine"), "error", "AssertionError: mine"),
    ],
)
def test_an_exception_of_the_answer_is_reported_with_its_type_and_line(
    error: BaseException, status: str, message: str
) -> None:
    def answer(_x: torch.Tensor) -> torch.Tensor:
        raise error

    verdict = examined(answer, doubling())["accepts_its_arguments"]
    assert verdict.status == status
    assert message in verdict.message
    assert "in answer\n    raise error" in verdict.message
    assert verdict.counterexample == "double(torch.tensor([[0.]]))"


def test_a_wrong_signature_is_explained() -> None:
    verdict = examined(lambda x, y: x, doubling())["accepts_its_arguments"]
    assert verdict.status == "failed"
    assert verdict.message.startswith("the call doesn't fit: ")
    assert "missing 1 required positional argument: 'y'" in verdict.message


def test_after_a_timeout_checks_that_were_not_run_are_blocked() -> None:
    asker = FunctionAsker(lambda x: x * 2, patience=CASES)
    verdicts = Examination(with_laws(), Exam(7), asker).all()
    found = statuses({verdict.name: verdict for verdict in verdicts})
    assert found == {
        "right_gradient": "timeout",
        "it_is_odd": "waits for right_gradient",
        "it_survives_infinity": "waits for right_gradient",
    }
    assert len(asker.asked) == 2 * CASES


def test_time_spent_on_shrinking_costs_no_points() -> None:
    """All checks are asked (one of them on infinity alone) before any failure is shrunk."""
    asker = FunctionAsker(lambda x: x.abs() * 2, patience=3 * CASES + 10)
    slow = Examination(with_laws(), Exam(7), asker)
    patient = Examination(with_laws(), Exam(7), FunctionAsker(lambda x: x.abs() * 2))
    assert slow.verdict("right_values").status == "failed"
    assert slow.interrupted is not None
    points = [[(one.name, one.status, one.points) for one in each.all()] for each in (slow, patient)]
    assert points[0] == points[1]


def test_verdicts_asked_for_in_another_order_are_the_same() -> None:
    forwards, backwards = (
        Examination(with_laws(), Exam(7), FunctionAsker(lambda x: x.abs())) for _ in range(2)
    )
    names = list(forwards.checks)
    there = {name: forwards.verdict(name) for name in names}
    back = {name: backwards.verdict(name) for name in reversed(names)}
    for name in names:
        assert (there[name].status, there[name].message) == (back[name].status, back[name].message)
        assert there[name].counterexample == back[name].counterexample


def test_questions_that_checks_share_are_asked_once() -> None:
    asker = FunctionAsker(lambda x: x * 2)
    Examination(with_laws(), Exam(7), asker).all()
    assert len(asker.asked) == 3 * CASES + 1


FAULTS = [ZeroDivisionError(), TypeError("odd"), RecursionError(), MemoryError(), ValueError("x" * 10**6)]


def with_a_broken_law(fault: Exception) -> Exercise:
    """Return `doubling` with a law that raises an error, and one that builds on it."""
    made = doubling()

    @made.law()
    def it_is_broken(y: torch.Tensor) -> None:
        """This law has a bug."""
        raise fault

    @made.law(after=["it_is_broken"])
    def it_builds_on_that(y: torch.Tensor) -> None:
        """This law builds on the one before."""

    return made


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: type(one).__name__)
def test_a_check_that_raises_an_error_is_not_judged(fault: Exception) -> None:
    examination = Examination(with_a_broken_law(fault), Exam(7), FunctionAsker(lambda x: x * 2))
    verdicts = {verdict.name: verdict for verdict in examination.all()}
    broken = verdicts["it_is_broken"]
    assert (broken.status, broken.message, broken.points) == ("not_judged", NOT_JUDGED, 0.0)
    assert broken.fault.startswith("The check it_is_broken of double failed itself: ")
    assert len(broken.fault) <= MAX_SHOWN
    assert verdicts["right_values"].status == "passed"
    with pytest.raises(GraderFault, match="The check it_is_broken of double failed itself") as caught:
        examination.require_judged()
    assert caught.value.__cause__ is fault


def test_what_builds_on_a_check_that_is_not_judged_is_not_judged_either() -> None:
    """Its points are open, too: blocked, they would be lost through the grader's fault."""
    examination = Examination(with_a_broken_law(KeyError()), Exam(7), FunctionAsker(lambda x: x * 2))
    verdict = examination.verdict("it_builds_on_that")
    assert verdict.status == "not_judged"
    assert "it_is_broken" in verdict.fault
    with pytest.raises(GraderFault, match="it_is_broken"):
        examination.require_judged("it_builds_on_that")
    examination.require_judged("right_values")


def test_a_check_that_is_not_judged_does_not_affect_others() -> None:
    examination = Examination(
        with_a_broken_law(ZeroDivisionError()), Exam(7), FunctionAsker(lambda x: x + x.abs())
    )
    assert examination.verdict("right_dtype").status == "passed"
    assert examination.verdict("right_values").status == "failed"
    assert examination.verdict("right_values").counterexample
    assert examination.verdict("it_is_broken").status == "not_judged"


def test_a_check_that_raises_an_error_only_while_the_input_is_shrunk_keeps_its_verdict() -> None:
    made = doubling()
    judged = []

    @made.law()
    def it_breaks_later(y: torch.Tensor) -> None:
        """This law has a bug."""
        judged.append(y)
        if len(judged) > 1:
            raise ZeroDivisionError
        raise Broken("no")

    verdict = Examination(made, Exam(7), FunctionAsker(lambda x: x * 2)).verdict("it_breaks_later")
    assert (verdict.status, verdict.message) == ("failed", "no")
    assert len(judged) > 1


@pytest.mark.parametrize(
    ("module", "name"),
    [("evaluation", "literal"), ("evaluation", "pasteable"), ("problems", "hint_for")],
)
def test_a_verdict_stands_without_the_explanation_that_could_not_be_made(
    module: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_arguments: object) -> str:
        raise RecursionError

    monkeypatch.setattr(f"grader.judging.{module}.{name}", fails)
    wrong = examined(lambda x: x * 3, doubling())["right_values"]
    raising = examined(lambda x: x.no_such_method(), doubling())["accepts_its_arguments"]
    assert (wrong.status, raising.status) == ("failed", "error")
    shown = {"literal": wrong.got, "pasteable": wrong.counterexample, "hint_for": raising.hint}
    assert not shown[name]
    assert all(text for other, text in shown.items() if other != name)


@pytest.mark.parametrize(
    "forged",
    [
        Observation(Items("list", (1,) * MAX_ITEMS)),
        Observation(Items("list", ("x" * MAX_TEXT,) * 100)),
        Observation(Entries({"k" * MAX_TEXT: "v" * MAX_TEXT})),
        Observation(Opaque("o" * MAX_OPAQUE)),
        Observation(Tensor("float32", (1,) * MAX_DIMS, "d" * MAX_NAME, bytes(4))),
        Observation(raised=Raised("K" * MAX_KIND, "m" * MAX_MESSAGE, "l" * MAX_LINES, inside=True)),
    ],
    ids=lambda one: type(one.result).__name__,
)
def test_no_text_of_a_verdict_is_long_whatever_came_back(forged: Observation) -> None:
    for verdict in Examination(with_laws(), Exam(7, shrinks=False), ForgedAsker(forged)).all():
        texts = (verdict.message, verdict.counterexample, verdict.got, verdict.expected, verdict.fault)
        assert max(map(len, texts)) <= MAX_SHOWN
        assert verdict.status != "not_judged"


def test_an_error_in_an_oracle_leaves_the_values_unjudged() -> None:
    verdicts = examined(lambda x: x * 2, doubling(oracle=lambda x: x / None, differentiable=[]))
    assert verdicts["right_values"].status == "not_judged"
    assert "right_values of double" in verdicts["right_values"].fault


@pytest.mark.parametrize(
    "wrong",
    [
        lambda x: None,
        lambda x: x[0],
        lambda x: x.to(torch.int64),
        lambda x: torch.empty_like(x, device="meta"),
        lambda x: (x, x),
    ],
)
def test_a_result_that_does_not_match_the_spec_never_reaches_the_law(
    wrong: Callable[[torch.Tensor], Any],
) -> None:
    made = doubling(oracle=None)
    reached = []

    @made.law(points=1, asks="double(x + 1)", returns=like("x"), given={"x": logits()}, after=())
    def it_is_judged(y: torch.Tensor) -> None:
        """The law sees only what fits."""
        reached.append(y)

    verdict = examined(wrong, made)["it_is_judged"]
    assert verdict.status == "failed"
    assert "expected" in verdict.message or "on meta" in verdict.message
    assert reached == []


@pytest.mark.parametrize(
    "forged",
    [
        Observation(result=Tensor("float32", (2**62, 2**62), "cpu", b"1234")),
        Observation(result=Tensor("float32", (1, 1), "cpu", b"")),
        Observation(result=Opaque("torch.Tensor")),
        Observation(result=Items("list", ())),
        Observation(result=Tensor("float32", (2**40,), "meta", None)),
        Observation(raised=Raised("KeyError", "'x'", "", inside=True)),
        Observation(result="right", gradients={}),
        Observation(result=None, called=("softmax",) * 5, changed=("x", "unheard_of")),
    ],
)
def test_a_forged_observation_is_never_a_grader_fault_and_gets_no_points(forged: Observation) -> None:
    verdicts = examined(forged, with_laws(), ForgedAsker)
    assert sum(verdict.points for verdict in verdicts.values()) == 0


def test_forged_gradients_get_no_points_for_them() -> None:
    made = exercise(
        "double",
        asks="double(x)",
        given={"x": st.just(torch.tensor(1.0))},
        returns=scalar(dtype_of="x"),
        oracle=lambda x: 2 * x,
        differentiable=["x"],
        points={"right_values": 1, "right_gradient": 1},
    )
    two = torch.tensor(2.0).numpy().tobytes()
    sent: list[dict[str, Tensor | None] | None] = [
        None,
        {},
        {"x": None},
        {"y": Tensor("float32", (), "cpu", two)},
        {"x": Tensor("float32", (2,), "cpu", two * 2)},
        {"x": Tensor("float32", (9,), "cpu", two)},
    ]
    for gradients in sent:
        forged = Observation(result=Tensor("float32", (), "cpu", two), gradients=gradients)
        verdicts = examined(forged, made, ForgedAsker)
        assert verdicts["right_values"].status == "passed"
        assert verdicts["right_gradient"].status == "failed"


def test_a_failed_bonus_costs_nothing() -> None:
    made = doubling()

    @made.beyond_the_book(given={"x": logits()})
    def it_is_more_than_right(y: torch.Tensor) -> None:
        """Something that no answer has."""
        assert y.sum() == float("inf")

    verdicts = examined(lambda x: x * 2, made)
    assert verdicts["it_is_more_than_right"].status == "failed"
    assert verdicts["it_is_more_than_right"].bonus
    assert verdicts["it_is_more_than_right"].points == 0
    assert statuses(verdicts) == {"it_is_more_than_right": "failed"}


def test_an_answer_with_a_kink_may_take_any_derivative_between_both_sides() -> None:
    made = exercise(
        "double",
        asks="double(x)",
        given={"x": tensors(dims=(1, 1))},
        examples=({"x": torch.tensor([0.0, 1.0, -1.0])},),
        returns=like("x"),
        oracle=lambda x: x.abs(),
        differentiable=["x"],
        subgradient=lambda x: (torch.where(x > 0, 1.0, -1.0), torch.where(x < 0, -1.0, 1.0)),
        points={"right_gradient": 1},
    )
    for right in (torch.abs, lambda x: torch.where(x > 0, x, -x), lambda x: torch.maximum(x, -x)):
        assert statuses(examined(right, made)) == {}
    steep = examined(lambda x: x.abs() + (x - x.detach()) * (x == 0) * 1.5, made)
    assert statuses(steep) == {"right_gradient": "failed"}


def test_a_function_for_comparison_may_compare_any_values() -> None:
    def equal(got: object, expected: object) -> None:
        if got != expected:
            raise AssertionError("not the same")

    made = exercise(
        "double",
        asks="double(n)",
        given={"n": st.integers(0, 12)},
        returns=boolean(),
        oracle=lambda n: n > 9,
        equal=equal,
        points={"right_values": 1},
    )
    assert statuses(examined(lambda n: n > 9, made)) == {}
    verdict = examined(lambda n: n >= 9, made)["right_values"]
    assert (verdict.status, verdict.message) == ("failed", "not the same")
    assert (verdict.counterexample, verdict.got, verdict.expected) == ("double(9)", "True", "False")


def test_long_texts_are_shortened() -> None:
    def answer(_x: torch.Tensor) -> Any:  # noqa: ANN401
        raise ValueError("x" * 10_000)

    verdict = examined(answer, doubling())["accepts_its_arguments"]
    assert len(verdict.message) <= 1_500


def test_each_check_has_its_own_seconds() -> None:
    made = doubling(differentiable=[])

    @made.law(given={}, asks="1", returns=number(), after=())
    def it_takes_time(n: int) -> None:
        """The judge sleeps."""
        time.sleep(0.05 * n)

    verdicts = examined(lambda x: x * 2, made)
    assert 0.05 <= verdicts["it_takes_time"].seconds < 1
    assert verdicts["is_defined"].seconds < 0.05


def test_a_timeout_says_why_and_names_the_line() -> None:
    seen = Observation(raised=Raised("Expired", "", "answer.py, line 3, in f\n    while True:", inside=True))
    stop = timeout_of([seen], "stopped after 2.5 s")
    assert stop.status == "timeout"
    assert stop.message.startswith("stopped after 2.5 s\n")
    assert stop.message.endswith("while True:")
    assert stop.question_index is None, "many calls may have used up the time together"


def test_an_endless_call_is_shown() -> None:
    stuck = Observation(raised=Raised("Expired", "", "", inside=True, endless=True))
    stop = timeout_of([Observation(), Observation(), stuck], "stopped after 2.5 s")

    class Stuck(FunctionAsker):
        def ask(self, questions: Sequence[Ask]) -> list[Observation]:
            raise stop

    made, exam = doubling(), Exam(7)
    verdict = Examination(made, exam, Stuck(None)).verdict("accepts_its_arguments")
    assert made.question is not None
    assert verdict.status == "timeout"
    assert verdict.counterexample == pasteable("double(x)", exam.cases(made.question)[2].records)


def test_a_result_of_any_shape_may_be_asked_for() -> None:
    made = doubling(returns=tensor(), oracle=None)
    assert statuses(examined(lambda x: x.sum(), made)) == {}


def test_gpu_ready_fails_without_an_input_and_is_skipped_if_it_takes_a_gpu_to_tell() -> None:
    known = torch.zeros(1)
    answers = {
        "passed": lambda x: x * 2,
        "failed": lambda x: x * 2 + torch.zeros(x.shape, dtype=x.dtype),
        "skipped": lambda x: x * 2 + known.to(x.dtype).expand(x.shape),
    }
    for status, answer in answers.items():
        verdict = Examination(doubling(gpu_ready=True), Exam(7), FunctionAsker(answer)).verdict("gpu_ready")
        assert (verdict.status, verdict.counterexample) == (status, "")
        assert ("on a GPU, this raises" in verdict.message) == (status == "failed")
        assert ("it takes a GPU to tell" in verdict.message) == (status == "skipped")
