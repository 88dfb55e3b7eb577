"""A mistake is paid for once, whatever answers call each other and in whatever order they are decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import permutations
from typing import TYPE_CHECKING

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.judging.error_carried_forward import ErrorCarriedForward, without_text
from grader.records.verdict import Attempt, Misconception, Verdict, summarize

if TYPE_CHECKING:
    from grader.records.verdict import CheckStatus

NAMES = "abcdef"


@dataclass
class Program:
    """Answers that call each other, one after the other.

    Args:
        calls: what each calls, in this order.
        wrong: those that are wrong by themselves.
        raising: of the wrong ones, those that raise an exception before they call anything; the others call
            everything and return a wrong value.
        claims: what each says that it called; by default the truth.
    """

    calls: dict[str, list[str]]
    wrong: set[str]
    raising: set[str]
    claims: dict[str, set[str]] | None = None
    asked_again: list[str] = field(default_factory=list)

    def first(self, name: str) -> bool:
        return self.run(name, frozenset(), set(), ())[0]

    def is_wrong(self, outcome: bool) -> bool:
        return not outcome

    def may_be_asked_again(self, outcome: bool) -> bool:
        return not outcome

    def used(self, name: str, replaced: frozenset[str]) -> set[str]:
        entered: set[str] = set()
        self.run(name, replaced, entered, ())
        return entered if self.claims is None else self.claims[name]

    def again(self, name: str, replaced: frozenset[str]) -> bool:
        self.asked_again.append(name)
        return self.run(name, replaced, set(), ())[0]

    def better(self, first: bool, again: bool) -> bool:
        return again and not first

    def run(
        self, name: str, replaced: frozenset[str], entered: set[str], callers: tuple[str, ...]
    ) -> tuple[bool, bool]:
        """Return whether a call returns the right value, and whether it returns at all."""
        entered.add(name)
        if name in callers or (name in self.wrong and name in self.raising):
            return False, False
        right = name not in self.wrong
        for callee in self.calls[name]:
            if callee in replaced:
                continue
            fine, returns = self.run(callee, replaced, entered, (*callers, name))
            if not returns:
                return False, False
            right = right and fine
        return right, True

    def reaches(self, name: str, other: str) -> bool:
        """Return whether `name` calls `other`, directly or not."""
        reached: set[str] = set()
        ahead = list(self.calls[name])
        while ahead:
            one = ahead.pop()
            if one not in reached:
                reached.add(one)
                ahead += self.calls[one]
        return other in reached


def finals(program: Program, order: str = NAMES) -> dict[str, bool]:
    """Return which answers are right in the end, decided in some order."""
    carried = ErrorCarriedForward(program)
    return {name: carried.final(name) for name in order}


subsets = st.sets(st.sampled_from(NAMES))
programs = st.builds(
    Program,
    st.fixed_dictionaries(
        {name: st.lists(st.sampled_from(NAMES), max_size=3, unique=True) for name in NAMES}
    ),
    subsets,
    subsets,
)
liars = st.builds(
    lambda program, claims: Program(program.calls, program.wrong, program.raising, claims),
    programs,
    st.fixed_dictionaries(dict.fromkeys(NAMES, subsets)),
)


@settings(max_examples=400)
@given(programs)
def test_each_wrong_answer_is_paid_for_once(program: Program) -> None:
    found = finals(program)
    for name in NAMES:
        if name in program.wrong:
            assert not found[name]
        elif not program.reaches(name, name):
            assert found[name], (program, found)


@settings(max_examples=400)
@given(programs, st.permutations(NAMES))
def test_the_order_in_which_answers_are_decided_changes_nothing(program: Program, order: list[str]) -> None:
    found = finals(program)
    assert finals(Program(program.calls, program.wrong, program.raising), "".join(order)) == found
    assert sorted(program.asked_again) == sorted(set(program.asked_again)), "each is asked again at most once"


@settings(max_examples=400)
@given(liars)
def test_whatever_answers_say_no_mistake_is_free(program: Program) -> None:
    found = finals(program)
    assert not any(found[name] for name in program.wrong)
    for name in NAMES:
        circle = [one for one in NAMES if program.reaches(name, one) and program.reaches(one, name)]
        assert not circle or not all(found[one] for one in circle), (program, found)


def test_a_circle_of_answers_computes_nothing_and_what_builds_on_it_does() -> None:
    program = Program({"a": ["b"], "b": ["a"], "c": ["a", "d"], "d": []}, set(), set())
    for order in permutations("abcd"):
        assert finals(program, "".join(order)) == {"a": False, "b": False, "c": True, "d": True}


def test_a_call_that_fails_hides_the_next_one_and_both_are_replaced() -> None:
    program = Program({"a": ["b", "c"], "b": [], "c": []}, {"b", "c"}, {"b", "c"})
    assert finals(program, "abc") == {"a": True, "b": False, "c": False}
    assert program.asked_again == ["a"]


def test_what_is_right_with_help_is_not_replaced_itself() -> None:
    seen: list[tuple[str, frozenset[str]]] = []

    class Recorded(Program):
        def again(self, name: str, replaced: frozenset[str]) -> bool:
            seen.append((name, replaced))
            return super().again(name, replaced)

    program = Recorded({"a": ["b"], "b": ["c"], "c": []}, {"c"}, set())
    assert finals(program, "abc") == {"a": True, "b": True, "c": False}
    assert sorted(seen) == [("a", frozenset("c")), ("b", frozenset("c"))]


def test_a_retry_reports_statuses_and_points_and_nothing_that_its_process_could_word() -> None:
    def verdict(name: str, status: CheckStatus, points: float, told: str, seconds: float) -> Verdict:
        return Verdict(
            *(name, "It holds.", status, points, 2.0, False),
            *(told, told, told, told, told, (told,)),
            seconds=seconds,
        )

    statuses: tuple[CheckStatus, ...] = ("passed", "failed", "error", "skipped", "timeout")
    leak = "return x + x"
    checks = [verdict(one, one, 2.0 * (one == "passed"), leak, 65.0) for one in statuses]
    waiting = Verdict(
        "waits", "It holds.", "blocked", 0.0, 2.0, False, "waits for failed", blocked_by="failed"
    )
    again = summarize("f", "1.1", "m", (*checks, waiting), Attempt(leak, 1))
    again = msgspec.structs.replace(again, misconception=Misconception("known", "..."))
    told = [verdict(one.name, "failed", 0.0, "mine", 0.5) for one in again.checks]
    first = summarize("f", "1.1", "m", tuple(told), Attempt("cell 3", 2))
    result = without_text(again, first, {"half", "double"})
    assert leak not in str(result)
    assert [(one.status, one.points, one.seconds, one.blocked_by) for one in result.checks] == [
        (one.status, one.points, 0.5, one.blocked_by) for one in again.checks
    ]
    assert result.checks[1].message == (
        "this doesn't hold either with the course's own double and half in place of yours"
    )
    assert (result.points, result.status) == (again.points, again.status)
    assert (result.attempt, result.misconception) == (first.attempt, again.misconception)
    assert result.checks[-1].message == "waits for failed"
