"""An exam of a run: the inputs of every question, and the oracles' results on them.

Inputs are generated once, from the run's seed and the exam's number, and used for every answer: all students
get the same exam.
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
from grader.judging.exam_keys import draw_seed, random_state
from grader.records.devices import CPU, lacked
from grader.records.expression import names_in
from grader.records.values import dtypes_in, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from hypothesis.database import ExampleDatabase

    from grader.checks.check import Check, Question
    from grader.checks.exercise import Exercise
    from grader.records.protocol import Observation
    from grader.records.values import Value

SHRINKS: Final = 300
SHOWN: Final = 0
"""The number and the seed of the exam from which inputs are shown; those that count start with 1."""
MAX_CACHED_PASSES: Final = 20_000
# Every setting is given: on a CI system, Hypothesis would load a profile of its own.
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
    """The cases of every question, generated from a seed on first use and cached.

    Args:
        seed: all inputs follow from it and the number.
        number: which of the exams with this seed: everybody's k-th attempt has the number k.
        shown: if given, this exam is secret: no input of it, and nothing that an answer does on one, is put
            into words. Instead the same answer's failures in the exam `shown` are.
        database: inputs that failed before and are tried first (on the student's machine); None for grading.
        shrinks: whether to search for the smallest failing input. False saves most of the time that incorrect
            answers take, if only statuses and points matter.
        devices: the same inputs are used on each of them, in this order.

    """

    def __init__(
        self,
        seed: int,
        database: ExampleDatabase | None = None,
        *,
        number: int = 1,
        shown: Exam | None = None,
        shrinks: bool = True,
        devices: tuple[str, ...] = (CPU,),
    ) -> None:
        self.seed = seed
        self.number = number
        self.shown = shown
        self.database = database
        self.shrinks = shrinks
        self.devices = devices
        self.drawn: dict[Question, tuple[Case, ...]] = {}
        self.on_devices: dict[Question, tuple[Case, ...]] = {}
        self.on_gpu: dict[str, bool] = {}
        self.passed_checks = PassedChecks()

    def on_cpu(self) -> Exam:
        """Return the same exam on the CPU alone."""
        return Exam(self.seed, self.database, number=self.number, shrinks=self.shrinks)

    def seconds(self, exercise: Exercise) -> float:
        """Return the time limit of an exercise: longer on several devices, or on the full data set."""
        trains_on_all = training_data.size_in_use() == "full" and any(check.band for check in exercise.checks)
        return exercise.seconds * len(self.devices) * (training_data.FULL_TO_SUBSET if trains_on_all else 1)

    def submission_seconds(self, seconds: float) -> float:
        """Return the time of a whole submission, which the course gives for the subset on one device."""
        longer = training_data.FULL_TO_SUBSET if training_data.size_in_use() == "full" else 1
        return seconds * len(self.devices) * longer

    def uses_gpu(self, exercise: Exercise) -> bool:
        """Return whether some question of an exercise has a tensor on a GPU: one of its inputs, or a model.

        Tables, and whatever else the inputs are, stay in main memory.
        """
        if all(device == CPU for device in self.devices):
            return False
        if exercise.name not in self.on_gpu:
            questions = {check.question for check in exercise.checks if check.question is not None}
            self.on_gpu[exercise.name] = any(
                "device" in names_in(question.asks)
                or any(dtypes_in(value) for value in self.cases(question)[0].records.values())
                for question in questions
            )
        return self.on_gpu[exercise.name]

    def cases(self, question: Question) -> tuple[Case, ...]:
        """Return the cases of a question: all inputs on the first device, then all on the next."""
        if question not in self.on_devices:
            drawn = self._drawn(question)
            devices = self.devices[-1:] if question.on_simulated_gpu else self.devices
            placed = [case.on(possible_device(case, device)) for device in devices for case in drawn]
            once = {(id(case.records), case.device): case for case in placed}
            self.on_devices[question] = tuple(once.values())
        return self.on_devices[question]

    def _drawn(self, question: Question) -> tuple[Case, ...]:
        if question.inputs_of is not None:
            return self._drawn(question.inputs_of)[: len(question.examples) + question.cases]
        if question not in self.drawn:
            drawn: list[Mapping[str, Value]] = [_recorded(example) for example in question.examples]

            wanted = len(drawn) + question.cases

            def collect(inputs: Mapping[str, Any]) -> bool:
                if len(drawn) < wanted:  # Hypothesis ends by showing the last one again
                    drawn.append(_recorded(inputs))
                return len(drawn) == wanted

            if question.given or not drawn:
                self._search(question, collect, shrink=False)
            state = random_state(self.seed, self.number, question.name)
            self.drawn[question] = tuple(Case(one, state + index) for index, one in enumerate(drawn))
        return self.drawn[question]

    def shrink(
        self, question: Question, still_fails: Callable[[Case], bool], device: str = CPU
    ) -> Case | None:
        """Return the smallest case found for which `still_fails` is true, or None.

        The number of evaluations is limited, not the time: a failure always shrinks to the same inputs. Only
        where `still_fails` raises `SearchEnded`, because no more can be asked, the search ends at once.
        """
        if not self.shrinks:
            return None
        state = random_state(self.seed, self.number, question.name)
        known: dict[str, Case | None] = {}
        last: Case | None = None

        def smaller(inputs: Mapping[str, Any]) -> bool:
            nonlocal last
            records = _recorded(inputs)
            key = repr(records)
            if key not in known:
                case = Case(records, state + len(known), device)
                known[key] = case if len(known) < SHRINKS + question.cases and still_fails(case) else None
            last = known[key] or last
            return known[key] is not None

        with contextlib.suppress(SearchEnded):
            self._search(question, smaller, shrink=True)
        return last  # Hypothesis ends by replaying the smallest

    def _search(
        self, question: Question, condition: Callable[[Mapping[str, Any]], bool], *, shrink: bool
    ) -> None:
        phases = (Phase.reuse, Phase.generate, Phase.shrink) if shrink else SETTINGS.phases
        # While inputs are only collected, none of them fails; Hypothesis would delete its entries for them.
        database = self.database if shrink or self.database is None else ReadOnlyDatabase(self.database)
        chosen = settings(SETTINGS, max_examples=question.cases, database=database, phases=phases)
        numbers = draw_seed(self.seed, self.number, question.name)
        key, drawn_from = question.name.encode(), st.fixed_dictionaries(dict(question.given))
        try:
            with _without_module_constants():
                _find(drawn_from, condition, chosen, numbers, key)
        except Unsatisfiable:
            pass  # there are no more distinct inputs, or none of them fails
        except HypothesisException:
            if not shrink:
                raise


def possible_device(case: Case, device: str) -> str:
    """Return the device, or the CPU if the case has tensors of a dtype that the device lacks."""
    lacking = lacked(device)
    return CPU if any(dtypes_in(value).intersection(lacking) for value in case.records.values()) else device


def shown_exam(*, shrinks: bool = True, devices: tuple[str, ...] = (CPU,)) -> Exam:
    """Return the exam whose inputs students are shown. It is always the same, whatever the run's seed is."""
    return Exam(SHOWN, number=SHOWN, shrinks=shrinks, devices=devices)


class PassedChecks:
    """A cache of passed checks: identical observations, of two students for example, are judged once.

    A verdict depends only on the check, its cases and the observations. The key is a SHA-256 digest of the
    observations. The oldest entries are dropped, so that memory doesn't grow with the class.
    """

    def __init__(self) -> None:
        self.entries: dict[tuple[Check, bytes], None] = {}

    def add(self, check: Check, digest: bytes) -> None:
        """Record that a check passed on observations with this digest."""
        if len(self.entries) >= MAX_CACHED_PASSES:
            del self.entries[next(iter(self.entries))]
        self.entries[check, digest] = None

    def __contains__(self, pair: tuple[Check, bytes]) -> bool:
        """Return whether a check has passed on observations with this digest."""
        return pair in self.entries


def digest_of(observations: Sequence[Observation]) -> bytes:
    """Return the SHA-256 digest of the observations of a question."""
    return hashlib.sha256(msgspec.msgpack.encode(observations)).digest()


class SearchEnded(BaseException):
    """Raised to end a search for smaller inputs; Hypothesis lets it through, as it is no `Exception`."""


class _Found(Exception):
    """Raised when inputs meet the condition."""


def _find(
    drawn_from: st.SearchStrategy[Any],
    condition: Callable[[Any], bool],
    chosen: settings,
    seed_number: int,
    key: bytes,
) -> None:
    """Search as `hypothesis.find` does, which would ignore the database if there is a seed.

    Inputs that don't meet the condition are rejected as invalid: Hypothesis follows each valid example with
    several that repeat it in part or in full, and two thirds of an exam would be duplicates.
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
def _without_module_constants() -> Iterator[None]:
    """Stop Hypothesis from drawing constants that it finds in the modules that are loaded.

    By default it reads those in the student's module, too: the same seed would not give the same inputs.
    """
    # There is no public setting for it, and versions before about 6.131 didn't do it.
    providers: Any = sys.modules.get("hypothesis.internal.conjecture.providers")
    if not hasattr(providers, "_get_local_constants"):
        yield
        return
    replacements = {
        "_get_local_constants": providers.Constants,
        "CONSTANTS_CACHE": _builtin_constants_cache(providers),
    }
    before = {name: vars(providers)[name] for name in replacements}
    vars(providers).update(replacements)
    try:
        yield
    finally:
        vars(providers).update(before)


@cache
def _builtin_constants_cache(providers: Any) -> Any:  # noqa: ANN401 - a module of Hypothesis, and its private cache
    """Return a cache of Hypothesis' own constants, without those of any module."""
    return type(providers.CONSTANTS_CACHE)(1024)


def _recorded(inputs: Mapping[str, Any]) -> dict[str, Value]:
    """Return the records of drawn inputs, with tuples drawn for "y_hat, y" split into single inputs."""
    split: dict[str, Value] = {}
    for names, value in inputs.items():
        if "," in names:
            keys = [name.strip() for name in names.split(",")]
            split.update({key: record(one) for key, one in zip(keys, value, strict=True)})
        else:
            split[names] = record(value)
    return split
