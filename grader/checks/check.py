"""The records that make up a check: the question that is asked, and the judge of its result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hypothesis.strategies import SearchStrategy

    from grader.checks.case import Case
    from grader.checks.spec_types import Spec
    from grader.records.protocol import Observation
    from grader.records.verdict import Evidence

    Judge = Callable[[Case, Observation, Any], None]

CASES: Final = 32
"""The default of `Question.cases`."""
MAX_RESULT_BYTES: Final = 2**16
"""The default of `Question.max_result_bytes`."""


@dataclass(frozen=True, eq=False)
class Question:
    """An expression that is evaluated with the student's answer, on inputs drawn from strategies.

    Checks that share a question share its evaluations.

    Args:
        name: unique within the course; the inputs follow from it and the run's seed.
        asks: the expression.
        given: a Hypothesis strategy for each input.
        returns: the spec of the result. A law never gets a value that doesn't match it.
        examples: inputs that are always used.
        cases: the number of inputs that are drawn besides.
        watch_calls: whether to record which functions of torch are called.
        differentiate: the inputs with respect to which gradients are computed.
        inputs_of: another question, whose inputs are used instead of drawn ones.
        max_result_bytes: the bytes that a correct result may need, besides those that grow with its inputs.
        on_simulated_gpu: whether to evaluate it as if the inputs were on a GPU.

    """

    name: str
    asks: str
    given: Mapping[str, SearchStrategy[Any]]
    returns: Spec
    examples: tuple[Mapping[str, Any], ...] = ()
    cases: int = CASES
    watch_calls: bool = False
    differentiate: tuple[str, ...] = ()
    inputs_of: Question | None = None
    max_result_bytes: int = MAX_RESULT_BYTES
    on_simulated_gpu: bool = False

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the inputs. A key of `given` may name several, drawn as a tuple: "y_hat, y"."""
        return tuple(name.strip() for names in self.given for name in names.split(","))


@dataclass(frozen=True, eq=False)
class Check:
    """One property of an exercise.

    `judge(case, observation, result)` raises `grader.records.verdict.Broken` if the property doesn't hold.
    `after` names the prerequisites: checks that must have passed, otherwise this one is blocked. A training
    check has a `band`, and a `statistic` that computes the figure for it from a result. Each of the
    `further_hints` says more than the one before. A check that asks how an answer works, and not what it
    returns, says what its verdict rests on: its `evidence` is "proven" or "observed".
    """

    name: str
    statement: str
    judge: Judge
    question: Question | None
    after: tuple[str, ...] = ()
    points: float = 0.0
    hint: str = ""
    further_hints: tuple[str, ...] = ()
    bonus: bool = False
    line: int = 0
    band: str = ""
    statistic: Callable[..., float] | None = None
    evidence: Evidence | Literal[""] = ""
