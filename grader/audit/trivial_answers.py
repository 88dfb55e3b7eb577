"""Answers that take no work: constants, arguments handed back, empty classes. None of them may earn points.

Each is made of the reference's answer, which tells what can be called and what comes back: a function that
returns zeros of the right shape, a class whose methods do nothing.
"""

from __future__ import annotations

import ast
import copy
import functools
import inspect
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch

from grader.execution.student_code import Answers
from grader.judging.evaluation import Examination
from grader.local.local_runner import LocalAsker, drive_names
from grader.records.verdict import summarize

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from grader.checks.check import Question
    from grader.checks.exercise import Exercise
    from grader.course.course import Course
    from grader.course.implementations import Implementation
    from grader.judging.generated_cases import Exam
    from grader.records.verdict import ExerciseResult

    Fill = Callable[[torch.Tensor], torch.Tensor]
    Function = Callable[..., Any]
    Imitation = Callable[[Function], Function]
    """Makes a trivial function of a correct one."""

CASES: Final = 6
"""The inputs that are drawn for each question, besides its examples."""


def trivial_results(
    course: Course, reference: Implementation, exam: Exam
) -> Iterator[tuple[str, ExerciseResult]]:
    """Yield the name of each trivial answer to an exercise, and its result, run in this process."""
    section, exercise = reference.section, _on_few_inputs(reference.exercise)
    answers = Answers(reference.files(course), section.spellings, drive_names(section))
    right = answers.attempts[exercise.name][0]
    returning = returning_methods(reference.path.read_text(encoding="utf-8"), exercise.name)
    for name, answer in trivial_answers(right.answer, returning):
        answers.attempts[exercise.name] = (replace(right, answer=answer),)
        asker = LocalAsker(answers, exercise, seconds=exercise.seconds)
        verdicts = Examination(exercise, exam, asker).all()
        yield name, summarize(exercise.name, section.number, section.module, verdicts)


def unearned_points(course: Course, reference: Implementation, exam: Exam) -> Iterator[str]:
    """Yield a line about each trivial answer that earns points: how many, and for which checks."""
    for name, result in trivial_results(course, reference, exam):
        if result.points or result.bonus:
            checks = ", ".join(check.name for check in result.checks if check.points)
            earned = f"{result.points + result.bonus:g} of {result.max_points:g} points"
            yield f"{result.name}/trivial/{name}: earns {earned} for {checks}"


def _on_few_inputs(exercise: Exercise) -> Exercise:
    """Return the exercise with at most `CASES` inputs drawn for each question: constants need no more."""
    shorter: dict[Question, Question] = {}

    def shortened(question: Question) -> Question:
        if question not in shorter:
            inputs_of = shortened(question.inputs_of) if question.inputs_of else None
            shorter[question] = replace(question, cases=min(question.cases, CASES), inputs_of=inputs_of)
        return shorter[question]

    checks = [replace(one, question=one.question and shortened(one.question)) for one in exercise.checks]
    return replace(exercise, question=shortened(exercise.question), checks=checks)


def trivial_answers(right: Any, returning: Collection[str] = ()) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Yield trivial imitations of a correct function or class, each with its name.

    `returning` names the methods that return something. The others work by their effects, and do nothing in
    any imitation.
    """
    if not inspect.isclass(right):
        for name, imitation in IMITATIONS.items():
            yield name, functools.wraps(right)(imitation(right))
        return
    yield "empty class", type(right.__name__, (), {})
    for name, imitation in IMITATIONS.items():
        methods: dict[str, Any] = {
            key: (imitation if key in returning else _constant(None))(one)
            for key, one in vars(right).items()
            if inspect.isfunction(one) and not key.startswith("__")
        }
        if issubclass(right, torch.nn.Module):
            yield f"right parameters, methods return {name}", type(right.__name__, (right,), methods)
        methods["__init__"] = _constructor(right)
        yield f"methods return {name}", type(right.__name__, right.__bases__, methods)


def returning_methods(source: str, class_name: str) -> frozenset[str]:
    """Return the names of the methods of a class that return something."""
    return frozenset(
        method.name
        for node in ast.parse(source).body
        if isinstance(node, ast.ClassDef) and node.name == class_name
        for method in node.body
        if isinstance(method, ast.FunctionDef)
        and any(isinstance(one, ast.Return) and one.value is not None for one in ast.walk(method))
    )


def _constructor(right: type) -> Function:
    """Return a constructor that stores its arguments, and does nothing else."""
    signature = inspect.signature(right.__init__)  # type: ignore[misc]

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401, N807
        for base in right.__bases__:
            if base is torch.nn.Module:
                base.__init__(self)
        bound = signature.bind(self, *args, **kwargs)
        bound.apply_defaults()
        for name, value in list(bound.arguments.items())[1:]:
            setattr(self, name, value)

    return __init__


def _constant(value: Any) -> Imitation:  # noqa: ANN401 - any value
    return lambda _right: lambda *_args, **_kwargs: copy.deepcopy(value)


def _handing_back(choose: Callable[[tuple[Any, ...]], Any]) -> Imitation:
    """Return an imitation that returns what `choose` takes from its arguments."""
    return lambda _right: lambda *args, **kwargs: choose((*args, *kwargs.values()))


def _filled(fill: Fill) -> Imitation:
    """Return an imitation whose results have the right types and shapes, and other numbers in them."""
    return lambda right: lambda *args, **kwargs: filled(_on_copies(right, args, kwargs), fill)


def _first_result(right: Function) -> Function:
    """Return a function that always returns the correct result of its first call."""
    results: list[Any] = []

    def imitation(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        if not results:
            results.append(filled(_on_copies(right, args, kwargs), torch.clone))
        return copy.deepcopy(results[0])

    return imitation


def _first_argument_everywhere(right: Function) -> Function:
    """Return a function that returns its first argument for each member of a correct result."""

    def imitation(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        result = _on_copies(right, args, kwargs)
        return type(result)([args[0]] * len(result)) if isinstance(result, (list, tuple)) else args[0]

    return imitation


def _on_copies(right: Function, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:  # noqa: ANN401
    """Return a correct result, without the effects on the arguments. Raises `TypeError` as `filled` does."""
    args, kwargs = copy.deepcopy((args, kwargs))
    result = right(*args, **kwargs)
    filled(result, torch.zeros_like)
    return result


def filled(value: Any, fill: Fill) -> Any:  # noqa: ANN401, PLR0911 - whatever a correct answer returns
    """Return a value with all numbers replaced and all texts emptied.

    Raises `TypeError` for other objects, such as plots, which may be the work itself.
    """
    match value:
        case None:
            return None
        case torch.Tensor():
            return fill(value.detach())
        case np.ndarray():
            return fill(torch.as_tensor(value)).numpy()
        case bool() | int() | float() | np.number():
            kind: Any = type(value)
            return kind(fill(torch.tensor(float(value), dtype=torch.float64)).nan_to_num(nan=-1.0).item())
        case str():
            return ""
        case list() | tuple():
            return type(value)([filled(one, fill) for one in value])
        case dict():
            return {key: filled(one, fill) for key, one in value.items()}
        case _ if hasattr(value, "iloc"):  # a table of pandas, or a column
            return value.apply(lambda one: filled(one, fill))
    raise TypeError(type(value))


def _nan(right: torch.Tensor) -> torch.Tensor:
    return torch.full_like(right, float("nan")) if right.is_floating_point() else torch.zeros_like(right)


def _uniform(right: torch.Tensor) -> torch.Tensor:
    return torch.full_like(right, 1 / right.shape[-1] if right.dim() and right.numel() else 0.5)


IMITATIONS: Final[Mapping[str, Imitation]] = {
    "None": _constant(None),
    "0": _constant(0),
    "1.0": _constant(1.0),
    "True": _constant(True),  # noqa: FBT003 - the value itself
    "False": _constant(False),  # noqa: FBT003
    "torch.tensor(0.0)": _constant(torch.tensor(0.0)),
    "function of nothing": _constant(lambda *_args, **_kwargs: None),
    "identity function": _constant(lambda *args, **_kwargs: args[0] if args else None),
    "first argument": _handing_back(lambda given: given[0] if given else None),
    "last argument": _handing_back(lambda given: given[-1] if given else None),
    "all arguments": _handing_back(lambda given: given),
    "first argument for each result": _first_argument_everywhere,
    "zeros": _filled(torch.zeros_like),
    "ones": _filled(torch.ones_like),
    "nan": _filled(_nan),
    "uniform": _filled(_uniform),
    "first correct result": _first_result,
}
"""The trivial functions, by what they return."""
