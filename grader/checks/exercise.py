"""The language of a checks file: exercises, and the laws that hold for their answers.

    softmax = exercise("softmax", given={"X": logits()}, asks="softmax(X)", returns=like("X"), …)

    @softmax.law(points=1, hint="Which axis do you sum over?")
    def each_row_is_a_distribution(X, P):
        "Each row of softmax(X) is non-negative and sums to 1."
        assert (P >= 0).all()

From the declaration follow the rungs of the ladder (`grader.checks.standard_checks`): is it defined, does it
run, are type, shape, dtype, device, values and gradient right. What is left to write are the laws.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from grader.checks import bands
from grader.checks.check import CASES, ROOM, Check, Question
from grader.checks.plot_specs import Depiction
from grader.checks.standard_checks import ladder
from grader.checks.tolerance import Tolerance, ulps
from grader.datasets import training_data
from grader.records.expression import compiled, names_in
from grader.records.verdict import Broken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hypothesis.strategies import SearchStrategy

    from grader.checks.case import Case
    from grader.checks.check import Judge
    from grader.checks.plot_specs import Picture
    from grader.checks.return_specs import Spec
    from grader.records.protocol import Observation

    Law = Callable[..., None]
    Hints = str | Sequence[str]

SECONDS: Final = 10.0
TRAINED_ROOM: Final = 2**22
"""Bytes for what a trained model gives for all validation images, of the full data set, too."""
REST: Final = frozenset({"is_defined", "accepts_its_arguments"})


class DeclarationError(ValueError):
    """A checks file contradicts itself."""


@dataclass(eq=False)
class Exercise:
    """One function or class of a section, and its checks in the order in which they are reported."""

    name: str
    question: Question
    checks: list[Check] = field(default_factory=list)
    spellings: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    seconds: float = SECONDS
    line: int = 0
    depiction: Depiction | None = None

    def law(  # noqa: PLR0913 - a law is declared by keyword, each of them optional
        self,
        *,
        points: float = 0.0,
        hint: Hints = "",
        given: Mapping[str, SearchStrategy[Any]] | None = None,
        asks: str | None = None,
        returns: Spec | None = None,
        cases: int | None = None,
        examples: Sequence[Mapping[str, Any]] = (),
        room: int = ROOM,
        after: Sequence[str] | None = None,
        bonus: bool = False,
    ) -> Callable[[Law], Law]:
        """Declare a law: a function of the inputs (by name) and of what came back.

        The function's parameters that aren't inputs receive the result; several receive the members of
        a tuple. It raises `AssertionError`, best by `assert_close` or `Broken`, where the law is broken.
        Its docstring is what the student reads. By default it judges the exercise's own question; `room` is
        that of a question of its own (`grader.checks.check`).
        """
        question = self._question(given, asks, returns, cases, examples, room)
        default = "accepts_its_arguments" if question is not self.question else self._last_rung_of_form()

        def declare(law: Law) -> Law:
            self.add(
                Check(
                    name=law.__name__,
                    statement=_statement(law, self.name),
                    points=points,
                    judge=_judge_of(law, question),
                    question=question,
                    after=tuple(after) if after is not None else (default,),
                    hint=_first(hint),
                    further_hints=_others(hint),
                    bonus=bonus,
                    line=law.__code__.co_firstlineno,
                )
            )
            return law

        return declare

    def beyond_the_book(self, **declaration: Any) -> Callable[[Law], Law]:  # noqa: ANN401 - as for `law`
        """Declare a bonus law: shown and praised, never taken off. One point unless said otherwise.

        It is asked once the values are right.
        """
        values = ["right_values"] if any(check.name == "right_values" for check in self.checks) else None
        return self.law(**{"points": 1.0, "after": values, **declaration, "bonus": True})

    def trains(
        self,
        *,
        band: str,
        asks: str,
        returns: Spec,
        points: float = 0.0,
        hint: Hints = "",
        after: Sequence[str] = (),
    ) -> Callable[[Callable[..., float]], Callable[..., float]]:
        """Declare that a trained model ends within a calibrated band.

        The function returns the figure of one run's result that the band is about. Without `after`, it is
        asked once every base check declared so far has passed: laws are sharper than any threshold.
        """
        question = replace(self.question, name=f"{self.name}: {asks}", asks=asks, given={}, returns=returns,
                           examples=(), cases=1, watch_calls=False, room=TRAINED_ROOM)  # fmt: skip
        compiled(asks)

        def declare(statistic: Callable[..., float]) -> Callable[..., float]:
            folder = Path(statistic.__code__.co_filename).parent

            def judge(_case: Case, _seen: Observation, result: Any) -> None:  # noqa: ANN401
                figure, limits = float(statistic(result)), bands.band(folder, band, training_data.chosen())
                if not limits.low <= figure <= limits.high:
                    side = "below" if figure < limits.low else "above" if figure > limits.high else "not in"
                    message = (
                        f"{band.replace('_', ' ')} ended at {figure:.4g}, {side} the band of "
                        f"{limits.low:.4g} to {limits.high:.4g} in which right models end"
                    )
                    raise Broken(message)

            self.add(
                Check(
                    name=statistic.__name__,
                    statement=_statement(statistic, self.name),
                    judge=judge,
                    question=question,
                    after=tuple(after) or tuple(check.name for check in self.checks if not check.bonus),
                    points=points,
                    hint=_first(hint),
                    further_hints=_others(hint),
                    line=statistic.__code__.co_firstlineno,
                    band=band,
                    statistic=statistic,
                )
            )
            return statistic

        return declare

    def picture(
        self,
        *,
        of: str = "right_values",
        asks: str | None = None,
        on: Mapping[str, Any] | None = None,
        returns: Spec | None = None,
    ) -> Callable[[Callable[..., Picture]], Callable[..., Picture]]:
        """Declare the plot of an exercise: a function of inputs and results (see `grader.checks.plot_specs`).

        Students see it, of right answers and of wrong ones; nothing is judged by it. It is made once the
        check `of` was judged. What it shows is the answer to a question of its own, `asks` with the inputs
        `on`; without one, what was observed for that check on its first inputs.
        """
        if of not in {check.name for check in self.checks}:
            raise DeclarationError(f"The picture of {self.name} is of {of}, which isn't declared before it.")
        question = None
        if asks is not None:
            compiled(asks)
            question = replace(self.question, name=f"{self.name}: {asks} in a picture", asks=asks, given={},
                               examples=(on or {},), returns=returns or self.question.returns,
                               cases=1, watch_calls=False, differentiate=(), room=TRAINED_ROOM)  # fmt: skip

        def declare(depict: Callable[..., Picture]) -> Callable[..., Picture]:
            if self.depiction is not None:
                raise DeclarationError(f"{self.name} has a picture already.")
            self.depiction = Depiction(of, question, depict)
            return depict

        return declare

    def add(self, check: Check) -> None:
        """Add a check; its name must be new and what it builds on must be there."""
        known = {known.name for known in self.checks}
        if check.name in known:
            message = f"{self.name} has two checks named {check.name}."
            raise DeclarationError(message)
        unknown = [name for name in check.after if name not in known]
        if unknown:
            message = f"{check.name} of {self.name} builds on {unknown[0]}, which isn't declared before it."
            raise DeclarationError(message)
        self.checks.append(check)

    @property
    def max_points(self) -> float:
        """The points without the bonus."""
        return sum(check.points for check in self.checks if not check.bonus)

    def worth(self, points: float) -> Exercise:
        """Return the same exercise for so many points, each check with its share; the bonus stays."""
        most = self.max_points
        shares = [
            one if one.bonus else replace(one, points=one.points * points / most) for one in self.checks
        ]
        return self if points == most else replace(self, checks=shares)

    def _last_rung_of_form(self) -> str:
        form = {*REST, "right_type", "right_shape", "right_dtype", "right_device", "leaves_arguments_alone"}
        return [check.name for check in self.checks if check.name in form][-1]

    def _question(
        self,
        given: Mapping[str, SearchStrategy[Any]] | None,
        asks: str | None,
        returns: Spec | None,
        cases: int | None,
        examples: Sequence[Mapping[str, Any]],
        room: int,
    ) -> Question:
        if given is None and asks is None and returns is None and not examples and cases is None:
            return self.question
        made = Question(
            name=f"{self.name}: {asks or self.question.asks} #{len(self.checks)}",
            asks=asks or self.question.asks,
            given=self.question.given if given is None else given,
            returns=returns or self.question.returns,
            examples=tuple(examples),
            cases=cases or self.question.cases,
            room=room,
        )
        compiled(made.asks)
        return made


def exercise(  # noqa: PLR0913 - an exercise is declared by keyword; this is its whole vocabulary
    name: str,
    *,
    asks: str,
    given: Mapping[str, SearchStrategy[Any]],
    returns: Spec,
    points: Mapping[str, float],
    oracle: Callable[..., Any] | None = None,
    tolerance: Tolerance = ulps(32),  # noqa: B008 - frozen
    equal: Callable[..., None] | None = None,
    differentiable: Sequence[str] = (),
    gradient_tolerance: Tolerance | None = None,
    subgradient: Callable[..., Any] | None = None,
    from_scratch: Sequence[str] = (),
    changes_arguments: bool = False,
    gpu_ready: bool = True,
    spellings: Sequence[str] = (),
    uses: Sequence[str] = (),
    examples: Sequence[Mapping[str, Any]] = (),
    cases: int = CASES,
    seconds: float = SECONDS,
    hints: Mapping[str, Hints] | None = None,
) -> Exercise:
    """Declare an exercise and the rungs of its ladder.

    Args:
        name: of the student's function or class.
        asks: the expression that is evaluated, over `name`, the inputs, torch and what the section's
            drive file defines.
        given: a Hypothesis strategy for each input.
        returns: what comes back (`grader.checks.return_specs`).
        points: points of the rungs, by name; laws bring their own.
        oracle: a function of the inputs that returns what is right; tensors come to it in float64.
        tolerance: how far from the oracle rounding can lead.
        equal: judges (got, expected) instead of the tolerance, for what isn't a tensor.
        differentiable: the inputs with respect to which the gradient is judged.
        gradient_tolerance: as `tolerance`, for the gradient.
        subgradient: a function of the input that returns the least and the largest derivative allowed
            at each element, for elementwise functions with kinks.
        from_scratch: what must not be called: names of torch's functions, or modules such as "torch.optim".
        changes_arguments: the exercise is meant to change what it is given.
        gpu_ready: whether it is asked if the answer would work on a GPU. It is where the answer is called by
            itself and a tensor's device is a rung; False where no tensors come in, or where the exercise is
            about memory that only the CPU has. To move a model is its user's business.
        spellings: where else the answer may be, such as "Trainer.fit_epoch".
        uses: siblings in this section that an answer may call.
        examples: inputs that are always asked, the book's own for instance.
        cases: how many inputs are drawn.
        seconds: the time for all checks of this exercise.
        hints: a hint for each rung, or several: the first helps a little, the next ones more.

    """
    if name not in names_in(asks):
        message = f"`{asks}` doesn't mention {name}."
        raise DeclarationError(message)
    question = Question(
        name=f"{name}: {asks}",
        asks=asks,
        given=given,
        returns=returns,
        examples=tuple(examples),
        cases=cases,
        watch_calls=bool(from_scratch),
    )
    caller = inspect.currentframe()
    line = caller.f_back.f_lineno if caller and caller.f_back else 0
    made = Exercise(
        name, question, spellings=(name, *spellings), uses=tuple(uses), seconds=seconds, line=line
    )
    rungs = ladder(
        name=name,
        question=question,
        oracle=oracle,
        tolerance=tolerance,
        equal=equal,
        differentiable=tuple(differentiable),
        gradient_tolerance=gradient_tolerance or tolerance,
        subgradient=subgradient,
        from_scratch=tuple(from_scratch),
        changes_arguments=changes_arguments,
        gpu_ready=gpu_ready and asks.startswith(f"{name}("),
    )
    for rung in rungs:
        share, hint = points.get(rung.name, 0.0), (hints or {}).get(rung.name, rung.hint)
        told = replace(rung, hint=_first(hint), further_hints=_others(hint))
        made.add(replace(told, points=share, line=line))
    unknown = sorted(set(points).union(hints or {}) - {rung.name for rung in rungs})
    if unknown:
        message = f"{name} has no rung {unknown[0]}; it has {', '.join(rung.name for rung in rungs)}."
        raise DeclarationError(message)
    return made


def _first(hint: Hints) -> str:
    return hint if isinstance(hint, str) else hint[0]


def _others(hint: Hints) -> tuple[str, ...]:
    return () if isinstance(hint, str) else tuple(hint[1:])


def _statement(law: Callable[..., Any], exercise_name: str) -> str:
    statement = inspect.getdoc(law)
    if not statement:
        message = f"The law {law.__name__} of {exercise_name} needs a docstring: students read it."
        raise DeclarationError(message)
    return " ".join(statement.split())


def _judge_of(law: Law, question: Question) -> Judge:
    """Return the judge that calls a law with the inputs and results that its parameters name."""
    parameters = list(inspect.signature(law).parameters)
    results = [name for name in parameters if name not in question.inputs]
    if not results:
        message = f"The law {law.__name__} looks at no result: name a parameter that isn't an input."
        raise DeclarationError(message)

    def judge(case: Case, _seen: Observation, result: Any) -> None:  # noqa: ANN401 - as restored
        values = (result,) if len(results) == 1 else result
        arguments = {name: case.inputs[name] for name in parameters if name in question.inputs}
        try:
            law(**arguments, **dict(zip(results, values, strict=True)))
        except Broken:
            raise
        except AssertionError as error:
            raise Broken(str(error), got=result) from error

    return judge
