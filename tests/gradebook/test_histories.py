"""Random histories of a gradebook agree with a plain model, which keeps the state instead of the events."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from grader.course.mark_policy import MarkPolicy
from grader.gradebook.events import Adjustment, Excuse, Undo
from grader.gradebook.ledger import Ledger
from grader.gradebook.marks import Rules
from grader.gradebook.store import Draft, open_file
from tests.fixtures.events import attempt

if TYPE_CHECKING:
    from grader.gradebook.events import Content

STUDENTS: Final = ("alice", "bob")
SECTIONS: Final = ("mlp", "sums")
students = st.sampled_from(STUDENTS)
sections = st.sampled_from(SECTIONS)
points = st.integers(0, 10)


class Model:
    """What a spreadsheet would hold about a student."""

    def __init__(self) -> None:
        self.handed_in: list[str] = []
        self.graded: dict[str, dict[str, int]] = {}
        self.decisions: list[tuple[int, str, str, int]] = []

    def mark(self, policy: str) -> float | None:
        """Return the mark: of 20, the points of the attempt that counts."""
        if not self.handed_in:
            return None
        totals = {content: self.adjusted(content) for content in self.handed_in}
        excused = {what for _, kind, what, _ in self.decisions if kind == "excuse"}
        order = list(dict.fromkeys(reversed(self.handed_in)))[::-1]
        pick = {
            "last": order[-1],
            "first": order[0],
            "best": max(order, key=lambda one: sum(totals[one].values())),
        }
        counted = {name: got for name, got in totals[pick[policy]].items() if name not in excused}
        if not counted:
            return None
        return sum(counted.values()) * 20 / (10 * len(counted))

    def adjusted(self, content: str) -> dict[str, int]:
        """Return the points of each section with adjustments."""
        found = dict(self.graded[content])
        for _, kind, section, amount in self.decisions:
            if kind == "add":
                found[section] += amount
            elif kind == "set":
                found[section] = amount
        return {name: max(0, got) for name, got in found.items()}


class Histories(RuleBasedStateMachine):
    """Events in any order: attempts, adjustments, excuses, undoings, and the gradebook opened again."""

    policy = "last"

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.ledger = Ledger(open_file(Path(self.folder.name)), "grader")
        self.models: defaultdict[str, Model] = defaultdict(Model)

    def teardown(self) -> None:
        self.ledger.store.engine.dispose()
        self.folder.cleanup()

    def record(self, student: str, *contents: Content) -> int:
        numbers = self.ledger.store.append([Draft(student, content, "grader") for content in contents])
        assert len(numbers) == len(contents)
        return numbers[-1]

    @rule(student=students, content=st.sampled_from("ABC"), mlp=points, sums=points)
    def hand_in(self, student: str, content: str, mlp: int, sums: int) -> None:
        """An attempt, new or as before; if it is graded anew, it has its new points."""
        self.record(student, *attempt(content, {"mlp": mlp, "sums": sums}))
        model = self.models[student]
        model.handed_in.append(content)
        model.graded[content] = {"mlp": mlp, "sums": sums}

    @rule(student=students, section=sections, amount=st.integers(-5, 5))
    def add(self, student: str, section: str, amount: int) -> None:
        event = Adjustment(reason="r", exercise=f"{section}.one", how="add", points=amount)
        self.models[student].decisions.append((self.record(student, event), "add", section, amount))

    @rule(student=students, section=sections, amount=points)
    def put(self, student: str, section: str, amount: int) -> None:
        event = Adjustment(reason="r", exercise=f"{section}.one", how="set", points=amount)
        self.models[student].decisions.append((self.record(student, event), "set", section, amount))

    @rule(student=students, section=sections)
    def excuse(self, student: str, section: str) -> None:
        number = self.record(student, Excuse(reason="r", section=section))
        self.models[student].decisions.append((number, "excuse", section, 0))

    @precondition(lambda self: any(model.decisions for model in self.models.values()))
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        taken = [(student, one) for student, model in self.models.items() for one in model.decisions]
        student, decision = data.draw(st.sampled_from(taken))
        self.record(student, Undo(reason="r", event=decision[0]))
        self.models[student].decisions.remove(decision)

    @rule()
    def open_again(self) -> None:
        self.ledger.store.engine.dispose()
        self.ledger = Ledger(open_file(Path(self.folder.name)), "grader")

    @invariant()
    def marks_agree(self) -> None:
        rules = Rules(policy=MarkPolicy(attempt=self.policy, round_to=0.0001))  # type: ignore[arg-type]
        found = self.ledger.marks(rules, STUDENTS)
        for student in STUDENTS:
            value, expected = found[student].value, self.models[student].mark(self.policy)
            assert (value is None) == (expected is None)
            assert value is None or abs(float(value) - (expected or 0)) < 0.0001


@pytest.mark.parametrize("policy", ["last", "best", "first"])
@pytest.mark.parametrize(
    "count", [17, pytest.param(334, marks=pytest.mark.thorough)], ids=["some", "a thousand"]
)
@pytest.mark.timeout(900)
def test_random_histories_agree_with_a_plain_model(policy: str, count: int) -> None:
    machine = type("HistoriesOfThisPolicy", (Histories,), {"policy": policy})
    run_state_machine_as_test(machine, settings=settings(max_examples=count, stateful_step_count=20))
