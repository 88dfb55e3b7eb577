"""Whatever bytes a child sends, the grader reaches verdicts and doesn't fail itself."""

from __future__ import annotations

import tracemalloc
from math import inf
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course.course import SHIPPED, load
from grader.grading.process import Process
from grader.grading.sandbox_session import SandboxAsker, SandboxSession, max_bytes
from grader.grading.time_budget import ExerciseBudget, submission_budget
from grader.judging.evaluation import Examination, Interrupted
from grader.judging.generated_cases import Exam
from grader.records.protocol import (
    Absent,
    AskAttempt,
    Contents,
    Found,
    Load,
    Observation,
    Observations,
    Raised,
)
from grader.records.sources import SourceFile
from grader.records.values import Array, Column, Entries, Items, Opaque, Table, Tensor, TextFile
from grader.sandbox import Exit, FrameTooLarge, Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.checks.exercise import Exercise
    from grader.records.protocol import Ask
    from grader.records.values import Value

COURSE = load(SHIPPED, ["softmax", "encode_categories", "SGD", "preprocess"])
EXERCISES = [exercise for _section, exercise in COURSE.exercises()]
EXAM = Exam(3, shrinks=False)

scalars = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(max_size=5)
small_shapes = st.lists(st.integers(-1, 3) | st.integers(2**31, 2**63), max_size=4).map(tuple)
cells = st.lists(scalars, max_size=4).map(tuple)
names = st.none() | st.text(max_size=3) | st.integers(0, 3)
devices = st.sampled_from(["cpu", "meta", "cuda:7", ""])
words = st.text(max_size=9)
dtypes = st.sampled_from(
    ["float32", "float64", "int64", "bool", "object", "str", "category", "complex64", "x"]
)
columns = st.builds(Column, names, dtypes, cells)
leaves = st.one_of(
    scalars,
    st.builds(Tensor, dtypes, small_shapes, devices, st.binary(max_size=40)),
    st.builds(Tensor, dtypes, small_shapes, st.just("meta"), st.none()),
    st.builds(Array, dtypes, small_shapes, st.binary(max_size=40)),
    columns,
    st.builds(Table, st.lists(columns, max_size=3).map(tuple), st.integers(-1, 4), st.none() | st.just(())),
    st.builds(TextFile, words, words),
    st.builds(Opaque, words),
)  # fmt: skip
values = st.recursive(
    leaves,
    lambda inner: (
        st.builds(Items, st.sampled_from(["list", "tuple"]), st.lists(inner, max_size=4).map(tuple))
        | st.builds(Entries, st.dictionaries(st.text(max_size=3), inner, max_size=3))
    ),
    max_leaves=8,
)
observations = st.builds(
    Observation,
    result=values,
    raised=st.none() | st.builds(Raised, words, words, words, st.booleans()),
    changed=st.lists(st.text(max_size=3), max_size=2).map(tuple),
    called=st.lists(st.sampled_from(["softmax", "torch.optim.sgd", "x"]), max_size=2).map(tuple),
    argument_device=st.sampled_from(["cpu", "cuda:0", "\x1b[31m"]),
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _drawn() -> None:
    """The exam is drawn before: Hypothesis draws nothing while it draws."""
    for exercise in EXERCISES:
        for check in exercise.checks:
            if check.question is not None:
                EXAM.cases(check.question)


FILES = (SourceFile("x.py", "x", ()),)


class HostileChild:
    """A child that claims to hold every exercise, and then answers questions as it likes."""

    limits = Limits()

    def __init__(self, answer: Callable[[int], bytes]) -> None:
        self.answer = answer
        self.reply = b""

    def cpu_seconds(self) -> float:
        return 0.0

    def send(self, payload: bytes, _deadline: float, _cpu_limit: float) -> None:
        message: Any = msgspec.msgpack.decode(payload, type=Load | AskAttempt)
        if isinstance(message, Load):
            found: dict[str, tuple[Found, ...]] = dict.fromkeys(message.wanted, (Found("x.py", 1),))
            self.reply = msgspec.msgpack.encode(Contents(found, {}))
        else:
            self.reply = self.answer(len(message.asks))

    def receive(self, _deadline: float, limit: int, _cpu_limit: float) -> bytes:
        if len(self.reply) > limit:
            raise FrameTooLarge("a frame is larger than it may be")
        return self.reply

    def close(self) -> Exit:
        return Exit(signal=9, code=None, peak_memory=0, cpu_seconds=0.0, killed=True)


class HostileServer:
    """Forks such children."""

    gpu = None

    def __init__(self, answer: Callable[[int], bytes]) -> None:
        self.answer = answer

    def fork(self, _role: str = "", *, needs: tuple[str, ...]) -> HostileChild:
        return HostileChild(self.answer)


def points(exercise: Exercise, answer: Callable[[int], bytes]) -> float:
    """The points that such answers get."""
    server: Any = HostileServer(answer)
    submission = submission_budget(inf)
    session = SandboxSession(Process(server), Load("x", FILES, {exercise.name: (exercise.name,)}), submission)
    asker = SandboxAsker(session, exercise, 0, ExerciseBudget(inf, submission))
    verdicts = Examination(exercise, EXAM, asker).all()
    return sum(verdict.points for verdict in verdicts if not verdict.bonus)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
@settings(max_examples=60)
@given(noise=st.binary(max_size=200))
def test_noise_is_worth_nothing(exercise: Exercise, noise: bytes) -> None:
    assert points(exercise, lambda _asked: noise) == 0


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
@settings(max_examples=120)
@given(seen=observations)
def test_forged_observations_are_worth_a_small_part_at_most(exercise: Exercise, seen: Observation) -> None:
    """One may fit a law that doesn't build on right values, and then earns what that is worth."""
    forged = points(exercise, lambda asked: msgspec.msgpack.encode(Observations((seen,) * asked)))
    assert forged <= exercise.max_points / 4


@pytest.mark.parametrize("surplus", [0, 1, 900])
def test_running_out_of_time_at_a_question_that_was_never_asked_is_worth_nothing(surplus: int) -> None:
    softmax = next(exercise for exercise in EXERCISES if exercise.name == "softmax")
    stuck = Observation(raised=Raised("Expired", "", "", inside=True, endless=True))

    def late(asked: int) -> bytes:
        return msgspec.msgpack.encode(Observations((Observation(),) * (asked + surplus - 1) + (stuck,)))

    assert points(softmax, late) == 0


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
@settings(max_examples=120)
@given(data=st.data())
def test_a_damaged_frame_is_an_answer_or_none(exercise: Exercise, data: st.DataObject) -> None:
    """What was once an honest frame, with some bytes changed."""
    honest = Observation(
        Items("tuple", (Tensor("float32", (1, 1), "cpu", torch.ones(1).numpy().tobytes()),) * 2)
    )

    def damaged(asked: int) -> bytes:
        frame = bytearray(msgspec.msgpack.encode(Observations((honest,) * asked)))
        for place, byte in changes:
            frame[place % len(frame)] = byte
        return bytes(frame)

    changes = data.draw(
        st.lists(st.tuples(st.integers(0, 10**4), st.integers(0, 255)), min_size=1, max_size=8)
    )
    assert points(exercise, damaged) <= exercise.max_points / 4


def nested(one: Value, count: int) -> Items:
    """Many of something, in lists of which none is too long."""
    return Items("list", (Items("list", (one,) * (count // 50)),) * 50)


FLOODS: dict[str, Callable[[int], Value | Observations]] = {
    "observations": lambda count: Observations((Observation(),) * count),
    "gaps": lambda count: Items("list", (None,) * count),
    "cells": lambda count: Column("x", "object", ("ab",) * count),
    "keys": lambda count: Entries({f"{number:05x}": None for number in range(count)}),
    "dictionaries": lambda count: Items(
        "list", (Items("list", (Entries({"": None}),) * (count // 50)),) * 50
    ),
    "objects": lambda count: Items("list", (Items("list", (Opaque(""),) * (count // 50)),) * 50),
}


@pytest.mark.parametrize("kind", FLOODS)
def test_few_bytes_do_not_become_many(kind: str) -> None:
    """The largest frames that are received take a bounded memory, whatever they are full of."""
    softmax = next(exercise for exercise in EXERCISES if exercise.name == "softmax")
    largest = max(max_bytes(asks) for asks in asks_of(softmax))

    def frame(count: int) -> bytes:
        made = FLOODS[kind](count)
        full = made if isinstance(made, Observations) else Observations((Observation(made),))
        return msgspec.msgpack.encode(full)

    bytes_each = (len(frame(60_000)) - len(frame(50_000))) / 10_000
    flood = frame(int(largest / bytes_each) - 1_000)
    assert largest * 0.9 < len(flood) < largest
    tracemalloc.start()
    try:
        assert points(softmax, lambda _asked: flood) == 0
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 128 * 2**20


@pytest.mark.parametrize(
    "forged",
    [
        Contents({"softmax": (Found("x" * 10**5, 1),) * 9}, {}),
        Contents({"softmax": (Found("cell 1", -1),)}, {}),
        Contents({}, {"softmax": Absent("error", "x" * 10**5)}),
    ],
)
def test_forged_contents_beyond_the_limits_are_a_crash(forged: Contents) -> None:
    class Talkative(HostileChild):
        def send(self, payload: bytes, _deadline: float, _cpu_limit: float) -> None:
            self.reply = msgspec.msgpack.encode(forged)

    server: Any = HostileServer(lambda _asked: b"")
    server.fork = lambda _role="", *, needs: Talkative(lambda _asked: b"")
    load = Load("x", FILES, {"softmax": ("softmax",)}, attempts=5)
    session = SandboxSession(Process(server), load, submission_budget(9))
    with pytest.raises(Interrupted) as caught:
        session.contents()
    assert caught.value.status == "crashed"


def test_no_more_attempts_count_than_were_asked_for() -> None:
    class Talkative(HostileChild):
        def send(self, payload: bytes, _deadline: float, _cpu_limit: float) -> None:
            self.reply = msgspec.msgpack.encode(Contents({"softmax": (Found("cell 1", 9),) * 9}, {}))

    server: Any = HostileServer(lambda _asked: b"")
    server.fork = lambda _role="", *, needs: Talkative(lambda _asked: b"")
    load = Load("x", FILES, {"softmax": ("softmax",)}, attempts=5)
    session = SandboxSession(Process(server), load, submission_budget(9))
    assert len(session.contents().found["softmax"]) == 5


def test_for_a_missing_program_no_child_is_forked() -> None:
    server: Any = HostileServer(lambda _asked: b"")
    server.fork = None
    load = Load("x", (), {"softmax": ("softmax",)})
    loaded = SandboxSession(Process(server), load, submission_budget(9)).contents()
    assert loaded.found == {"softmax": ()}
    assert loaded.absent == {"softmax": Absent("failed", "softmax is not defined")}


def test_no_frame_is_received_that_is_many_times_larger_than_it_should_be() -> None:
    for exercise in EXERCISES:
        assert all(max_bytes(asks) < 16 * 2**20 for asks in asks_of(exercise))


def asks_of(exercise: Exercise) -> list[list[Ask]]:
    """All questions of an exercise, case by case."""
    questions = [check.question for check in exercise.checks if check.question is not None]
    return [[case.ask(question) for case in EXAM.cases(question)] for question in questions]
