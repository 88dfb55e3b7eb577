"""The standard checks that every exercise has: from `is_defined` to `right_gradient`.

Each check requires the one before it, so an exercise fails at the first check that does not hold, and the
message is about that one only. Their names are in `grader.records.check_names`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import torch

from grader.checks.check import Check
from grader.checks.from_scratch import from_scratch_judge, statement
from grader.checks.spec_types import return_problem
from grader.checks.tolerance import Tolerance, assert_close
from grader.records import check_names as names
from grader.records.cotangent import cotangent, weighted_sum
from grader.records.decode import restore
from grader.records.verdict import Broken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hypothesis.strategies import SearchStrategy

    from grader.checks.case import Case
    from grader.checks.check import Judge, Question
    from grader.records.protocol import Observation

GPU_CASES: Final = 4
"""The number of inputs on which `gpu_ready` is evaluated: whether it holds hardly depends on them."""
STATEMENTS: Final = {
    names.RIGHT_TYPE: "{call} returns the type of object that is asked for.",
    names.RIGHT_SHAPE: "The result of {call} has the right shape.",
    names.RIGHT_DTYPE: "The result of {call} has the right dtype.",
    names.RIGHT_DEVICE: "The result of {call} is on the device of its arguments.",
}
"""The statements of the checks of a result, by their names."""


def standard_checks(  # noqa: PLR0913 - the part of an exercise's declaration that determines them
    *,
    name: str,
    question: Question,
    oracle: Callable[..., Any] | None,
    tolerance: Tolerance,
    equal: Callable[..., None] | None,
    differentiable: tuple[str, ...],
    gradient_given: Mapping[str, SearchStrategy[Any]] | None,
    gradient_tolerance: Tolerance,
    subgradient: Callable[..., Any] | None,
    from_scratch: tuple[str, ...],
    changes_arguments: bool,
    gpu_ready: bool,
) -> list[Check]:
    """Return the standard checks of an exercise, in their order; for the arguments see `exercise`."""
    call = question.asks
    checks = [
        Check(names.IS_DEFINED, f"{name} is defined.", _always_passes, None, ()),
        Check(names.ACCEPTS_ITS_ARGUMENTS, f"{call} runs.", _always_passes, question, (names.IS_DEFINED,)),
    ]

    def add(check: str, statement: str, judge: Judge, asked: Question = question, *, hint: str = "") -> None:
        checks.append(Check(check, statement, judge, asked, (checks[-1].name,), hint=hint))

    for check in question.returns.standard_checks:
        hint = _device_hint(name) if check == names.RIGHT_DEVICE else ""
        add(check, STATEMENTS[check].format(call=call), _return_judge(question, check), hint=hint)
    if not changes_arguments:
        add(names.LEAVES_ARGUMENTS_ALONE, f"{call} leaves its arguments as they were.", _judge_arguments)
    if oracle is not None:
        add(names.RIGHT_VALUES, f"{call} has the right values.", _values_judge(oracle, tolerance, equal))
    if differentiable and oracle is not None:
        asked = replace(
            question,
            name=f"{question.name} gradient",
            differentiate=differentiable,
            watch_calls=False,
            inputs_of=question,
        )
        if gradient_given is not None:
            asked = replace(asked, given=gradient_given, examples=(), inputs_of=None)
        judge = _gradient_judge(oracle, differentiable, gradient_tolerance, subgradient)
        add(names.RIGHT_GRADIENT, f"The gradient of {call} is right.", judge, asked)
    if gpu_ready and names.RIGHT_DEVICE in question.returns.standard_checks:
        prerequisite = names.RIGHT_VALUES if oracle is not None else checks[-1].name
        checks.append(_gpu_ready(name, question, prerequisite))
    if from_scratch:
        prerequisite = names.RIGHT_VALUES if oracle is not None else checks[-1].name
        checks.append(
            Check(
                names.FROM_SCRATCH,
                statement(name, from_scratch),
                from_scratch_judge(from_scratch),
                question,
                (prerequisite,),
                evidence="observed",
            )
        )
    return checks


def _gpu_ready(name: str, question: Question, prerequisite: str) -> Check:
    """Return the check that an answer would work on a GPU, which needs no GPU.

    It is a bonus without points: the book itself creates tensors without choosing a device.
    """
    return Check(
        names.GPU_READY,
        f"{question.asks} would work on a GPU, too.",
        _return_judge(question, names.RIGHT_DEVICE),
        replace(
            question,
            name=f"{question.name} on a GPU",
            on_simulated_gpu=True,
            watch_calls=False,
            examples=(),
            cases=GPU_CASES,
            inputs_of=question,
        ),
        (prerequisite,),
        hint=_device_hint(name),
        bonus=True,
    )


def _device_hint(name: str) -> str:
    return (
        f"A new tensor is on the CPU unless {name} says otherwise: torch.zeros_like(X), X.new_zeros(...) and "
        "device=X.device create it on the device of X."
    )


def _always_passes(_case: Case, _seen: Observation, _result: Any) -> None:  # noqa: ANN401
    """Pass: `Examination` itself finds what breaks these checks, such as an exception."""


def _return_judge(question: Question, check: str) -> Judge:
    def judge(case: Case, seen: Observation, result: Any) -> None:  # noqa: ANN401
        found = return_problem(check, question.returns, case, seen)
        if found:
            raise Broken(found, got=result)

    return judge


def _judge_arguments(case: Case, seen: Observation, _result: Any) -> None:  # noqa: ANN401
    changed = [name for name in seen.changed if name in case.inputs]
    if changed:
        message = f"your code changed its argument {' and '.join(changed)} in place; work on a copy"
        raise Broken(message)


def _values_judge(
    oracle: Callable[..., Any], tolerance: Tolerance, equal: Callable[..., None] | None
) -> Judge:
    def judge(case: Case, _seen: Observation, result: Any) -> None:  # noqa: ANN401
        expected = case.expected(oracle)
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
            message = f"the number of results is {len(result)}, expected {len(expected)}"
            raise Broken(message, got=result, expected=expected)
        for position, (one, right) in enumerate(zip(result, expected, strict=True), start=1):
            what = f"result {position} of {len(expected)}"
            assert_close(one, right, tolerance, inputs=case.inputs, dtype=case.dtype, what=what)
        return
    assert_close(result, expected, tolerance, inputs=case.inputs, dtype=case.dtype)


def _gradient_judge(
    oracle: Callable[..., Any],
    names: tuple[str, ...],
    tolerance: Tolerance,
    subgradient: Callable[..., Any] | None,
) -> Judge:
    def judge(case: Case, seen: Observation, result: Any) -> None:  # noqa: ANN401
        which = "a result" if isinstance(result, (list, tuple)) else "the result"
        for name in names:
            found = (seen.gradients or {}).get(name)
            if found is None:
                message = (
                    f"no gradient reaches {name}: {which} is cut off from it "
                    "(detach, .data, .item(), NumPy, or a new tensor?)"
                )
                raise Broken(message)
            got = restore(found)
            if subgradient is not None:
                low, high = case.expected(_weighted(subgradient, name))
                _between(got, low, high, tolerance, case, name)
                continue
            expected = case.expected(_differentiated(oracle, names))[name]
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
    """Set the key under which the results of a function made here are cached."""
    make.__gradbook_key__ = key  # type: ignore[attr-defined]
    return make


def _differentiated(
    oracle: Callable[..., Any], names: tuple[str, ...]
) -> Callable[..., dict[str, torch.Tensor]]:
    """Return a function of the inputs that computes the oracle's gradients, for the case's cotangent."""

    def gradients(cotangent_seed: int, **inputs: Any) -> dict[str, torch.Tensor]:  # noqa: ANN401
        leaves = {name: inputs[name].clone().requires_grad_() for name in names}
        result = oracle(**{**inputs, **leaves})
        results = result if isinstance(result, (list, tuple)) else [result]
        found = torch.autograd.grad(weighted_sum(results, cotangent_seed), list(leaves.values()))
        return dict(zip(names, found, strict=True))

    return _memoized(("gradient", oracle), gradients)


def _weighted(subgradient: Callable[..., Any], name: str) -> Callable[..., Any]:
    """Return a function of the inputs that computes the bounds of the gradient, for the cotangent."""

    def bounds(cotangent_seed: int, **inputs: Any) -> tuple[torch.Tensor, torch.Tensor]:  # noqa: ANN401
        low, high = subgradient(inputs[name])
        weights = cotangent(tuple(low.shape), cotangent_seed)
        return torch.minimum(low * weights, high * weights), torch.maximum(low * weights, high * weights)

    return _memoized(("subgradient", subgradient, name), bounds)
