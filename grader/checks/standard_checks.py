"""The rungs that every exercise has: from "it is defined" to "its gradient is right".

Each rung builds on the one below, so that an exercise fails on the first rung that breaks, and says
only that.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import torch

from grader.checks.check import Check
from grader.checks.tolerance import Tolerance, assert_close
from grader.records.cotangent import cotangent
from grader.records.decode import restore
from grader.records.verdict import Broken

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.checks.case import Case
    from grader.checks.check import Judge, Question
    from grader.records.protocol import Observation

GPU_CASES: Final = 4
"""On so many inputs it is asked whether an answer would work on a GPU: hardly any code depends on them."""
FORM: Final = {
    "right_type": ("type_problem", "{call} returns the type of object that is asked for."),
    "right_shape": ("shape_problem", "The result of {call} has the right shape."),
    "right_dtype": ("dtype_problem", "The result of {call} has the right dtype."),
    "right_device": ("device_problem", "The result of {call} is on the device of its arguments."),
}


def ladder(  # noqa: PLR0913 - the part of an exercise's declaration that rungs follow from
    *,
    name: str,
    question: Question,
    oracle: Callable[..., Any] | None,
    tolerance: Tolerance,
    equal: Callable[..., None] | None,
    differentiable: tuple[str, ...],
    gradient_tolerance: Tolerance,
    subgradient: Callable[..., Any] | None,
    from_scratch: tuple[str, ...],
    changes_arguments: bool,
    gpu_ready: bool,
) -> list[Check]:
    """Return the rungs of an exercise, lowest first."""
    call = question.asks
    rungs = [
        Check("is_defined", f"{name} is defined.", _nothing, None, ()),
        Check("accepts_its_arguments", f"{call} runs.", _nothing, question, ("is_defined",)),
    ]

    def climb(rung: str, statement: str, judge: Judge, asked: Question = question, *, hint: str = "") -> None:
        rungs.append(Check(rung, statement, judge, asked, (rungs[-1].name,), hint=hint))

    for rung in question.returns.rungs:
        problem, statement = FORM[rung]
        if rung == "right_device":
            climb(rung, statement.format(call=call), _on_device(question), hint=_beside_x(name))
        else:
            climb(rung, statement.format(call=call), _form(question, problem))
    if not changes_arguments:
        climb("leaves_arguments_alone", f"{call} leaves its arguments as they were.", _arguments_alone)
    if oracle is not None:
        climb("right_values", f"{call} has the right values.", _values(oracle, tolerance, equal))
    if differentiable and oracle is not None:
        asked = replace(
            question,
            name=f"{question.name} gradient",
            differentiate=differentiable,
            watch_calls=False,
            inputs_of=question,
        )
        judge = _gradient(oracle, differentiable, gradient_tolerance, subgradient)
        climb("right_gradient", f"The gradient of {call} is right.", judge, asked)
    if gpu_ready and "right_device" in question.returns.rungs:
        below = "right_values" if oracle is not None else rungs[-1].name
        rungs.append(_gpu_ready(name, question, below))
    if from_scratch:
        base = "right_values" if oracle is not None else rungs[-1].name
        rungs.append(
            Check(
                "from_scratch",
                f"{name} is written from scratch: it doesn't call {_torchs(from_scratch)}.",
                _scratch(from_scratch),
                question,
                (base,),
            )
        )
    return rungs


def _gpu_ready(name: str, question: Question, below: str) -> Check:
    """Return the check that an answer would work on a GPU, which is asked without one.

    It carries no points: the book itself makes tensors without a thought of where.
    """
    return Check(
        "gpu_ready",
        f"{question.asks} would work on a GPU, too.",
        _on_device(question),
        replace(
            question,
            name=f"{question.name} on a GPU",
            elsewhere=True,
            watch_calls=False,
            examples=(),
            cases=GPU_CASES,
            inputs_of=question,
        ),
        (below,),
        hint=_beside_x(name),
        bonus=True,
    )


def _beside_x(name: str) -> str:
    return (
        f"A new tensor is on the CPU, if {name} doesn't say otherwise: torch.zeros_like(X) and "
        "X.new_zeros(...) make one beside X, and so does device=X.device."
    )


def _nothing(_case: Case, _seen: Observation, _result: Any) -> None:  # noqa: ANN401
    """Hold whenever there is an observation: the examination itself finds what breaks these rungs."""


def _form(question: Question, problem: str) -> Judge:
    def judge(case: Case, seen: Observation, result: Any) -> None:  # noqa: ANN401
        found: str | None = getattr(question.returns, problem)(seen.result, case.inputs)
        if found:
            raise Broken(found, got=result)

    return judge


def _on_device(question: Question) -> Judge:
    def judge(_case: Case, seen: Observation, result: Any) -> None:  # noqa: ANN401
        found = question.returns.device_problem(seen.result, seen.home)
        if found:
            raise Broken(found, got=result)

    return judge


def _arguments_alone(case: Case, seen: Observation, _result: Any) -> None:  # noqa: ANN401
    changed = [name for name in seen.changed if name in case.inputs]
    if changed:
        message = f"your code changed its argument {' and '.join(changed)} in place; work on a copy"
        raise Broken(message)


def _values(oracle: Callable[..., Any], tolerance: Tolerance, equal: Callable[..., None] | None) -> Judge:
    def judge(case: Case, _seen: Observation, result: Any) -> None:  # noqa: ANN401
        expected = case.answer(oracle)
        if equal is not None:
            _equal(equal, result, expected)
            return
        _all_close(result, expected, tolerance, case)

    return judge


def _equal(equal: Callable[..., None], result: Any, expected: Any) -> None:  # noqa: ANN401
    try:
        equal(result, expected)
    except Broken:
        raise
    except AssertionError as error:
        raise Broken(str(error), got=result, expected=expected) from error


def _all_close(result: Any, expected: Any, tolerance: Tolerance, case: Case) -> None:  # noqa: ANN401
    if isinstance(expected, (list, tuple)):
        if len(result) != len(expected):
            message = f"{len(result)} results came back, expected {len(expected)}"
            raise Broken(message, got=result, expected=expected)
        for position, (one, right) in enumerate(zip(result, expected, strict=True), start=1):
            what = f"result {position} of {len(expected)}"
            assert_close(one, right, tolerance, inputs=case.inputs, dtype=case.dtype, what=what)
        return
    assert_close(result, expected, tolerance, inputs=case.inputs, dtype=case.dtype)


def _gradient(
    oracle: Callable[..., Any],
    names: tuple[str, ...],
    tolerance: Tolerance,
    subgradient: Callable[..., Any] | None,
) -> Judge:
    def judge(case: Case, seen: Observation, _result: Any) -> None:  # noqa: ANN401
        for name in names:
            found = (seen.gradients or {}).get(name)
            if found is None:
                message = (
                    f"no gradient reaches {name}: the result is cut off from it "
                    "(detach, .data, .item(), NumPy, or a new tensor?)"
                )
                raise Broken(message)
            got = restore(found)
            if subgradient is not None:
                low, high = case.answer(_weighted(subgradient, name))
                _between(got, low, high, tolerance, case, name)
                continue
            expected = case.answer(_differentiated(oracle, names))[name]
            what = f"the gradient with respect to {name}"
            assert_close(got, expected, tolerance, inputs=case.inputs, dtype=case.dtype, what=what)

    return judge


def _between(
    got: torch.Tensor, low: torch.Tensor, high: torch.Tensor, tolerance: Tolerance, case: Case, name: str
) -> None:
    """Raise `Broken` unless the gradient lies between the bounds; outside kinks they are equal."""
    if got.shape != low.shape:
        message = (
            f"the gradient with respect to {name} has shape {tuple(got.shape)}, expected {tuple(low.shape)}"
        )
        raise Broken(message, got=got)
    inside = got.to(torch.float64).nan_to_num(nan=float("inf")).clamp(low, high)
    assert_close(got, inside, tolerance, inputs=case.inputs, what=f"the gradient with respect to {name}")


def _memoized(key: tuple[Any, ...], make: Callable[..., Any]) -> Callable[..., Any]:
    """Give a function made here the identity by which its answers are remembered."""
    make.__gradbook_key__ = key  # type: ignore[attr-defined]
    return make


def _differentiated(
    oracle: Callable[..., Any], names: tuple[str, ...]
) -> Callable[..., dict[str, torch.Tensor]]:
    """Return the function of the inputs that gives the oracle's gradients, for the case's cotangent."""

    def gradients(cotangent_seed: int, **inputs: Any) -> dict[str, torch.Tensor]:  # noqa: ANN401
        leaves = {name: inputs[name].clone().requires_grad_() for name in names}
        result = oracle(**{**inputs, **leaves})
        weights = cotangent(tuple(result.shape), cotangent_seed)
        found = torch.autograd.grad((result * weights).sum(), list(leaves.values()))
        return dict(zip(names, found, strict=True))

    return _memoized(("gradient", oracle), gradients)


def _weighted(subgradient: Callable[..., Any], name: str) -> Callable[..., Any]:
    """Return the function of the inputs that gives the bounds of the gradient, for the cotangent."""

    def bounds(cotangent_seed: int, **inputs: Any) -> tuple[torch.Tensor, torch.Tensor]:  # noqa: ANN401
        low, high = subgradient(inputs[name])
        weights = cotangent(tuple(low.shape), cotangent_seed)
        return torch.minimum(low * weights, high * weights), torch.maximum(low * weights, high * weights)

    return _memoized(("subgradient", subgradient, name), bounds)


def _scratch(forbidden: tuple[str, ...]) -> Judge:
    def judge(_case: Case, seen: Observation, _result: Any) -> None:  # noqa: ANN401
        used = [
            name
            for name in seen.called
            if name in forbidden
            or any("." in ban and (name + ".").startswith(ban + ".") for ban in forbidden)
        ]
        if used:
            message = f"your code calls {_torchs(tuple(used))}, which does the exercise for you"
            raise Broken(message)

    return judge


def _torchs(names: tuple[str, ...]) -> str:
    """List functions as PyTorch's: a student's own relu isn't meant. A module's name says it already."""
    return _listed(names) if "." in names[0] else f"PyTorch's {_listed(names)}"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:-1]) + f" or {names[-1]}" if len(names) > 1 else names[0]
