"""The language of a checks file: exercises, and the laws that hold for their answers.

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
from grader.checks.check import CASES, MAX_RESULT_BYTES, Check, Question
from grader.checks.plot_specs import PlotSpec
from grader.checks.standard_checks import standard_checks
from grader.checks.tolerance import Tolerance, ulps
from grader.datasets import training_data
from grader.records import check_names as names
from grader.records.expression import compiled, names_in
from grader.records.verdict import Broken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hypothesis.strategies import SearchStrategy

    from grader.checks.case import Case
    from grader.checks.check import Judge
    from grader.checks.plot_specs import Figure
    from grader.checks.return_specs import Spec
    from grader.records.protocol import Observation

    Law = Callable[..., None]
    Hints = str | Sequence[str]

SECONDS: Final = 10.0
TRAINED_RESULT_BYTES: Final = 2**22
"""The bytes that a trained model's outputs for all validation images of the full data set may need."""


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
    uses: tuple[str, ...] = ()
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
                    hint=_first(hint),
                    further_hints=_others(hint),
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
    """Declare an exercise with its standard checks.

    Args:
        name: the name of the student's function or class.
        asks: the expression that is evaluated, over `name`, the inputs, `torch` and the definitions of the
            section's drive file.
        given: a Hypothesis strategy for each input. A key such as "y_hat, y" names several, drawn as a tuple.
        returns: the spec of the result, such as `like("X")`.
        points: the points of the standard checks, by name; a law has its own.
        oracle: a function of the inputs that returns the correct result; it gets floating-point tensors in
            float64.
        tolerance: the allowed difference from the oracle.
        equal: a function of (got, expected) that raises `AssertionError` unless they agree; instead of the
            tolerance, for results that aren't tensors.
        differentiable: the inputs with respect to which the gradient is judged.
        gradient_tolerance: as `tolerance`, for the gradient.
        subgradient: a function of the input that returns the lowest and the highest derivative allowed at
            each element, for elementwise functions with kinks.
        from_scratch: what must not be called: names of functions of torch, or modules such as "torch.optim".
        changes_arguments: whether the exercise is meant to change its arguments.
        gpu_ready: whether to check that the answer would work on a GPU. This is only done if `asks` calls the
            answer directly and the result contains tensors. Use False if no tensors are passed in, or the
            exercise is about memory that only the CPU has.
        spellings: other names that the answer may have, such as "Trainer.fit_epoch".
        uses: other exercises of this section that an answer may call.
        examples: inputs that are always used, such as the book's own.
        cases: the number of inputs that are drawn.
        seconds: the time limit for all checks of this exercise together, in seconds.
        hints: for each standard check one hint, or several, each saying more than the one before.

    Raises:
        DeclarationError: if `asks` doesn't mention the name, or points or hints name no standard check.

    Example:
        >>> softmax = exercise(
        ...     "softmax",
        ...     given={"X": logits()},
        ...     asks="softmax(X)",
        ...     returns=like("X"),
        ...     oracle=lambda X: torch.softmax(X, dim=1),
        ...     tolerance=ulps(64),
        ...     differentiable=["X"],
        ...     from_scratch=["softmax", "log_softmax"],
        ...     points={"right_values": 4, "right_gradient": 2},
        ...     hints={"right_values": "Along which axis do you sum?"},
        ... )
        >>> [check.name for check in softmax.checks if check.points]
        ['right_values', 'right_gradient']

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
    checks = standard_checks(
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
    for check in checks:
        hint = (hints or {}).get(check.name, check.hint)
        with_hints = replace(check, hint=_first(hint), further_hints=_others(hint))
        made.add(replace(with_hints, points=points.get(check.name, 0.0), line=line))
    known = [check.name for check in checks]
    unknown = sorted(set(points).union(hints or {}).difference(known))
    if unknown:
        message = f"{name} has no standard check {unknown[0]}; it has {', '.join(known)}."
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
