"""Exercises, and the laws that hold for their answers.

    softmax = exercise("softmax", given={"X": logits()}, asks="softmax(X)", returns=like("X"), …)

    @softmax.law(points=1, hint="Which axis do you sum over?")
    def each_row_is_a_distribution(X, P):
        "Each row of softmax(X) is non-negative and sums to 1."
        assert (P >= 0).all()

The standard checks follow from the declaration (`grader.checks.standard_checks`): whether the name is
defined, the call runs, and type, shape, dtype, device, values and gradient are right. Only the laws have to
be written.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from grader.checks import bands
from grader.checks.check import MAX_RESULT_BYTES, Check, Question
from grader.checks.plot_specs import PlotSpec
from grader.datasets import training_data
from grader.records import check_names as names
from grader.records.expression import compiled
from grader.records.verdict import Broken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hypothesis.strategies import SearchStrategy

    from grader.checks.case import Case
    from grader.checks.check import Judge
    from grader.checks.plot_specs import Figure
    from grader.checks.spec_types import Spec
    from grader.records.protocol import Observation

    Law = Callable[..., None]
    Hints = str | Sequence[str]

SECONDS: Final = 10.0
TRAINED_RESULT_BYTES: Final = 2**24
"""The bytes that the weights of a trained model after each epoch may need."""


class DeclarationError(ValueError):
    """Raised when a checks file declares something that can't be; the message says what.

    Example:
        >>> exercise("relu", given={"X": tensors()}, asks="max(X, 0)", returns=like("X"), points={})
        Traceback (most recent call last):
        grader.checks.exercise.DeclarationError: `max(X, 0)` doesn't mention relu.

    """


@dataclass(eq=False)
class Exercise:
    """A function or class to write, and its checks in the order of the report.

    Made by `exercise`, which adds the standard checks. Its methods add more: `law`, `beyond_the_book`,
    `trains` and `picture` are decorators.

    Example:
        >>> relu = exercise(
        ...     "relu",
        ...     given={"X": tensors()},
        ...     asks="relu(X)",
        ...     returns=like("X"),
        ...     oracle=lambda X: X.clamp(min=0),
        ...     points={"right_values": 3},
        ... )
        >>> @relu.law(points=1, hint="What happens to numbers below 0?")
        ... def it_is_never_negative(X, Y):
        ...     "relu(X) has no negative element."
        ...     assert (Y >= 0).all()
        >>> relu.max_points
        4.0

    """

    name: str
    question: Question
    checks: list[Check] = field(default_factory=list)
    spellings: tuple[str, ...] = ()
    seconds: float = SECONDS
    line: int = 0
    plot: PlotSpec | None = None

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
        room: int = MAX_RESULT_BYTES,
        after: Sequence[str] | None = None,
        bonus: bool = False,
    ) -> Callable[[Law], Law]:
        """Declare a law: a function of the inputs (by name) and of the result.

        Parameters that aren't inputs receive the result; if there are several, the members of a tuple. The
        function raises `AssertionError` if the law does not hold, best by `assert_close` or `Broken`. Its
        docstring is the statement that students read.

        Without `given`, `asks`, `returns`, `cases` and `examples`, the law judges the results of the
        exercise's own question. Otherwise it has a question of its own, and what is left out is as in the
        exercise.

        Args:
            points: its points.
            hint: one hint, or several, each saying more than the one before.
            given: a Hypothesis strategy for each input.
            asks: the expression to evaluate.
            returns: the spec of the result.
            cases: the number of inputs that are drawn.
            examples: inputs that are always used.
            room: the bytes that a correct result of its own question may need, besides those that grow with
                the inputs.
            after: the names of its prerequisites; by default `accepts_its_arguments` for a question of its
                own, else the last standard check before the values.
            bonus: whether its points are a bonus.

        Raises:
            DeclarationError: if the function has no docstring or takes no result, its name is taken, or a
                prerequisite is not declared before it.

        """
        question = self._question(given, asks, returns, cases, examples, room)
        default = names.ACCEPTS_ITS_ARGUMENTS if question is not self.question else self._last_return_check()

        def declare(law: Law) -> Law:
            self.add(
                Check(
                    name=law.__name__,
                    statement=_statement(law, self.name),
                    points=points,
                    judge=_judge_of(law, question),
                    question=question,
                    after=tuple(after) if after is not None else (default,),
                    hint=first_hint(hint),
                    further_hints=further_hints(hint),
                    bonus=bonus,
                    line=law.__code__.co_firstlineno,
                )
            )
            return law

        return declare

    def beyond_the_book(self, **declaration: Any) -> Callable[[Law], Law]:  # noqa: ANN401 - as for `law`
        """Declare a bonus law: as `law`, for one bonus point by default, checked once the values are right.

        A bonus is added to the points; failing it costs nothing.
        """
        has_values = any(check.name == names.RIGHT_VALUES for check in self.checks)
        values = [names.RIGHT_VALUES] if has_values else None
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
        """Declare a training check: the figure of a trained model must lie within a calibrated band.

        The decorated function returns this figure, a number, from the result of one training run. Its
        docstring is the statement that students read.

        Args:
            band: the name of the band in the chapter's `bands.json`, which `grader calibrate` writes.
            asks: the expression that trains the model.
            returns: the spec of its result.
            points: its points.
            hint: as for `law`.
            after: the names of its prerequisites; by default every base check declared so far, since laws
                detect more than a threshold.

        Raises:
            DeclarationError: as for `law`.

        """
        question = replace(
            self.question,
            name=f"{self.name}: {asks}",
            asks=asks,
            given={},
            returns=returns,
            examples=(),
            cases=1,
            watch_calls=False,
            max_result_bytes=TRAINED_RESULT_BYTES,
        )
        compiled(asks)

        def declare(statistic: Callable[..., float]) -> Callable[..., float]:
            folder = Path(statistic.__code__.co_filename).parent

            def judge(_case: Case, _seen: Observation, result: Any) -> None:  # noqa: ANN401
                figure = float(statistic(result))
                limits = bands.band(folder, band, training_data.size_in_use())
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
                    hint=first_hint(hint),
                    further_hints=further_hints(hint),
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
        of: str = names.RIGHT_VALUES,
        asks: str | None = None,
        on: Mapping[str, Any] | None = None,
        returns: Spec | None = None,
    ) -> Callable[[Callable[..., Figure]], Callable[..., Figure]]:
        """Declare the plot of an exercise: a function of inputs and results that returns `beside(...)`.

        Students see it for correct and incorrect answers; it has no influence on points.

        Args:
            of: the check after which the plot is made. Without `asks`, the plot shows the result of this
                check on its first inputs.
            asks: an expression whose result is shown instead.
            on: the inputs of this expression.
            returns: the spec of its result; by default that of the exercise.

        Raises:
            DeclarationError: if `of` is not declared before, or the exercise has a plot already.

        """
        if of not in {check.name for check in self.checks}:
            raise DeclarationError(f"The picture of {self.name} shows {of}, which isn't declared before it.")
        question = None
        if asks is not None:
            compiled(asks)
            question = replace(
                self.question,
                name=f"{self.name}: {asks} in a picture",
                asks=asks,
                given={},
                examples=(on or {},),
                returns=returns or self.question.returns,
                cases=1,
                watch_calls=False,
                differentiate=(),
                max_result_bytes=TRAINED_RESULT_BYTES,
            )

        def declare(make: Callable[..., Figure]) -> Callable[..., Figure]:
            if self.plot is not None:
                raise DeclarationError(f"{self.name} has a picture already.")
            self.plot = PlotSpec(of, question, make)
            return make

        return declare

    def add(self, check: Check) -> None:
        """Add a check.

        Raises `DeclarationError` if its name is taken, or a prerequisite is not declared before it.
        """
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
        """Return the exercise with other points in total, shared out as before; bonus points stay."""
        total = self.max_points
        scaled = [
            one if one.bonus else replace(one, points=one.points * points / total) for one in self.checks
        ]
        return self if points == total else replace(self, checks=scaled)

    def _last_return_check(self) -> str:
        """Return the last standard check before the values."""
        known = {*names.CALL_CHECKS, *names.RETURN_CHECKS, names.LEAVES_ARGUMENTS_ALONE}
        return [check.name for check in self.checks if check.name in known][-1]

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
            max_result_bytes=room,
        )
        compiled(made.asks)
        return made


def first_hint(hint: Hints) -> str:
    """Return the hint that is shown first."""
    return hint if isinstance(hint, str) else hint[0]


def further_hints(hint: Hints) -> tuple[str, ...]:
    """Return the hints that say more than the first one."""
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
