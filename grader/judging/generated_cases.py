"""One run's exam: the inputs of every question, and what the oracles say to them.

Inputs are drawn once from the run's seed and asked of every answer, so that all students get the same
exam and the cost of making it is paid once.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import msgspec
from hypothesis import HealthCheck, Phase, Verbosity, given, reject, seed, settings
from hypothesis import strategies as st
from hypothesis.database import ReadOnlyDatabase
from hypothesis.errors import HypothesisException, Unsatisfiable

from grader.checks.case import Case
from grader.datasets import training_data
from grader.records.devices import CPU
from grader.records.values import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from hypothesis.database import ExampleDatabase

    from grader.checks.check import Check, Question
    from grader.checks.exercise import Exercise
    from grader.records.protocol import Observation
    from grader.records.values import Value

SHRINKS: Final = 300
MAX_REMEMBERED: Final = 20_000
# Set by ourselves and in full: Hypothesis loads a profile of its own where it detects a CI system.
SETTINGS: Final = settings(
    database=None,
    deadline=None,
    derandomize=False,
    print_blob=False,
    report_multiple_bugs=False,
    suppress_health_check=tuple(HealthCheck),
    verbosity=Verbosity.quiet,
    phases=(Phase.reuse, Phase.generate),
)


class Exam:
    """The cases of every question, drawn from a seed when first needed, then kept.

    With a `database` (at a student's desk), inputs that failed before come first. Where only statuses and
    points matter, an exam that never `shrinks` saves most of the time that wrong answers take. On several
    `devices` the same inputs are asked on one after the other.
    """

    def __init__(
        self,
        seed: int,
        database: ExampleDatabase | None = None,
        *,
        shrinks: bool = True,
        devices: tuple[str, ...] = (CPU,),
    ) -> None:
        self.seed = seed
        self.database = database
        self.shrinks = shrinks
        self.devices = devices
        self.drawn: dict[Question, tuple[Case, ...]] = {}
        self.set: dict[Question, tuple[Case, ...]] = {}
        self.passes = Passes()

    def seconds(self, exercise: Exercise) -> float:
        """Return the time for all checks of an exercise: longer on several devices, or for all images."""
        trains_on_all = training_data.chosen() == "full" and any(check.band for check in exercise.checks)
        return exercise.seconds * len(self.devices) * (training_data.TIMES_AS_MANY if trains_on_all else 1)

    def cases(self, question: Question) -> tuple[Case, ...]:
        """Return the inputs that a question is asked on, all of them on each device."""
        if question not in self.set:
            drawn = self._drawn(question)
            devices = self.devices[-1:] if question.elsewhere else self.devices
            self.set[question] = tuple(case.on(device) for device in devices for case in drawn)
        return self.set[question]

    def _drawn(self, question: Question) -> tuple[Case, ...]:
        if question.inputs_of is not None:
            return self._drawn(question.inputs_of)[: len(question.examples) + question.cases]
        if question not in self.drawn:
            base = self._seed_of(question)
            drawn: list[Mapping[str, Value]] = [_recorded(example) for example in question.examples]

            wanted = len(drawn) + question.cases

            def collect(inputs: Mapping[str, Any]) -> bool:
                if len(drawn) < wanted:  # Hypothesis ends by showing the last one again
                    drawn.append(_recorded(inputs))
                return len(drawn) == wanted

            if question.given or not drawn:
                self._find(question, collect, shrink=False)
            self.drawn[question] = tuple(Case(one, base + index) for index, one in enumerate(drawn))
        return self.drawn[question]

    def shrink(self, question: Question, fails: Callable[[Case], bool], device: str = CPU) -> Case | None:
        """Search for the smallest inputs on which a question `fails` on a device; None where none is found.

        Bounded by a number of evaluations, not by time, so that the same failure shrinks to the same inputs.
        """
        if not self.shrinks:
            return None
        seed = self._seed_of(question)
        known: dict[str, Case | None] = {}
        last: Case | None = None

        def smaller(inputs: Mapping[str, Any]) -> bool:
            nonlocal last
            records = _recorded(inputs)
            key = repr(records)
            if key not in known:
                case = Case(records, seed + len(known), device)
                known[key] = case if len(known) < SHRINKS + question.cases and fails(case) else None
            last = known[key] or last
            return known[key] is not None

        self._find(question, smaller, shrink=True)
        return last  # Hypothesis ends by replaying the smallest

    def _find(
        self, question: Question, condition: Callable[[Mapping[str, Any]], bool], *, shrink: bool
    ) -> None:
        phases = (Phase.reuse, Phase.generate, Phase.shrink) if shrink else SETTINGS.phases
        # While inputs are only collected none of them fails, and Hypothesis forgets what doesn't fail.
        database = self.database if shrink or self.database is None else ReadOnlyDatabase(self.database)
        chosen = settings(SETTINGS, max_examples=question.cases, database=database, phases=phases)
        key, drawn_from = question.name.encode(), st.fixed_dictionaries(dict(question.given))
        try:
            with _alone():
                _find(drawn_from, condition, chosen, self._seed_of(question), key)
        except Unsatisfiable:
            pass  # there are no more different inputs, or none of them fails
        except HypothesisException:
            if not shrink:
                raise

    def _seed_of(self, question: Question) -> int:
        digest = hashlib.sha256(f"{self.seed} {question.name}".encode()).digest()
        return int.from_bytes(digest[:4], "big") // 2


class Passes:
    """Which answers passed which checks. Where two students' code gives the same, one judgement does.

    A judgement depends on nothing but the check, its cases and what was observed. Answers are kept as
    digests that nobody can forge; the oldest are forgotten, so that a large class takes no more memory.
    """

    def __init__(self) -> None:
        self.remembered: dict[tuple[Check, bytes], None] = {}

    def add(self, check: Check, digest: bytes) -> None:
        """Remember that a check passed."""
        if len(self.remembered) >= MAX_REMEMBERED:
            del self.remembered[next(iter(self.remembered))]
        self.remembered[check, digest] = None

    def __contains__(self, pair: tuple[Check, bytes]) -> bool:
        """Return whether a check has passed on observations with such a digest."""
        return pair in self.remembered


def digest_of(observations: Sequence[Observation]) -> bytes:
    """Return the digest of all that was seen when a question was asked."""
    return hashlib.sha256(msgspec.msgpack.encode(observations)).digest()


class _Found(Exception):
    """Inputs meet the condition."""


def _find(
    drawn_from: st.SearchStrategy[Any],
    condition: Callable[[Any], bool],
    chosen: settings,
    seed_number: int,
    key: bytes,
) -> None:
    """Search as `hypothesis.find` does, which would forget the database where there is a seed.

    Inputs that don't meet the condition are rejected as invalid: Hypothesis follows each valid example by
    several that repeat parts of it, or all, and two thirds of an exam would be asked twice.
    """
    met = False

    @given(drawn_from)
    def search(inputs: Any) -> None:  # noqa: ANN401 - whatever is drawn
        nonlocal met
        if condition(inputs):
            met = True
            raise _Found
        if not met:
            reject()

    seeded: Any = chosen(seed(seed_number)(search))
    seeded._hypothesis_internal_database_key = key  # noqa: SLF001 - as `find` does
    with contextlib.suppress(_Found):
        seeded()


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let Hypothesis draw no numbers that it read in whatever modules are loaded.

    It does so by default, in a student's module, too: the same seed would not mean the same inputs.
    """
    # There is no public switch, and versions before 6.131 or so didn't do it.
    providers: Any = sys.modules.get("hypothesis.internal.conjecture.providers")
    if not hasattr(providers, "_get_local_constants"):
        yield
        return
    lonely = {"_get_local_constants": providers.Constants, "CONSTANTS_CACHE": _its_own(providers)}
    before = {name: vars(providers)[name] for name in lonely}
    vars(providers).update(lonely)
    try:
        yield
    finally:
        vars(providers).update(before)


@cache
def _its_own(providers: Any) -> Any:  # noqa: ANN401 - a module of Hypothesis, and its private cache
    """Return a cache of Hypothesis' own numbers, without those of any module."""
    return type(providers.CONSTANTS_CACHE)(1024)


def _recorded(inputs: Mapping[str, Any]) -> dict[str, Value]:
    """Return the records of drawn inputs; what was drawn together ("y_hat, y") goes apart."""
    apart: dict[str, Value] = {}
    for names, value in inputs.items():
        if "," in names:
            keys = [name.strip() for name in names.split(",")]
            apart.update({key: record(one) for key, one in zip(keys, value, strict=True)})
        else:
            apart[names] = record(value)
    return apart
