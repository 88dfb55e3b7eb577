"""Declare an exercise: `exercise(...)` is the first word of a checks file."""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from grader.checks.check import CASES, Question
from grader.checks.exercise import SECONDS, DeclarationError, Exercise, first_hint, further_hints
from grader.checks.standard_checks import standard_checks
from grader.checks.tolerance import Tolerance, ulps
from grader.records.expression import names_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hypothesis.strategies import SearchStrategy

    from grader.checks.exercise import Hints
    from grader.checks.spec_types import Spec


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
    gradient_given: Mapping[str, SearchStrategy[Any]] | None = None,
    gradient_tolerance: Tolerance | None = None,
    subgradient: Callable[..., Any] | None = None,
    from_scratch: Sequence[str] = (),
    changes_arguments: bool = False,
    gpu_ready: bool = True,
    spellings: Sequence[str] = (),
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
        differentiable: the inputs with respect to which the gradient is judged, of the result or of several
            results together.
        gradient_given: a strategy for each input, where the gradient is judged on other inputs than the
            values: a function has none at some of them.
        gradient_tolerance: as `tolerance`, for the gradient.
        subgradient: a function of the input that returns the lowest and the highest derivative allowed at
            each element, for elementwise functions with kinks.
        from_scratch: what must not be used: families of ready-made functions, such as "softmax", "losses" or
            "autograd" (`grader.checks.from_scratch`), functions of torch by name, or modules of torch.
        changes_arguments: whether the exercise is meant to change its arguments.
        gpu_ready: whether to check that the answer would work on a GPU. This is only done if `asks` calls the
            answer directly and the result contains tensors. Use False if no tensors are passed in, or the
            exercise is about memory that only the CPU has.
        spellings: other names that the answer may have, such as "Trainer.fit_epoch".
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
        ...     from_scratch=["softmax", "autograd"],
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
    made = Exercise(name, question, spellings=(name, *spellings), seconds=seconds, line=line)
    checks = standard_checks(
        name=name,
        question=question,
        oracle=oracle,
        tolerance=tolerance,
        equal=equal,
        differentiable=tuple(differentiable),
        gradient_given=gradient_given,
        gradient_tolerance=gradient_tolerance or tolerance,
        subgradient=subgradient,
        from_scratch=tuple(from_scratch),
        changes_arguments=changes_arguments,
        gpu_ready=gpu_ready and asks.startswith(f"{name}("),
    )
    for check in checks:
        hint = (hints or {}).get(check.name, check.hint)
        with_hints = replace(check, hint=first_hint(hint), further_hints=further_hints(hint))
        made.add(replace(with_hints, points=points.get(check.name, 0.0), line=line))
    known = [check.name for check in checks]
    unknown = sorted(set(points).union(hints or {}).difference(known))
    if unknown:
        message = f"{name} has no standard check {unknown[0]}; it has {', '.join(known)}."
        raise DeclarationError(message)
    return made
