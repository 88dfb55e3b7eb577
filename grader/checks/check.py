"""The records that a check is made of: the question that is asked, and the judge of the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hypothesis.strategies import SearchStrategy

    from grader.checks.case import Case
    from grader.checks.return_specs import Spec
    from grader.records.protocol import Observation

    Judge = Callable[[Case, Observation, Any], None]

CASES: Final = 32
ROOM: Final = 2**16


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked of an answer: an expression, on inputs drawn from strategies.

    Checks that share a question share its evaluations. `returns` says what comes back; a value that
    doesn't fit it is never shown to a law. `examples` are always asked; `cases` more inputs are drawn, unless
    the question is asked on the inputs of another. `room` is how many bytes a right result may need, apart
    from those that follow from the size of its inputs. `elsewhere`: as if the inputs were on a GPU.
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
    room: int = ROOM
    elsewhere: bool = False

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the inputs; `given` may name several for one strategy of tuples: "y_hat, y"."""
        return tuple(name.strip() for names in self.given for name in names.split(","))


@dataclass(frozen=True, eq=False)
class Check:
    """One property of an exercise.

    `judge(case, observation, result)` raises `grader.records.verdict.Broken` where the property doesn't hold.
    `after` names the checks that must have passed before this one can be asked. A training check has a
    `band`, and the `statistic` of a result that it is about. `further_hints` say more than `hint` does, one
    after the other.
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
